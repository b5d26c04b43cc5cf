/**
 * Waits that no snapshot can hold: for a native promise, or for a callback that only native code has.
 *
 * Owns: weak references to the promises of one instance that follow native ones. Invariants:
 * V1. Every promise that follows a native one, is pending and can be reached, is among them.
 * V2. They keep no promise alive: one that nobody can settle any more goes, as it would natively.
 */
import {
  type DurablePromise,
  frameState,
  isDurablePromise,
  PENDING,
  reactionsOf,
  stateOf,
} from './promise.ts';
import { Box } from './box.ts';
import { type Collection, ELEMENT_FUNCTIONS, ElementReaction } from './promise-combinators.ts';
import { FunctionRecord } from './function-record.ts';
import { Capability, type Once, rejectFunction, resolveFunction, ThenReaction } from './reactions.ts';
import { RuntimeCode, RuntimeError } from './runtime-error.ts';
import type { Settlers } from './settlers.ts';
import { stampOf } from './stamp.ts';

const FIRST_LIMIT = 64;

export class VolatileWaits {
  #references: WeakRef<DurablePromise>[] = [];
  #limit = FIRST_LIMIT;

  add(promise: DurablePromise): void {
    if (this.#references.length >= this.#limit) {
      this.#references = this.#references.filter((reference) => isPending(reference.deref()));
      this.#limit = Math.max(FIRST_LIMIT, this.#references.length * 2);
    }
    this.#references.push(new WeakRef(promise));
  }

  /** Those that are pending now. */
  pending(): ReadonlySet<DurablePromise> {
    if (this.#references.length === 0) return NONE;
    return new Set(this.#references.map((reference) => reference.deref()).filter(isPending));
  }

  /** @throws RuntimeError WM3004 if code of the script waits for one of them. */
  refuse(): void {
    for (const reference of this.#references) {
      const promise = reference.deref();
      const waiting = isPending(promise) ? findWaiting(promise, new Set()) : undefined;
      if (waiting !== undefined) throw volatileWait(`${waiting} waits for a native promise`, AWAIT_FIRST);
    }
  }
}

const NONE: ReadonlySet<DurablePromise> = new Set();

function isPending(promise: DurablePromise | undefined): promise is DurablePromise {
  return promise !== undefined && stateOf(promise) === PENDING;
}

/**
 * Refuses a snapshot in which a frame waits for what nothing in the snapshot can settle. `frames`: those that wait for a
 * promise that is no frame.
 *
 * @throws RuntimeError WM3004
 */
export function refuseForeignWaits(frames: readonly DurablePromise[], settlers: Settlers): void {
  for (const frame of frames) {
    const { awaiting } = frameState(frame)!;
    if (!isPending(awaiting ?? undefined) || settlers.promises.has(awaiting)) continue;
    throw foreignWait(placeOf(frame));
  }
  for (const [collection, elements] of settlers.elements) {
    const { remaining, capability } = collection as Collection;
    if (elements.size >= remaining || !isDurablePromise(capability)) continue;
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

function callerOf(frame: DurablePromise): DurablePromise | undefined {
  return reactionsOf(frame).find((waiting) => isDurablePromise(waiting)) as DurablePromise | undefined;
}

const AWAIT_FIRST = 'Await it before the checkpoint, or use call(), sleep() or another durable operation.';

function foreignWait(waiting: string): RuntimeError {
  return volatileWait(`${waiting} waits for a callback that only native code has`, AWAIT_FIRST);
}

function volatileWait(what: string, fix: string): RuntimeError {
  return new RuntimeError(RuntimeCode.volatileWait, `${what}, which a checkpoint cannot hold.`, { fix });
}

/** Which code of the script goes on when `promise` settles, directly or through other promises. Undefined: none. */
function findWaiting(promise: DurablePromise, seen: Set<DurablePromise>): string | undefined {
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
