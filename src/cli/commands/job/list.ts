import { Command, Option } from 'commander';
import type { JobExecution, JobRepository, StepExecution } from '../../../batch/repository/job-repository.ts';
import type { CommandContext } from '../../command-context.ts';
import { executionData } from '../../jobs/execution-data.ts';
import { paintState, type ShownState, shownState } from '../../jobs/execution-state.ts';
import { addRepositoryOptions, type RepositoryFlags, withJobs } from '../../jobs/job-options.ts';
import { skipsOf, wholeNumber } from '../../jobs/step-text.ts';
import { jsonOption, positiveInteger } from '../../shared-options.ts';
import { formatDuration, formatTable } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';

interface Options extends RepositoryFlags {
  readonly job?: string;
  readonly status?: ShownState;
  readonly limit: number;
  readonly json?: boolean;
}

const STATES: readonly ShownState[] = [
  'STARTING',
  'STARTED',
  'STOPPING',
  'STOPPED',
  'FAILED',
  'COMPLETED',
  'ABANDONED',
  'CRASHED',
];
/** Instances that are asked for at once. */
const PAGE = 100;

/** `waymark job list`: executions, newest first. */
export function jobListCommand({ terminal }: CommandContext): Command {
  return addRepositoryOptions(new Command('list').description('List executions of jobs, newest first.'))
    .option('--job <name>', 'only of this job')
    .addOption(
      new Option('--status <status>', 'only these')
        .choices(STATES.flatMap((state) => [state, state.toLowerCase()]))
        .argParser((text) => text.toUpperCase()),
    )
    .addOption(new Option('--limit <count>', 'at most so many').default(50).argParser(positiveInteger))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  waymark job list
  waymark job list --job import --status failed
  waymark job list --repository postgres://me@db/jobs --json

CRASHED is what says that it runs while its process has not been heard of for longer than its lease. restart goes on with it.`,
    )
    .action(async (options: Options) => {
      await withJobs(options, terminal, async (repository) => {
        const found = await executions(repository, options);
        if (options.json === true) {
          terminal.out(
            JSON.stringify(
              found.map(({ execution }) => executionData(execution, Date.now())),
              null,
              2,
            ),
          );
        } else if (found.length === 0) terminal.talk('No executions.');
        else terminal.out(asTable(found, terminal, Date.now()));
        if (options.json !== true && found.length === options.limit)
          terminal.talk(`The newest ${options.limit}; --limit shows more.`);
      });
    });
}

interface Found {
  readonly execution: JobExecution;
  readonly steps: readonly StepExecution[];
}

async function executions(
  repository: JobRepository,
  { job, status, limit }: Options,
): Promise<readonly Found[]> {
  const found: JobExecution[] = [];
  for (let start = 0; found.length < limit; start += PAGE) {
    const instances = await repository.instances(job, start, PAGE);
    for (const { id } of instances)
      for (const execution of await repository.executions(id))
        if (status === undefined || shownState(execution, Date.now()) === status) found.push(execution);
    if (instances.length < PAGE) break;
  }
  const newest = found.toSorted((a, b) => b.id - a.id).slice(0, limit);
  return Promise.all(
    newest.map(async (execution) => ({ execution, steps: await repository.stepExecutions(execution.id) })),
  );
}

function asTable(found: readonly Found[], { outColors }: Terminal, now: number): string {
  return formatTable(
    [
      'EXECUTION',
      'INSTANCE',
      'JOB',
      'STATUS',
      'EXIT STATUS',
      'STARTED',
      'TOOK',
      'READ',
      'WRITTEN',
      'SKIPPED',
    ],
    found.map(({ execution, steps }) => {
      const { id, instanceId, jobName, createTime, endTime, exitStatus, batchStatus } = execution;
      const sum = (count: (step: StepExecution) => number): string =>
        wholeNumber(steps.reduce((total, step) => total + count(step), 0));
      return [
        `${id}`,
        `${instanceId}`,
        jobName,
        paintState(shownState(execution, now), outColors),
        exitStatus === null || exitStatus === batchStatus ? '-' : exitStatus,
        `${formatDuration(now - createTime)} ago`,
        endTime === undefined ? '-' : formatDuration(endTime - createTime),
        sum(({ metrics }) => metrics.readCount),
        sum(({ metrics }) => metrics.writeCount),
        sum(({ metrics }) => skipsOf(metrics)),
      ];
    }),
  );
}
