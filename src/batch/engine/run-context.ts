/** One execution of a job, as everything that runs in it sees it. */
import type { ExceptionClasses } from '../artifacts/exception-classes.ts';
import { BatchError, BatchErrorCode } from '../batch-error.ts';
import type { ResolvedJob } from '../definition/resolved-job.ts';
import type { JobRepository, StepExecution } from '../repository/job-repository.ts';
import type { BatchObserver } from './batch-observer.ts';
import type { BatchEnvironment } from './batch-environment.ts';
import type { JobState } from './contexts.ts';
import type { ThreadStepContext } from './contexts.ts';
import type { PartitionNodes } from '../nodes/partition-nodes.ts';
import type { StopSwitch } from './stop-switch.ts';

/** What a partition needs of the job repository, wherever it runs. */
export type PartitionRepository = Pick<JobRepository, 'id' | 'savePartition' | 'saveChunk' | 'loadChunk'>;

/** The same execution, as the work of one step or partition sees it, maybe in another thread. */
export interface WorkContext {
  readonly repository: PartitionRepository;
  readonly environment: BatchEnvironment;
  readonly exceptions: ExceptionClasses;
  readonly stop: StopSwitch;
  readonly observer: BatchObserver | undefined;
  readonly state: JobState;
  readonly fence: number;
  /** The job runs on another machine. */
  readonly isElsewhere?: boolean;
}

export interface RunContext extends WorkContext {
  readonly job: ResolvedJob;
  readonly repository: JobRepository;
  /** Where else partitions may run; undefined: nowhere. */
  readonly nodes: PartitionNodes | undefined;
  /** Of the executions before, newest first; those of this one are put in front as they end. */
  readonly history: StepExecution[];
  /** Steps that run now: their counts are shown while they do. */
  readonly liveSteps: Set<LiveStep>;
  /** Where a restart begins, if a `stop` element said so. */
  restartAt: string | undefined;
  /** What the job itself failed with, outside of any step. */
  failure: Error | undefined;
}

export interface LiveStep {
  readonly stepExecutionId: number;
  /** Of the step, or one per partition. */
  readonly threads: readonly ThreadStepContext[];
  readonly partitioned: boolean;
}

/** The last execution of a step, of this job execution or of those before. */
export const lastExecutionOf = (run: RunContext, stepName: string): StepExecution | undefined =>
  run.history.find((execution) => execution.stepName === stepName);

/** @throws BatchError WM9063 */
export function checkStartLimit(run: RunContext, stepName: string, limit: number): void {
  const starts = run.history.filter((execution) => execution.stepName === stepName).length;
  if (limit === 0 || starts < limit) return;
  throw new BatchError(
    BatchErrorCode.startLimit,
    `Step ${JSON.stringify(stepName)} has been started ${starts} times; its start-limit is ${limit}`,
    { fix: 'Raise the start-limit, or find out why the step fails again and again.' },
  );
}
