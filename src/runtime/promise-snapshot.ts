/** What of a promise goes into a snapshot, and what has to be checked when it comes back. */
import type { FunctionRecord } from './function-record.ts';
import type { Job } from './owner.ts';
import { type DurablePromise, markGiven, partsOf, setParts, type Waiting } from './promise.ts';
import {
  AWAITING,
  FAILED,
  HANDLED,
  IS_NEVER,
  NEVER,
  PENDING,
  STATE,
  WITH_AWAITED,
  WITH_FRAME,
  WITH_GOT,
  WITH_PROPERTIES,
  WITH_WAITING,
} from './promise-flags.ts';

/** Checks of data from a snapshot; each throws a SnapshotError for a value that cannot be right. */
export interface PromiseCheck {
  flags(value: unknown): number;
  reactions(value: unknown): Waiting | Waiting[];
  promise(value: unknown): DurablePromise;
  fn(id: unknown, at: unknown, slots: number): FunctionRecord;
}

const isForeign = (waiting: Waiting | Job): boolean => 'isForeign' in waiting;

/** What is not code of this instance. */
export const isOwn = (waiting: Waiting | Job): boolean => !isForeign(waiting);

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

const SAVED = STATE | HANDLED | FAILED;

/** Data of a promise for snapshots: flags, then what they say is there. */
export function readPromise(promise: DurablePromise): unknown[] {
  const { flags, at, value, fn, slots, got } = partsOf(promise);
  const own = ownProperties(promise);
  const isPending = (flags & STATE) === PENDING;
  const isAwaiting = (flags & AWAITING) !== 0;
  const waiting = isPending ? ownReactions(value as Waiting | Waiting[] | null) : null;
  const hasGot = fn !== null && !isAwaiting && got !== undefined;
  const saved =
    (flags & SAVED) +
    (fn === null ? 0 : WITH_FRAME) +
    (waiting === null ? 0 : WITH_WAITING) +
    (hasGot ? WITH_GOT : 0) +
    (isAwaiting ? WITH_AWAITED : 0) +
    (own ? WITH_PROPERTIES : 0) +
    ((flags & NEVER) === 0 ? 0 : IS_NEVER);
  const fields: unknown[] = [saved];
  if (own) fields.push(own);
  if (waiting !== null) fields.push(waiting);
  else if (!isPending) fields.push(value);
  if (hasGot || isAwaiting) fields.push(got);
  if (fn !== null) fields.push(fn.id, at, ...(slots ?? []));
  return fields;
}

/** Fills a fresh promise from such data. */
export function writePromise(promise: DurablePromise, fields: readonly unknown[], check: PromiseCheck): void {
  const saved = check.flags(fields[0]);
  let index = 1;
  let flags = saved & SAVED;
  let value: unknown = null;
  let got: unknown = undefined;
  if (saved & WITH_PROPERTIES) Object.assign(promise, fields[index++]);
  if ((saved & STATE) !== PENDING) value = fields[index++];
  if (saved & WITH_WAITING) value = check.reactions(fields[index++]);
  if (saved & WITH_GOT) got = fields[index++];
  if (saved & WITH_AWAITED) {
    got = check.promise(fields[index++]);
    flags |= AWAITING;
  }
  if (saved & IS_NEVER) flags |= NEVER;
  if (saved & WITH_FRAME) {
    const slots = fields.slice(index + 2);
    const fn = check.fn(fields[index], fields[index + 1], slots.length);
    setParts(promise, { flags, at: fields[index + 1] as number, value, fn, slots, got });
    return;
  }
  setParts(promise, { flags, at: 0, value, fn: null, slots: null, got });
  if ((flags & (STATE | NEVER)) === PENDING) markGiven(promise);
}
