/**
 * The seam between the batch engine and the place where job instances, executions and checkpoints are kept (Jakarta Batch 2.1,
 * section 10.2: job repository). In memory, in an SQLite file, in PostgreSQL; all run test/batch/repository-conformance.ts.
 *
 * Guarantees:
 * 1. A writing method has its effect, durably (except in memory), when it returns or its promise resolves.
 * 2. Every write of a running execution carries the execution's fencing token; with a token lower than the one stored it throws `LostLeaseError`
 *    (WM9030) and has no effect.
 * 3. `saveChunk` replaces the record of the chunk before as a whole.
 * 4. `startExecution` is atomic: of two callers that start or restart one instance at the same time exactly one succeeds.
 * 5. Records are plain data; bytes belong to the repository once given, and to the caller once returned.
 * 6. Records of one partition are read and written while other partitions' are.
 */
import type { MaybePromise } from '../artifacts/artifact-context.ts';

export type BatchStatus =
  | 'STARTING'
  | 'STARTED'
  | 'STOPPING'
  | 'STOPPED'
  | 'FAILED'
  | 'COMPLETED'
  | 'ABANDONED';

/** Counts of one step execution. Rolled back with a chunk that is rolled back, except `rollbackCount`: an item that is read again counts once. */
export interface Metrics {
  readCount: number;
  writeCount: number;
  filterCount: number;
  commitCount: number;
  rollbackCount: number;
  readSkipCount: number;
  processSkipCount: number;
  writeSkipCount: number;
}

export interface JobInstance {
  readonly id: number;
  readonly jobName: string;
  /** Text made from the job's name and its identifying parameters; undefined if every start is an instance of its own. */
  readonly identity: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Who runs an execution now. A crash is told from a live run by `until`. */
export interface ExecutionLease {
  readonly owner: string;
  /** Milliseconds since the epoch; the owner renews it long before. */
  readonly until: number;
  /** Grows with every execution of the instance, and when an execution is declared dead. */
  readonly fence: number;
}

/** What a job or a step has failed with. */
export interface FailureRecord {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

export interface JobExecution {
  readonly id: number;
  readonly instanceId: number;
  readonly jobName: string;
  readonly batchStatus: BatchStatus;
  readonly exitStatus: string | null;
  readonly createTime: number;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly lastUpdatedTime: number;
  readonly parameters: Readonly<Record<string, string>>;
  /** Element at which a restart begins, set by `<stop restart>`. */
  readonly restartAt: string | undefined;
  /** Set by `stop`, maybe of another process; the owner reads it with each renewal. */
  readonly stopRequested: boolean;
  readonly lease: ExecutionLease | undefined;
  /** What the job itself has failed with, outside of its steps: a listener of the job, a decider, a start limit. */
  readonly exception: FailureRecord | undefined;
}

export interface StepExecution {
  readonly id: number;
  readonly jobExecutionId: number;
  readonly stepName: string;
  readonly batchStatus: BatchStatus;
  readonly exitStatus: string | null;
  readonly startTime: number;
  readonly endTime: number | undefined;
  readonly persistentUserData: unknown;
  readonly metrics: Readonly<Metrics>;
  readonly exception: FailureRecord | undefined;
  /** In words, for people: where the items go and what a crash does to them. Undefined for batchlets. */
  readonly guarantee: string | undefined;
}

export interface PartitionExecution {
  readonly stepExecutionId: number;
  /** From 0. */
  readonly index: number;
  readonly batchStatus: BatchStatus;
  readonly exitStatus: string | null;
  readonly persistentUserData: unknown;
  readonly metrics: Readonly<Metrics>;
  readonly properties: Readonly<Record<string, string>>;
}

/** A change: what is undefined stays as it is. */
export interface JobExecutionChange {
  readonly batchStatus?: BatchStatus;
  readonly exitStatus?: string | null;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly restartAt?: string;
  readonly exception?: FailureRecord | undefined;
  readonly at: number;
}

export type StepExecutionChange = Partial<
  Pick<
    StepExecution,
    | 'batchStatus'
    | 'exitStatus'
    | 'endTime'
    | 'persistentUserData'
    | 'metrics'
    | 'exception'
    | 'guarantee'
    | 'startTime'
  >
>;

/** The record of one chunk, encoded when somebody wants its bytes: in memory only a restart does. What it holds can no longer change. */
export interface ChunkRecordSource {
  bytes(): Uint8Array;
}

/**
 * Start of a new execution: of a new instance, or of one that has ended. With an identity and no instance id it is that of the instance with
 * this identity, if there is one.
 */
export interface ExecutionStart {
  readonly jobName: string;
  /** Of a restart. */
  readonly instanceId: number | undefined;
  readonly identity: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly owner: string;
  readonly at: number;
  readonly leaseUntil: number;
}

export interface JobRepository {
  /** Made once per repository; part of the key of records that live in other databases. */
  readonly id: string;
  /** As shown to people. */
  readonly name: string;

