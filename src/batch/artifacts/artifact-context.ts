/**
 * What an artifact is made with. Java's engines inject it; here an artifact is made by a function (or a class with a constructor) that
 * takes it as its one parameter, once per use: two references to one name are two artifacts, and every partition has its own.
 */
import type { ChunkTransaction } from '../transaction/transaction-resource.ts';
import type { BatchStatus, Metrics } from '../repository/job-repository.ts';

/** Answers at once, or later. What answers at once is never awaited: an await per item would cost more than the item. */
export type MaybePromise<Value> = Value | PromiseLike<Value>;

export interface JobContext {
  readonly jobName: string;
  readonly instanceId: number;
  readonly executionId: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly batchStatus: BatchStatus;
  /** Null until somebody sets it; the batch status's name at the end of the job if nobody has. The last setter wins. */
  exitStatus: string | null;
  /** Of this thread (the job's own, a partition's or a flow of a split's); never saved. */
  transientUserData: unknown;
}

export interface StepContext {
  readonly stepName: string;
  readonly stepExecutionId: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly batchStatus: BatchStatus;
  exitStatus: string | null;
  transientUserData: unknown;
  /** Saved with every checkpoint (of a batchlet: at its end) and given back at a restart; of this partition. */
  persistentUserData: unknown;
  /** What an artifact of the step has thrown last, also if it was skipped or tried again; null while nothing has. */
  readonly exception: Error | null;
  readonly metrics: Readonly<Metrics>;
}

export interface PartitionContext {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** Of the plan, for this partition. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface ArtifactContext {
  readonly job: JobContext;
  /** Undefined for what belongs to the job: its listeners, deciders. */
  readonly step: StepContext | undefined;
  /** Of a partition's artifacts. */
  readonly partition: PartitionContext | undefined;
  /** The reference's own properties (Java: `@BatchProperty`). */
  readonly properties: Readonly<Record<string, string>>;
  /**
   * The transaction that is open now; undefined outside of one, and always so for steps without a transactional writer. Ask at each call: every chunk
   * has its own.
   */
  readonly transaction: ChunkTransaction | undefined;
  /** Aborted when the job is asked to stop. */
  readonly stopping: AbortSignal;
}

/** A class is made with `new`, any other function is called. */
export type ArtifactMaker<Artifact extends object = object> =
  | ((context: ArtifactContext) => Artifact)
  | (new (context: ArtifactContext) => Artifact);
