/** Batch jobs that `waymark serve --jobs` runs. Nothing without jobs. */
import { durations, type Line, type Metric, WAITING } from './metric.ts';
import type { JobCounts, NodeSample } from './node-sample.ts';

function ofJobs(
  type: 'counter' | 'gauge',
  name: string,
  help: string,
  read: (counts: JobCounts) => number,
): Metric {
  return {
    name,
    type,
    help,
    labels: ['job'],
    read: ({ jobs }: NodeSample) =>
      (jobs?.jobs ?? []).map((counts) => ({ labels: { job: counts.job }, value: read(counts) })),
  };
}

export const JOB_METRICS: readonly Metric[] = [
  ofJobs('gauge', 'waymark_jobs_running', 'Executions of jobs that run now.', ({ running }) => running),
  ofJobs(
    'counter',
    'waymark_jobs_started_total',
    'Executions of jobs that were begun, restarts too.',
    ({ started }) => started,
  ),
  {
    name: 'waymark_jobs_ended_total',
    type: 'counter',
    help: 'Executions of jobs that have ended, by batch status: COMPLETED, FAILED, STOPPED.',
    labels: ['job', 'status'],
    read: ({ jobs }: NodeSample) =>
      (jobs?.jobs ?? []).flatMap(({ job, ended }) =>
        Object.entries(ended).map(([status, value]): Line => ({ labels: { job, status }, value })),
      ),
  },
  ofJobs(
    'counter',
    'waymark_job_items_read_total',
    'Items that were read, of chunks that were committed.',
    ({ read }) => read,
  ),
  ofJobs('counter', 'waymark_job_items_written_total', 'Items that were written.', ({ written }) => written),
  ofJobs(
    'counter',
    'waymark_job_items_filtered_total',
    'Items that the processor has filtered out.',
    ({ filtered }) => filtered,
  ),
  ofJobs(
    'counter',
    'waymark_job_items_skipped_total',
    'Items that were left out because of an error.',
    ({ skipped }) => skipped,
  ),
  ofJobs('counter', 'waymark_job_chunks_total', 'Chunks that were committed.', ({ chunks }) => chunks),
  {
    name: 'waymark_job_hosted_workers',
    type: 'gauge',
    help: 'Worker threads that run partitions for jobs of other nodes now.',
    labels: [],
    read: ({ jobs }: NodeSample) => (jobs === undefined ? [] : [{ labels: {}, value: jobs.hostedWorkers }]),
  },
  {
    name: 'waymark_job_partitions_moved_total',
    type: 'counter',
    help: 'Partitions of jobs of this node that went on elsewhere because their node was lost or has stopped.',
    labels: [],
    read: ({ jobs }: NodeSample) => (jobs === undefined ? [] : [{ labels: {}, value: jobs.movedPartitions }]),
  },
  durations(
    'waymark_job_commit_seconds',
    'From the end of a chunk to its record and, with a transactional writer, its items being durable.',
    WAITING,
    ({ jobs }) => jobs?.commit,
  ),
];
