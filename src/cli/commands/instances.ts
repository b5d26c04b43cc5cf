import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { instancesMigrateCommand } from './instances/migrate.ts';
import { instancesListCommand } from './instances/list.ts';
import { instancesShowCommand } from './instances/show.ts';

/** `waymark instances`: what a data folder holds. */
export function instancesCommand(context: CommandContext): Command {
  return new Command('instances')
    .description('Show the instances of a data folder, and move them to new code.')
    .addCommand(instancesListCommand(context))
    .addCommand(instancesShowCommand(context))
    .addCommand(instancesMigrateCommand(context));
}
