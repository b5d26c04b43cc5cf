/** Waits that make a snapshot impossible: what they are, whose they are, and what to do. */
import { callerOf } from './callers.ts';
import { Box } from './box.ts';
import { FunctionRecord } from './function-record.ts';
import {
  type DurablePromise,
  frameState,
  isDurablePromise,
  isNever,
  PENDING,
  reactionsOf,
  stateOf,
} from './promise.ts';
import { type Collection, ELEMENT_FUNCTIONS, ElementReaction } from './promise-combinators.ts';
import {
  Capability,
  type Once,
  rejectFunction,
  resolveFunction,
  SettleJob,
  ThenableJob,
  ThenReaction,
} from './reactions.ts';
import { RuntimeCode, RuntimeError } from './runtime-error.ts';
import type { Settlers } from './settlers.ts';
import { stampOf } from './stamp.ts';

/**
 * Refuses a snapshot in which a frame waits for what nothing in the snapshot can settle. `frames`: those that wait for a
 * promise that is no frame.
 *
 * @throws RuntimeError WM3004
 */
export function refuseForeignWaits(frames: readonly DurablePromise[], settlers: Settlers): void {
  for (const frame of frames) {
    const { awaiting } = frameState(frame)!;
    if (awaiting === null || !canBeLost(awaiting, settlers)) continue;
    throw foreignWait(placeOf(frame));
  }
  for (const [collection, elements] of settlers.elements) {
    const { remaining, capability, once } = collection as Collection;
    if (once?.done === true || elements.size >= remaining || !isDurablePromise(capability)) continue;
    const waiting = findWaiting(capability, new Set());
    if (waiting !== undefined) throw foreignWait(waiting);
  }
}

/**
 * Refuses a snapshot that holds a promise which native code or another instance settles: nobody waits for it yet, but after a restore somebody
 * would, in vain.
 *
 * @throws RuntimeError WM3004
 */
export function refuseHeld(frames: readonly DurablePromise[], { met }: Settlers): void {
  if (met !== undefined)
    throw volatileWait(
      `${holderOf(met, frames)} holds a promise of native code or of another instance`,
      AWAIT_FIRST,
    );
}

/** Nothing in the snapshot can settle it, but somebody else perhaps can. */
const canBeLost = (promise: DurablePromise, settlers: Settlers): boolean =>
  stateOf(promise) === PENDING &&
  frameState(promise) === undefined &&
  !isNever(promise) &&
  !settlers.promises.has(promise);

/**
 * Refuses a snapshot without something that can settle a promise which it holds, or on which a callback of the script waits. `watched`: promises
 * outside of the snapshot that native code may settle.
 *
 * @throws RuntimeError WM3004
 */
export function refuseUnsettled(
  frames: readonly DurablePromise[],
  jobs: readonly object[],
  watched: Iterable<DurablePromise>,
  settlers: Settlers,
): void {
  const look = (promise: DurablePromise): void => {
    if (!canBeLost(promise, settlers)) return;
    const waiting = findWaiting(promise, new Set());
    if (waiting !== undefined) throw foreignWait(waiting);
  };
  settlers.pending.forEach(look);
  for (const promise of watched) look(promise);
  for (const job of jobs) {
    const given =
      job instanceof SettleJob && !job.rejected
        ? job.value
        : job instanceof ThenableJob
          ? job.thenable
          : null;
    if (!isDurablePromise(given) || !canBeLost(given, settlers)) continue;
    const waiting = findWaiting((job as SettleJob | ThenableJob).promise, new Set());
    if (waiting !== undefined) throw foreignWait(waiting);
  }
  for (const promise of settlers.pending) {
    if (canBeLost(promise, settlers))
      throw volatileWait(
        `${holderOf(promise, frames)} holds a promise that only native code can settle, or nobody`,
        HOLDS,
      );
  }
}

/**
 * Refuses a snapshot between an await of a native thenable (a query builder, say) and the call of its `then`, and between the end of a promise
 * and the callback with which native code waits for it. `isKnown`: whether a snapshot can hold a function.
 *
 * @throws RuntimeError WM3004
 */
export function refuseNativeJobs(jobs: readonly object[], isKnown: (fn: unknown) => boolean): void {
  for (const job of jobs) {
    if (job instanceof ThenReaction && hasNativeCallback(job, isKnown)) throw nativeCallback('A promise');
    if (!(job instanceof ThenableJob) || isKnown(job.thenFunction)) continue;
    const waiting = findWaiting(job.promise, new Set()) ?? 'A promise';
    throw volatileWait(`${waiting} waits for a thenable of native code`, AWAIT_FIRST);
  }
}

