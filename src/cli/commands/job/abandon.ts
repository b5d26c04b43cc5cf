import { Command } from 'commander';
import { JobOperator } from '../../../batch/operator/job-operator.ts';
import type { CommandContext } from '../../command-context.ts';
import { findExecution } from '../../jobs/find-execution.ts';
import { addRepositoryOptions, type RepositoryFlags, withJobs } from '../../jobs/job-options.ts';

/** `waymark job abandon`: an execution is never restarted. */
export function jobAbandonCommand({ terminal }: CommandContext): Command {
  return addRepositoryOptions(
    new Command('abandon')
      .description('Give up a job that has failed or was stopped: it can never be restarted.')
      .argument('<execution>', 'id of the execution, or the name of a job: its newest'),
  )
    .addHelpText(
      'after',
      `
Examples:
  waymark job abandon 12
  waymark job abandon import`,
    )
    .action(async (named: string, options: RepositoryFlags) => {
      await withJobs(options, terminal, async (repository) => {
        const { id } = await findExecution(repository, named);
        const operator = new JobOperator({ repository });
        // One that has crashed says that it runs until somebody looks.
        await operator.recover();
        await operator.abandon(id);
        terminal.talk(`Execution ${id} is abandoned.`);
      });
    });
}
