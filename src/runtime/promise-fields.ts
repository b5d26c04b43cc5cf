/** Parts of promises as types, what of a promise goes into a snapshot, and what has to be checked when it comes back. */
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

export interface FrameState {
  readonly fn: FunctionRecord;
  readonly at: number;
  readonly slots: readonly unknown[];
  readonly awaiting: DurablePromise | null;
}

/** Checks of data from a snapshot; each throws a SnapshotError for a value that cannot be right. */
export interface PromiseCheck {
  flags(value: unknown): number;
  reactions(value: unknown): Waiting | Waiting[];
  promise(value: unknown): DurablePromise;
  fn(id: unknown, at: unknown, slots: number): FunctionRecord;
}

const isForeign = (waiting: Waiting): boolean => 'isForeign' in waiting;

/** Without those of other instances. */
export function ownReactions(reactions: Waiting | Waiting[] | null): Waiting | Waiting[] | null {
  if (reactions === null) return null;
  if (!Array.isArray(reactions)) return isForeign(reactions) ? null : reactions;
  return reactions.some(isForeign) ? reactions.filter((waiting) => !isForeign(waiting)) : reactions;
}

/** Properties that an author put on a promise. */
export function ownProperties(promise: object): object | undefined {
  for (const _ in promise) return { ...promise };
  return undefined;
}
