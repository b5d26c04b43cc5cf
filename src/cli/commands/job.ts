import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { jobAbandonCommand } from './job/abandon.ts';
import { jobListCommand } from './job/list.ts';
import { jobParamsCommand } from './job/params.ts';
import { jobPurgeCommand } from './job/purge.ts';
import { jobRestartCommand } from './job/restart.ts';
import { jobShowCommand } from './job/show.ts';
import { jobStartCommand } from './job/start.ts';
import { jobStopCommand } from './job/stop.ts';

/** `waymark job`: batch jobs. */
export function jobCommand(context: CommandContext): Command {
  return new Command('job')
    .description(
      'Run batch jobs, chunk by chunk, with a checkpoint for each; restart, stop and look at them.',
    )
    .addCommand(jobStartCommand(context))
    .addCommand(jobRestartCommand(context))
    .addCommand(jobStopCommand(context))
    .addCommand(jobAbandonCommand(context))
    .addCommand(jobListCommand(context))
    .addCommand(jobShowCommand(context))
    .addCommand(jobParamsCommand(context))
    .addCommand(jobPurgeCommand(context));
}
