/**
 * The seam between a node and the place where its checkpoints live.
 *
 * Every store runs the same conformance suite (test/store/conformance.ts). The guarantees:
 *
 * 1. A promise returned by a writing method resolves only after its effect would survive power loss.
 * 2. Writes of one instance take effect in the order in which they were called; a later call supersedes an earlier one.
 * 3. Only the newest checkpoint of an instance is kept. `complete` deletes it in the same durable write that records
 *    the result; `fail` keeps it.
 * 4. A write that rejects has no effect that a later read could show, or the store is dead (`StoreError.fatal`).
 * 5. After a fatal error every call rejects with the same error; nothing is retried.
 * 6. Bytes given to a method belong to the store until its promise settles; bytes returned belong to the caller.
 */

export type InstanceStatus = 'running' | 'completed' | 'failed';

/** What is known of an instance without its snapshot. Times are milliseconds since the epoch. */
export interface InstanceSummary {
  readonly id: string;
  readonly script: string;
  /** Id given by the requester; repeated requests with it get the same instance. */
  readonly requestId: string | undefined;
  /** Hash of the code that the instance runs; the key of `saveCode`. */
  readonly codeHash: string;
  readonly status: InstanceStatus;
  /** Number of its last checkpoint: 1, 2, 3 ...; 0 if it ended without one. */
  readonly sequence: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface StoredInstance extends InstanceSummary {
  /** Bytes of the last checkpoint; undefined once completed, or if it failed before its first. */
  readonly snapshot: Uint8Array | undefined;
  /** Encoded result (completed) or error (failed). */
  readonly outcome: Uint8Array | undefined;
  /**
   * What is wrong with the stored bytes, if they no longer are what was written: then `snapshot` and `outcome` are
   * undefined. If not even the id can be trusted, `id` is a made-up one (`damaged-row-17`) under which `load`, `fail` and
   * `purge` find the row.
   */
  readonly damaged: string | undefined;
}

/** What a look at every instance tells of one. */
export interface InstanceLook extends InstanceSummary {
  /** See `StoredInstance`. */
  readonly damaged: string | undefined;
}

export interface CheckpointWrite {
  readonly id: string;
  readonly script: string;
  readonly requestId: string | undefined;
  readonly codeHash: string;
  readonly sequence: number;
  readonly createdAt: number;
  readonly at: number;
  readonly snapshot: Uint8Array;
}

export interface OutcomeWrite {
  readonly id: string;
  readonly script: string;
  readonly requestId: string | undefined;
  readonly codeHash: string;
  readonly sequence: number;
  readonly createdAt: number;
  readonly at: number;
  readonly outcome: Uint8Array;
}

/** The last checkpoint of an instance, made over for other code. */
export interface CodeChange {
  readonly id: string;
  /** What the instance must have for the change to happen. */
  readonly from: { readonly codeHash: string; readonly sequence: number };
  readonly codeHash: string;
  readonly snapshot: Uint8Array;
}

export interface InstanceFilter {
  readonly status?: InstanceStatus | undefined;
  readonly script?: string | undefined;
  /** At most this many, newest first (by `createdAt`, then by id, both descending). Default 100. */
  readonly limit?: number | undefined;
}

export interface CheckpointStore {
  /** Replaces the instance's checkpoint. */
  save(write: CheckpointWrite): Promise<void>;
  /** Ends the instance: its checkpoint goes, its result is kept (until `expireResults`) if it has a request id. */
  complete(write: OutcomeWrite): Promise<void>;
  /** Marks the instance failed and keeps its last checkpoint. */
  fail(write: OutcomeWrite): Promise<void>;
  /**
   * Failed back to running, so that it is restored from its last checkpoint; its outcome goes. False if it is not failed,
   * has no checkpoint, or a damaged one.
   */
  retry(id: string, at: number): Promise<boolean>;
  /**
   * Puts other code and a snapshot of it in place of those of a running or failed instance, both in one durable write; everything else
   * of it stays. False, and nothing changes, if the instance does not have the code and checkpoint named, or the store does not have
   * the new code.
   */
  changeCode(change: CodeChange): Promise<boolean>;
  /** Removes every trace of the instance. False if it is unknown. */
  purge(id: string): Promise<boolean>;
  load(id: string): Promise<StoredInstance | undefined>;
  /**
   * The instance, whatever its status, that has this request id for this script; if several do, the newest (by
   * `createdAt`, then by id).
   */
  findRequest(script: string, requestId: string): Promise<StoredInstance | undefined>;
  /**
   * True only if no instance has this request id for this script, writes that were called but are not durable yet included: what
   * `findRequest` would find, known without waiting for it. False says nothing.
   */
  lacksRequest(script: string, requestId: string): boolean;
  /**
   * All instances with status running, oldest first, in pages, so that a million of them never sit in memory: those that
   * run when the iteration begins and still do when their page is read. The bytes of a page may be parts of one piece of memory.
   */
  unfinished(): AsyncIterable<readonly StoredInstance[]>;
  /**
   * The next `limit` instances after an id, in the order of their ids (ASCII), whatever their status; all of them in pages, from
   * the empty id on, to compare two stores. Fewer than `limit`: they are the last.
   */
  page(after: string, limit: number): Promise<readonly InstanceLook[]>;
  list(filter?: InstanceFilter): Promise<readonly InstanceSummary[]>;
  /**
   * Instances that completed (those whose result is kept) or failed, the last first (by `updatedAt`, then by id): those that
   * ended at most `withinMs` before the very last one, and at most `limit`. Of the failed ones only the `limit` newest by
   * `createdAt` are looked at, so that thousands of old failures cost nothing.
   */
  recentlyEnded(withinMs: number, limit: number): Promise<readonly StoredInstance[]>;
  /** Removes completed instances that ended before `before` (ms since the epoch); returns how many. */
  expireResults(before: number): Promise<number>;
  /** Stores the code of a bundle (`stored-bundle.ts`) under its hash, once; durable when resolved. */
  saveCode(hash: string, bundle: Uint8Array): Promise<void>;
  loadCode(hash: string): Promise<Uint8Array | undefined>;
  /** Hashes of the stored code that running or failed instances name; possibly one more that only looks like it. */
  usedCode(): Promise<readonly string[]>;
  /** Removes code that no running or failed instance names and that is not in `keep`; returns the hashes. */
  dropUnusedCode(keep: ReadonlySet<string>): Promise<readonly string[]>;
  /** Waits for the writes under way, then lets go of the files. */
  close(): Promise<void>;
}
