/** The jobs of `waymark serve`: options, and their life in the process. */
import { availableParallelism, hostname } from 'node:os';
import { type Command, Option } from 'commander';
import { JobXmlError } from '../../batch/job-xml/job-xml-error.ts';
import type { JobEvent, JobHost } from '../../server/jobs/job-host.ts';
import type { Transport } from '../../transport/transport.ts';
import { shownPath } from '../diagnostic-text.ts';
import type { FailedScript, ServeReporter } from '../serve-report.ts';
import { durationText, wholeNumber } from '../shared-options.ts';
import { formatDuration } from '../table.ts';
import type { Terminal } from '../terminal.ts';

export interface ServedJobsFlags {
  readonly jobs?: string;
  readonly artifacts?: string;
  readonly jobLease: number;
  readonly jobPartitions: number;
  readonly jobRepository?: string;
  nodeId?: string;
  readonly prefix?: string;
}

export interface ServedJobs {
  readonly host: JobHost;
  readonly failed: readonly FailedScript[];
  /** Stops them at a checkpoint, to go on with the next start. */
  close(): Promise<void>;
}

const STOP_LIMIT_MS = 10_000;

export function addServedJobsOptions(command: Command): Command {
  return command
    .option('--jobs <folder>', 'serve batch jobs too: modules and job XML of this folder')
    .option('--artifacts <module>', 'module that exports the ArtifactRegistry of job XML')
    .addOption(
      new Option('--job-lease <time>', 'after a crash, jobs go on when so much time has passed')
        .default(10_000, '10s')
        .argParser(durationText),
    )
    .addOption(
      new Option(
        '--job-repository <address>',
        'job repository in a database: nodes that share it let jobs of a dead one go on',
      ).env('WAYMARK_JOB_REPOSITORY'),
    )
    .addOption(
      new Option('--job-partitions <count>', "partitions of other nodes' jobs that run here at the same time")
        .default(availableParallelism(), 'one per core')
        .argParser(wholeNumber),
    );
}

/** Undefined without --jobs. Nothing runs yet that an earlier process has left. */
export async function openJobs(
  { jobs: folder, artifacts, jobLease, jobPartitions, jobRepository, prefix, nodeId }: ServedJobsFlags,
  data: string,
  transport: Transport,
  reporter: ServeReporter,
  terminal: Terminal,
): Promise<ServedJobs | undefined> {
  if (folder === undefined) return undefined;
  const { directory } = terminal;
  const { JobHost: Host } = await import('../../server/jobs/job-host.ts');
  const { serveJobSubjects } = await import('../../server/jobs/job-subjects.ts');
  const { loadJobFolder } = await import('./job-folder.ts');
  const { jobs, registry, failed } = await loadJobFolder(folder, artifacts, directory);
  const host = await Host.open({
    folder: data,
    repository: jobRepository,
    jobs,
    registry,
    leaseMs: jobLease,
    cluster: {
      transport,
      prefix,
      nodeName: nodeId ?? `${hostname()} process ${process.pid}`,
      capacity: jobPartitions,
    },
    onEvent: (event) => tell(event, reporter),
  });
  const unsubscribe = await serveJobSubjects(host, transport, prefix, (error) =>
    reporter.problem('job-problem', error),
  );
  let closing: Promise<void> | undefined;
  return {
    host,
    failed: failed.map(({ file, error }) => ({
      file: shownPath(file, directory),
      reasons: reasonsOf(shownPath(file, directory), error),
    })),
    close: () => (closing ??= close(host, unsubscribe, reporter, terminal)),
  };
}

async function close(
  host: JobHost,
  unsubscribe: () => Promise<void>,
  reporter: ServeReporter,
  terminal: Terminal,
): Promise<void> {
  await unsubscribe();
  const { stopped, left } = await host.close(STOP_LIMIT_MS);
  if (stopped > 0) reporter.event('jobs-stopped', `${jobCount(stopped)} at the next start.`, { stopped });
  if (left > 0)
    reporter.event(
      'jobs-left',
      `Not stopped in time: ${jobCount(left)} at the next start, after the lease.`,
      {
        left,
      },
    );
  // A batchlet that does not listen would keep the process alive.
  if (left > 0) terminal.end(1);
}

const jobCount = (count: number): string => (count === 1 ? '1 job goes on' : `${count} jobs go on`);

function tell(event: JobEvent, reporter: ServeReporter): void {
  if (event.kind === 'problem') {
    reporter.problem('job-problem', event.error, { job: event.jobName });
    return;
  }
  if (event.kind === 'refused') {
    reporter.problem('partitions-refused', event.error, { job: event.jobName });
    return;
  }
  if (event.kind === 'moved') {
    const { jobName, stepName, partition, error } = event;
    const details = { job: jobName, step: stepName, partition };
    reporter.event(
      'partition-moved',
      `${jobName}: partition ${partition} of ${stepName} goes on elsewhere: ${error.message}`,
      details,
    );
    return;
  }
  const { id, jobName, instanceId, batchStatus, exitStatus, createTime, endTime } = event.execution;
  const details = { job: jobName, execution: id, instance: instanceId };
  if (event.kind !== 'ended') {
    const how = event.kind === 'started' ? 'has begun' : 'has gone on';
    reporter.event(`job-${event.kind}`, `${jobName}: execution ${id} ${how}`, details);
    return;
  }
  const took = formatDuration((endTime ?? Date.now()) - createTime);
  reporter.event('job-ended', `${jobName}: execution ${id} ${batchStatus} after ${took}`, {
    ...details,
    batchStatus,
    exitStatus,
  });
}

/** One line for each thing that is wrong. */
function reasonsOf(file: string, error: unknown): readonly string[] {
  if (error instanceof JobXmlError)
    return error.problems.map(
      ({ place, code, message }) => `${place.file}:${place.line}:${place.column} ${code} ${message}`,
    );
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const why = cause instanceof Error ? `${cause.name}: ${cause.message.split('\n', 1)[0]}` : message;
  return [`${file}: ${why}`];
}
