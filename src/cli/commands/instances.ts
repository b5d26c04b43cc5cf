import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { instancesMigrateCommand } from './instances/migrate.ts';
import { instancesListCommand } from './instances/list.ts';
import { instancesPurgeCommand } from './instances/purge.ts';
import { instancesRetryCommand } from './instances/retry.ts';
import { instancesShowCommand } from './instances/show.ts';

/** `waymark instances`: what a data folder holds. */
export function instancesCommand(context: CommandContext): Command {
  return new Command('instances')
    .description('Show the instances of a data folder; move them to new code, retry and purge them.')
    .addCommand(instancesListCommand(context))
    .addCommand(instancesShowCommand(context))
    .addCommand(instancesMigrateCommand(context))
    .addCommand(instancesRetryCommand(context))
    .addCommand(instancesPurgeCommand(context));
}
