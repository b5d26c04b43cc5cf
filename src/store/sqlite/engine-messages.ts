/** What passes between a store and the engine behind it, in this thread or in a worker. All of it can be cloned. */
import type {
  CodeChange,
  InstanceFilter,
  InstanceLook,
  InstanceStatus,
  InstanceSummary,
} from '../checkpoint-store.ts';
import type { StoreErrorData } from '../store-error.ts';

/** Kinds of operation in a batch. */
export const SAVE = 1;
/** Completion without a request id: nothing is kept. */
export const COMPLETE = 2;
/** Completion whose result is kept. */
export const COMPLETE_AND_KEEP = 3;
export const FAIL = 4;
/** The next of `calls`. */
export const CALL = 5;

/** Calls that change something take effect in their place among the operations; the others after the commit. */
export type EngineCall =
  | { readonly name: 'retry'; readonly id: string; readonly at: number }
  | { readonly name: 'purge'; readonly id: string }
  | { readonly name: 'changeCode'; readonly change: CodeChange }
  | { readonly name: 'expireResults'; readonly before: number; readonly atMost: number }
  | { readonly name: 'saveCode'; readonly hash: string; readonly bundle: Uint8Array }
  | { readonly name: 'dropUnusedCode'; readonly keep: ReadonlySet<string> }
  | EngineRead;

export type EngineRead =
  | { readonly name: 'load'; readonly id: string }
  | { readonly name: 'findRequest'; readonly script: string; readonly requestId: string }
  | { readonly name: 'liveRequests' }
  | { readonly name: 'resultRequests'; readonly after: number; readonly limit: number }
  | { readonly name: 'openCursor' }
  | { readonly name: 'readCursor'; readonly cursor: number }
  | { readonly name: 'closeCursor'; readonly cursor: number }
  | { readonly name: 'page'; readonly after: string; readonly limit: number }
  | { readonly name: 'list'; readonly filter: InstanceFilter }
  | { readonly name: 'recentlyEnded'; readonly withinMs: number; readonly limit: number }
  | { readonly name: 'loadCode'; readonly hash: string }
  | { readonly name: 'usedCode' }
  | { readonly name: 'stats' };

/** A row as it is on disk, and what the engine knows of its instance without it. */
export interface RawRow {
  readonly row: Uint8Array;
  readonly id: string;
  readonly status: InstanceStatus;
}

/** Rows of many instances, see `row-page.ts`. */
export interface RowPage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each row ends, in their order; 0 for one that travels by itself. */
  readonly ends: readonly number[];
  /** Those that are not sound, in their order. */
  readonly others: readonly RawRow[];
}

export interface EngineStats {
  /** Transactions committed since opening; less than the operations when writers were grouped. */
  readonly transactions: number;
  /** Writing operations in those transactions. */
  readonly operations: number;
  /** Rows written by them. */
  readonly rows: number;
  /** Sizes of the groups of operations that shared a transaction. */
  readonly groups: GroupSizes;
  /** Times that the write-ahead log was copied into the database file. */
  readonly walCheckpoints: number;
  /** Instances running or failed. */
  readonly liveInstances: number;
  /** Rows of the live table, free ones included. */
  readonly slots: number;
  /** Results kept. Between two of them some may be gone: then it is a bound. */
  readonly results: number;
}

/** `atMost[k]`: groups of at most 2^k operations; the last: all. */
export interface GroupSizes {
  readonly count: number;
  readonly sum: number;
  readonly atMost: readonly number[];
}

export interface CallResults {
  retry: boolean;
  purge: boolean;
  changeCode: boolean;
  expireResults: number;
  saveCode: undefined;
  dropUnusedCode: readonly string[];
  load: RawRow | undefined;
  findRequest: RawRow | undefined;
  /** The request numbers of the instances that run or failed. */
  liveRequests: Float64Array;
  /** The next request numbers of results after a number, ascending, each once; fewer than the limit: they are the last. */
  resultRequests: Float64Array;
  openCursor: number;
  /** Undefined after the last page. */
  readCursor: RowPage | undefined;
  closeCursor: undefined;
  page: readonly InstanceLook[];
  list: readonly InstanceSummary[];
  recentlyEnded: readonly RawRow[];
  loadCode: Uint8Array | undefined;
  usedCode: readonly string[];
  stats: EngineStats;
}

export type CallName = keyof CallResults;

export interface EngineBatch {
  readonly kinds: readonly number[];
  /** Instance id per operation; empty for calls. */
  readonly ids: readonly string[];
  /** Where each operation's record begins and ends in `bytes`, rows padded to their length. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly bytes: Uint8Array;
  readonly calls: readonly EngineCall[];
}

export interface CallReply {
  readonly value?: unknown;
  readonly failure?: StoreErrorData;
}

export interface EngineReply {
  /** Set if no write of the batch had any effect. */
  readonly failure: StoreErrorData | undefined;
  /** One per call. */
  readonly calls: readonly CallReply[];
}

export interface EngineOptions {
  readonly directory: string;
  /** WAL pages after which it is copied into the database file. */
  readonly walPages: number;
  readonly cacheMegabytes: number;
  /** Largest size of the database in pages; beyond it writes fail as on a full disk. */
  readonly maxPages: number | undefined;
  /** Results after which keys are carried from memory to disk (`result-keys.ts`). */
  readonly recentResults: number;
  /** For tests: the commit of this number (1 is the first) fails like a failed fsync, before or after SQLite's commit. */
  readonly failCommit: { readonly number: number; readonly when: 'before' | 'after' } | undefined;
}