  /**
   * @throws JobExecutionAlreadyCompleteError, JobExecutionIsRunningError (a live lease), JobRestartError: as the state of the instance
   *   demands, decided in the same transaction that creates the execution. An execution whose lease has run out counts as failed and is
   *   marked so.
   */
  startExecution(start: ExecutionStart): MaybePromise<{ instance: JobInstance; execution: JobExecution }>;
  /** @returns what another process asked for: a stop. @throws LostLeaseError */
  renewLease(executionId: number, fence: number, until: number): MaybePromise<{ stopRequested: boolean }>;
  changeExecution(executionId: number, fence: number, change: JobExecutionChange): MaybePromise<void>;
  /** Asks the owner to stop, whoever it is. */
  requestStop(executionId: number, at: number): MaybePromise<void>;
  /** STOPPED or FAILED to ABANDONED. @throws JobExecutionIsRunningError */
  abandon(executionId: number, at: number): MaybePromise<void>;
  /** Marks as FAILED every execution whose lease has run out before `at`, and takes their fence. @returns their ids */
  failAbandonedRuns(at: number): MaybePromise<readonly number[]>;

  createStepExecution(fence: number, step: Omit<StepExecution, 'id'>): MaybePromise<StepExecution>;
  changeStepExecution(id: number, fence: number, change: StepExecutionChange): MaybePromise<void>;
  /** Newest first, over all executions of the instance. */
  stepExecutionsOfInstance(instanceId: number, stepName?: string): MaybePromise<readonly StepExecution[]>;
  stepExecutions(executionId: number): MaybePromise<readonly StepExecution[]>;

  /** All partitions of a step, or none: how many there are decides how many a restart has. */
  createPartitions(fence: number, partitions: readonly PartitionExecution[]): MaybePromise<void>;
  savePartition(fence: number, partition: PartitionExecution): MaybePromise<void>;
  partitions(stepExecutionId: number): MaybePromise<readonly PartitionExecution[]>;

  /** The chunk record of steps whose writer has no transactions. `partition` -1: the step itself. */
  saveChunk(
    key: { readonly instanceId: number; readonly stepName: string; readonly partition: number },
    fence: number,
    record: ChunkRecordSource,
  ): MaybePromise<void>;
  loadChunk(key: {
    readonly instanceId: number;
    readonly stepName: string;
    readonly partition: number;
  }): MaybePromise<Uint8Array | undefined>;
  dropChunks(instanceId: number, stepName: string): MaybePromise<void>;

  jobNames(): MaybePromise<readonly string[]>;
  instanceCount(jobName: string): MaybePromise<number>;
  /** Newest first. */
  instances(jobName: string | undefined, start: number, count: number): MaybePromise<readonly JobInstance[]>;
  instance(id: number): MaybePromise<JobInstance | undefined>;
  findIdentity(jobName: string, identity: string): MaybePromise<JobInstance | undefined>;
  /** Oldest first. */
  executions(instanceId: number): MaybePromise<readonly JobExecution[]>;
  execution(id: number): MaybePromise<JobExecution | undefined>;
  runningExecutions(jobName: string): MaybePromise<readonly JobExecution[]>;

  /** Removes instances whose last execution ended before `before`, with all that belongs to them. @returns the instances */
  purge(options: {
    readonly jobName?: string;
    readonly before: number;
    readonly statuses: readonly BatchStatus[];
  }): MaybePromise<readonly JobInstance[]>;
  close(): MaybePromise<void>;
}
