import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { JobOperator } from '../../../batch/operator/job-operator.ts';
import type { CommandContext } from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';
import { isRunning, paintState, shownState } from '../../jobs/execution-state.ts';
import { findExecution } from '../../jobs/find-execution.ts';
import { addRepositoryOptions, type RepositoryFlags, withJobs } from '../../jobs/job-options.ts';

interface Options extends RepositoryFlags {
  readonly wait: boolean;
}

const LOOK_EVERY_MS = 200;

/** `waymark job stop`: asks an execution to stop, wherever it runs. */
export function jobStopCommand({ terminal, exit }: CommandContext): Command {
  return addRepositoryOptions(
    new Command('stop')
      .description('Stop a running job at its next checkpoint, whichever process runs it, and wait for that.')
      .argument('<execution>', 'id of the execution, or the name of a job: its newest'),
  )
    .option('--no-wait', 'only ask')
    .addHelpText(
      'after',
      `
Examples:
  waymark job stop 12
  waymark job stop import --no-wait

The process that runs it hears of it when it renews its lease: within a third of it, 10 s unless it was started with --lease.`,
    )
    .action(async (named: string, options: Options) => {
      await withJobs(options, terminal, async (repository) => {
        const { id } = await findExecution(repository, named);
        await new JobOperator({ repository }).stop(id);
        terminal.talk(`Execution ${id} is asked to stop.`);
        while (options.wait) {
          const execution = (await repository.execution(id))!;
          const state = shownState(execution, Date.now());
          if (!isRunning(execution) || state === 'CRASHED') {
            terminal.out(`${execution.jobName}: ${paintState(state, terminal.outColors)}`);
            return;
          }
          if (terminal.interrupted.aborted) return exit(EXIT.interrupted);
          await sleep(LOOK_EVERY_MS);
        }
      });
    });
}
