/**
 * Waits that no snapshot can hold: for a native promise, or for a callback that only native code has.
 *
 * Owns: weak references to the promises of one instance that follow native ones. Invariants:
 * V1. Every promise that follows a native one, is pending and can be reached, is among them.
 * V2. They keep no promise alive: one that nobody can settle any more goes, as it would natively.
 */
import { type DurablePromise, PENDING, stateOf } from './promise.ts';
import { AWAIT_FIRST, findWaiting, volatileWait } from './refused-waits.ts';

const FIRST_LIMIT = 64;
const NO_REFERENCES: WeakRef<DurablePromise>[] = [];

export class VolatileWaits {
  /** Most instances never have one. */
  #references: WeakRef<DurablePromise>[] = NO_REFERENCES;
  #limit = FIRST_LIMIT;

  add(promise: DurablePromise): void {
    if (this.#references.length >= this.#limit) {
      this.#references = this.#references.filter((reference) => isPending(reference.deref()));
      this.#limit = Math.max(FIRST_LIMIT, this.#references.length * 2);
    }
    if (this.#references === NO_REFERENCES) this.#references = [];
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

/** Of the many instances that never had one. Nothing is ever added to it. */
export const NO_VOLATILE_WAITS = new VolatileWaits();

/** `waits`, or others in their place, with one more. */
export function withWait(waits: VolatileWaits, promise: DurablePromise): VolatileWaits {
  const all = waits === NO_VOLATILE_WAITS ? new VolatileWaits() : waits;
  all.add(promise);
  return all;
}

function isPending(promise: DurablePromise | undefined): promise is DurablePromise {
  return promise !== undefined && stateOf(promise) === PENDING;
}
