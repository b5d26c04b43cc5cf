import { Command, Option } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import {
  addParameterOptions,
  addRepositoryOptions,
  addSourceOptions,
  jobParameters,
} from '../../jobs/job-options.ts';
import { type RunFlags, runToEnd } from '../../jobs/run-to-end.ts';
import { type RemoteFlags, startRemote } from '../../jobs/start-remote.ts';
import { startServed } from '../../jobs/start-served.ts';
import { type OperatorFlags, withOperator } from '../../jobs/with-operator.ts';
import { jsonOption } from '../../shared-options.ts';
import { addTransportOptions } from '../../transport-options.ts';

interface Options extends OperatorFlags, RunFlags, Omit<RemoteFlags, 'json' | 'quiet'> {
  readonly identity?: string | boolean;
  readonly served?: boolean;
}

/** `waymark job start`: a new execution, to its end. */
export function jobStartCommand({ terminal, exit }: CommandContext): Command {
  const command = new Command('start')
    .description('Start a job, and run it to its end.')
    .argument('<job>', 'module that exports a job, job XML, or the name of a file in batch-jobs or jobs');
  addTransportOptions(addParameterOptions(addSourceOptions(addRepositoryOptions(command))))
    .addOption(
      new Option('--prefix <text>', 'with --nats or --socket: the prefix of the nodes').env('WAYMARK_PREFIX'),
    )
    .option(
      '--identity [names]',
      'starts with the same values of these parameters (all without names) are one instance: what has failed goes on, what has completed is refused',
    )
    .option(
      '--served',
      'in the process that serves the data folder with --jobs; then, and with --nats or --socket, <job> is the name of the job',
    )
    .option('--no-wait', 'refuse at once when the instance may be running')
    .option('-q, --quiet', 'print only what goes wrong')
    .addOption(jsonOption('the result as JSON, on stdout; progress as JSON lines, on stderr'))
    .addHelpText(
      'after',
      `
Examples:
  waymark job start ./jobs/import.ts -p file=data.csv
  waymark job start ./jobs/import.ts --identity day -p day=2026-03-01    once a day, and goes on after a crash
  waymark job start nightly --artifacts ./artifacts.ts                   batch-jobs/nightly.xml
  waymark job start ./jobs/import.ts --repository postgres://me@db/jobs
  waymark job start import --served                                      in waymark serve scripts --jobs jobs
  waymark job start import --nats nats://10.0.0.1:4222                   on a node that serves it, and wait for the end

Ctrl-C and SIGTERM stop it at the next checkpoint; a second one ends at once.
The exit code is 0 when the job has COMPLETED, 1 FAILED, 7 STOPPED; 4 and 5 when the start was refused.`,
    )
    .action(async (named: string, options: Options) => {
      const parameters = await jobParameters(options, terminal);
      const identity =
        typeof options.identity === 'string' ? options.identity.split(',') : options.identity === true;
      // What the environment says is where nodes are found, not that one of them is meant.
      const isRemote = ['nats', 'socket'].some((name) => command.getOptionValueSource(name) === 'cli');
      if (isRemote) {
        exit(await startRemote({ job: named, parameters, identity }, options, terminal));
        return;
      }
      if (options.served === true) {
        exit(await startServed({ job: named, parameters, identity }, options, terminal));
        return;
      }
      exit(
        await withOperator(named, options, terminal, (operator, { definition }) =>
          runToEnd(
            operator,
            () => operator.start(definition.id, parameters, { identity }),
            `waymark job restart ${named}`,
            options,
            terminal,
          ),
        ),
      );
    });
  return command;
}
