/** What a chunk step is made of (Jakarta Batch 2.1, section 9.1.1). Every method may answer at once or with a promise. */
import type { TransactionResource } from '../transaction/transaction-resource.ts';
import type { MaybePromise } from './artifact-context.ts';

export interface ItemReader<Item = unknown, Checkpoint = unknown> {
  /**
   * @param checkpoint What `checkpointInfo` gave at the last chunk that was committed; null on a first start, and if it gave null.
   */
  open?(checkpoint: Checkpoint | null): MaybePromise<void>;
  /** Null or undefined: there are no more. */
  readItem(): MaybePromise<Item | null | undefined>;
  /** Where the reader is, as plain data. Asked for once per chunk, before the commit. */
  checkpointInfo?(): MaybePromise<Checkpoint | null | undefined>;
  /** How far through all its input the reader is, from 0 to 1, if it knows: for whoever watches. It does not change anything. */
  progress?(): number | undefined;
  close?(): MaybePromise<void>;
}

export interface ItemProcessor<Item = unknown, Output = unknown> {
  /** Null or undefined: the item is filtered out. */
  processItem(item: Item): MaybePromise<Output | null | undefined>;
}

/**
 * What is true after a crash or a rollback of a chunk that this writer had written.
 * `transactional`: its writes are part of the chunk's transaction: exactly once.
 * `idempotent`: they are done again, with the same effect (upserts).
 * `at-least-once`: they stay, and are done again.
 */
export type WriteGuarantee = 'transactional' | 'idempotent' | 'at-least-once';

export interface ItemWriter<Item = unknown, Checkpoint = unknown> {
  open?(checkpoint: Checkpoint | null): MaybePromise<void>;
  /** The items of one chunk that were not filtered; empty if all were. The array is not changed afterwards, by nobody: after a failure it may be given again. */
  writeItems(items: readonly Item[]): MaybePromise<void>;
  checkpointInfo?(): MaybePromise<Checkpoint | null | undefined>;
  close?(): MaybePromise<void>;
  /**
   * Where the writer writes through `context.transaction`. If it has one, every chunk runs in a transaction of it, and the chunk's record
   * is written in the same: exactly once.
   */
  readonly transactionResource?: TransactionResource | undefined;
  /** Default: `transactional` with a transaction resource, otherwise `at-least-once`. */
  readonly guarantee?: WriteGuarantee | undefined;
}

export interface Batchlet {
  /** Its value is the step's exit status, unless one has been set in the step context. */
  process(): MaybePromise<string | null | undefined | void>;
  /** Called while `process` runs when the job is asked to stop. */
  stop?(): MaybePromise<void>;
}

/** The custom checkpoint policy (section 9.1.1.4). The order of the calls is that of section 11.9. */
export interface CheckpointAlgorithm {
  /** Seconds that the next chunk's transaction may take; 0 or no method: as long as the environment allows. */
  checkpointTimeout?(): MaybePromise<number>;
  /** Before the chunk's transaction begins. */
  beginCheckpoint?(): MaybePromise<void>;
  /** After each item that was read (and processed): take a checkpoint now? */
  isReadyToCheckpoint(): MaybePromise<boolean>;
  /** After the chunk was committed. */
  endCheckpoint?(): MaybePromise<void>;
}
