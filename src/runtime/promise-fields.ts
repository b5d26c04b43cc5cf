/** What promises are made of, as types. */
import type { FunctionRecord } from './function-record.ts';
import type { Owner } from './owner.ts';
import type { DurablePromise } from './promise.ts';

/** What happens when a promise settles, as data. */
export interface Reaction {
  /** Queues or does what is to be done; called once. */
  trigger(owner: Owner, value: unknown, rejected: boolean): void;
  /** It belongs to another instance and is left out of snapshots. */
  readonly isForeign?: true;
}

export type Waiting = DurablePromise | Reaction;

export type ThenFunction = (onFulfilled: unknown, onRejected: unknown) => unknown;

/** What `new Promise` is given. */
export type Executor = (resolve?: Settle, reject?: Settle) => unknown;
export type Settle = (value?: unknown) => void;

export interface FrameState {
  readonly fn: FunctionRecord;
  readonly at: number;
  readonly slots: readonly unknown[];
  readonly awaiting: DurablePromise | null;
}

/** Everything that a promise is. */
export interface PromiseParts {
  readonly flags: number;
  readonly at: number;
  readonly value: unknown;
  readonly fn: FunctionRecord | null;
  readonly slots: readonly unknown[] | null;
  readonly got: unknown;
}
