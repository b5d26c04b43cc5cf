/** Artifacts around steps: deciders and what partitions need (Jakarta Batch 2.1, sections 9.3 and 9.4). */
import type { BatchStatus, StepExecution } from '../repository/job-repository.ts';
import type { MaybePromise } from './artifact-context.ts';

export interface Decider {
  /**
   * @param executions Of the step before; of a split: the last step of each flow. A step that is not run again at a restart is there as it ended before.
   * @returns The exit status that the decision's transitions are tested with; it becomes the job's exit status too.
   */
  decide(executions: readonly StepExecution[]): MaybePromise<string>;
}

export interface PartitionPlan {
  readonly partitions: number;
  /** Default, and 0: as many as partitions. */
  readonly threads?: number | undefined;
  /**
   * True: at a restart the partitions of before are forgotten. False (default): the count must be the same, and those that completed are
   * not run again.
   */
  readonly partitionsOverride?: boolean | undefined;
  /** Per partition, by index. */
  readonly partitionProperties?: readonly Readonly<Record<string, string>>[] | undefined;
}

export interface PartitionMapper {
  /** Called at every start and restart. */
  mapPartitions(): MaybePromise<PartitionPlan>;
}

export type PartitionOutcome = 'COMMIT' | 'ROLLBACK';

export interface PartitionReducer {
  beginPartitionedStep?(): MaybePromise<void>;
  beforePartitionedStepCompletion?(): MaybePromise<void>;
  /** When the step has failed or was stopped; at a restart also before it begins, if the plan overrides the partitions of before. */
  rollbackPartitionedStep?(): MaybePromise<void>;
  afterPartitionedStepCompletion?(status: PartitionOutcome): MaybePromise<void>;
}

/** In the partition: after each checkpoint, and at its end. */
export interface PartitionCollector {
  collectPartitionData(): MaybePromise<unknown>;
}

/** On the step's own thread, never two calls at once. */
export interface PartitionAnalyzer {
  analyzeCollectorData?(data: unknown): MaybePromise<void>;
  analyzeStatus?(batchStatus: BatchStatus, exitStatus: string | null): MaybePromise<void>;
}