/**
 * Refuses a snapshot of a promise for which native code waits with a callback of its own that it gave while the script called it.
 *
 * @throws RuntimeError WM3004
 */
export function refuseNativeCallbacks(promise: DurablePromise, isKnown: (fn: unknown) => boolean): void {
  for (const waiting of reactionsOf(promise)) {
    if (isDurablePromise(waiting) || waiting.isForeign || !(waiting instanceof ThenReaction)) continue;
    if (hasNativeCallback(waiting, isKnown))
      throw nativeCallback(frameState(promise) === undefined ? 'A promise' : placeOf(promise));
  }
}

const hasNativeCallback = (
  { onFulfilled, onRejected }: ThenReaction,
  isKnown: (fn: unknown) => boolean,
): boolean => !isKnown(onFulfilled) || !isKnown(onRejected);

const nativeCallback = (what: string): RuntimeError =>
  volatileWait(
    `${what} has a callback of native code given to then()`,
    'Await what the library returned before the checkpoint, or give then() a function of the script.',
  );

function holderOf(promise: object, frames: readonly DurablePromise[]): string {
  for (let frame of frames) {
    for (let at: DurablePromise | undefined = frame; at; at = callerOf(at)) {
      frame = at;
      const { fn, at: point, slots } = frameState(frame)!;
      const index = slots.findIndex(
        (slot) => slot === promise || (slot instanceof Box && slot.v === promise),
      );
      const name = fn.metadata.points[point]?.slots[index];
      if (name !== undefined) return `${placeOf(frame)}: local "${name}"`;
    }
  }
  return 'A value of the script';
}

const HOLDS =
  'Await it before the checkpoint, or use call(), sleep() or another durable operation. If nothing will ever settle it: end the ' +
  'branch, or say that it waits for ever with `new Promise(() => {})`.';

export const AWAIT_FIRST =
  'Await it before the checkpoint, or use call(), sleep() or another durable operation.';

function foreignWait(waiting: string): RuntimeError {
  return volatileWait(`${waiting} waits for a callback that only native code has, or nobody`, HOLDS);
}

export function volatileWait(what: string, fix: string): RuntimeError {
  return new RuntimeError(RuntimeCode.volatileWait, `${what}, which a checkpoint cannot hold.`, { fix });
}

/** Which code of the script goes on when `promise` settles, directly or through other promises. Undefined: none. */
export function findWaiting(promise: DurablePromise, seen: Set<DurablePromise>): string | undefined {
  if (seen.has(promise) || stateOf(promise) !== PENDING) return undefined;
  seen.add(promise);
  for (const waiting of reactionsOf(promise)) {
    if (isDurablePromise(waiting)) return placeOf(waiting);
    if (waiting.isForeign) continue;
    if (waiting instanceof ElementReaction) {
      const found = behindElement(waiting.collection, seen);
      if (found !== undefined) return found;
      continue;
    }
    if (!(waiting instanceof ThenReaction)) return 'A promise';
    for (const target of [waiting.onFulfilled, waiting.onRejected, waiting.capability]) {
      const found = findBehind(target, seen);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The same for a callback or a promise that is to be settled. */
function findBehind(target: unknown, seen: Set<DurablePromise>): string | undefined {
  if (target === undefined) return undefined;
  if (isDurablePromise(target)) return findWaiting(target, seen);
  if (target instanceof Capability) return findBehind(target.resolve, seen);
  const made = stampOf(target as object);
  if (made === undefined) return CALLBACK;
  if (made.owner === resolveFunction || made.owner === rejectFunction)
    return (made.cells[1] as Once).done ? undefined : findBehind(made.cells[0], seen);
  if (ELEMENT_FUNCTIONS.has(made.owner)) return behindElement(made.cells[0] as Collection, seen);
  return made.owner instanceof FunctionRecord
    ? `${made.owner.place(0)} the callback given to then()`
    : CALLBACK;
}

/** Nothing when the result has its value already. */
const behindElement = ({ once, capability }: Collection, seen: Set<DurablePromise>): string | undefined =>
  once?.done === true ? undefined : findBehind(capability, seen);

const CALLBACK = 'A callback given to then()';

function placeOf(frame: DurablePromise): string {
  const state = frameState(frame)!;
  return `${state.fn.place(state.at)} ${state.fn.metadata.name}()`;
}
