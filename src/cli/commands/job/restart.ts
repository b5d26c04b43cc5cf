import { Command, Option } from 'commander';
import { NoSuchJobExecutionError } from '../../../batch/batch-error.ts';
import type { CommandContext } from '../../command-context.ts';
import { CliError } from '../../cli-error.ts';
import { EXIT } from '../../exit-codes.ts';
import { findExecution } from '../../jobs/find-execution.ts';
import {
  addParameterOptions,
  addRepositoryOptions,
  addSourceOptions,
  jobParameters,
} from '../../jobs/job-options.ts';
import { type RunFlags, runToEnd } from '../../jobs/run-to-end.ts';
import { type OperatorFlags, withOperator } from '../../jobs/with-operator.ts';
import { jsonOption, positiveInteger } from '../../shared-options.ts';

interface Options extends OperatorFlags, RunFlags {
  readonly execution?: number;
}

/** `waymark job restart`: the last execution goes on from its last checkpoint. */
export function jobRestartCommand({ terminal, exit }: CommandContext): Command {
  const command = new Command('restart')
    .description('Go on with a job that has failed, was stopped or has crashed, from its last checkpoint.')
    .argument('<job>', 'as for start');
  addParameterOptions(addSourceOptions(addRepositoryOptions(command)))
    .addOption(
      new Option('--execution <id>', 'this execution (default: the newest of the job)').argParser(
        positiveInteger,
      ),
    )
    .option('--no-wait', 'refuse at once when the execution may be running')
    .option('-q, --quiet', 'print only what goes wrong')
    .addOption(jsonOption('the result as JSON, on stdout; progress as JSON lines, on stderr'))
    .addHelpText(
      'after',
      `
Examples:
  waymark job restart ./jobs/import.ts
  waymark job restart ./jobs/import.ts --execution 12 -p file=repaired.csv

Parameters are those of the execution before, and those given here over them.
A process that runs a job renews a lease. If the execution says that it runs, the command waits until the lease has run
out (then it has crashed) or is renewed (then it is alive, and the restart is refused: exit code 4).
Exit codes are those of start.`,
    )
    .action(async (named: string, options: Options) => {
      const given = await jobParameters(options, terminal);
      exit(
        await withOperator(named, options, terminal, async (operator, { definition }) => {
          const { repository } = operator;
          const last = await findExecution(
            repository,
            options.execution === undefined ? definition.id : String(options.execution),
          );
          if (last.jobName !== definition.id) throw new NoSuchJobExecutionError(last.id);
          if (last.batchStatus === 'ABANDONED')
            throw new CliError('WM9057', `Job execution ${last.id} is ABANDONED`, {
              exitCode: EXIT.abandoned,
              fix: 'What was abandoned is never restarted. Start a new instance.',
            });
          return runToEnd(
            operator,
            () => operator.restart(last.id, { ...last.parameters, ...given }),
            `waymark job restart ${named}`,
            options,
            terminal,
          );
        }),
      );
    });
  return command;
}
