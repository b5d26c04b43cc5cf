/**
 * The seam between a chunk and the place where its items go, when that place has transactions: a database. The record of the
 * chunk (reader checkpoint, writer checkpoint, user data, metrics, skips) is written in the same transaction as its items,
 * so that after a crash either both are there or neither is: exactly once.
 *
 * Every resource runs the same conformance suite (test/batch/transaction-conformance.ts). The guarantees:
 *
 * 1. `commit` resolves only after items and record would survive a crash (of the database's machine too, if it is set up so).
 * 2. After `rollback`, or without `commit`, nothing of the transaction can be seen.
 * 3. `takeRecord` stores the fencing token of the run that begins, durably, before it answers. From then on `saveRecord` and
 *    `takeRecord` with a lower one (and `saveRecord` with any other) reject with `LostLeaseError` (WM9030), and the transaction can only be
 *    rolled back: a run that has lost its lease cannot commit after its successor has read where to go on, not even its first chunk.
 * 4. `begin` of two partitions gives two transactions that do not wait for each other, unless the database has one writer (SQLite).
 */
import type { MaybePromise } from '../artifacts/artifact-context.ts';

/** Whose record it is. The same over all executions of one job instance. */
export interface ChunkRecordKey {
  /** Of the job repository: two repositories may use one database. */
  readonly repositoryId: string;
  readonly instanceId: number;
  readonly stepName: string;
  /** From 0; -1 for a step without partitions. */
  readonly partition: number;
}

export interface ChunkTransaction<Client = unknown> {
  readonly resource: TransactionResource<Client>;
  /** What statements of this transaction are run with: for PostgreSQL a `pg` client, for SQLite a `DatabaseSync`. */
  readonly client: Client;
  saveRecord(key: ChunkRecordKey, fence: number, record: Uint8Array): MaybePromise<void>;
  commit(): MaybePromise<void>;
  rollback(): MaybePromise<void>;
}

export interface TransactionResource<Client = unknown> {
  /** As shown to people: `PostgreSQL billing@db1:5432`; without a password. */
  readonly name: string;
  /** Other machines do not reach it, or have another one of the same name: a file. */
  readonly thisMachineOnly?: boolean;
  /**
   * @param timeoutMs After this long the transaction is rolled back by the engine; 0: no limit.
   */
  begin(timeoutMs: number): MaybePromise<ChunkTransaction<Client>>;
  /**
   * Outside of transactions, before the first chunk of a step (or of a partition) of this run. Waits for a transaction of an earlier run that has
   * saved this record and has not ended yet.
   *
   * @returns The last record committed; undefined if there is none.
   * @throws LostLeaseError
   */
  takeRecord(key: ChunkRecordKey, fence: number): MaybePromise<Uint8Array | undefined>;
  /**
   * Removes records: of one step (it runs from the beginning; before `takeRecord`) or, without a step name, of the whole instance (purge). Records that
   * were taken with a higher token than `fence` stay.
   */
  dropRecords(key: {
    readonly repositoryId: string;
    readonly instanceId: number;
    readonly stepName?: string | undefined;
    readonly fence: number;
  }): MaybePromise<void>;
}
