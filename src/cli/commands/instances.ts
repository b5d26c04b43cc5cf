import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { instancesListCommand } from './instances/list.ts';
import { instancesShowCommand } from './instances/show.ts';

/** `waymark instances`: what a data folder holds. */
export function instancesCommand(context: CommandContext): Command {
  return new Command('instances')
    .description('Show the instances of a data folder.')
    .addCommand(instancesListCommand(context))
    .addCommand(instancesShowCommand(context));
}
