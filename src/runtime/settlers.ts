/**
 * Notes, while an instance is encoded, who in the snapshot can still settle which promise, so that a wait for something
 * outside of it is found.
 *
 * Owns: the notes of the encode that is under way; there is one at a time.
 */
import { type DurablePromise, frameState, isNever, PENDING, stateOf } from './promise.ts';

/** What is known after an encode. */
export interface Settlers {
  /** Promises that something in the snapshot will settle. */
  readonly promises: ReadonlySet<unknown>;
  /** For each call of Promise.all and its like: the elements that something in the snapshot will settle. */
  readonly elements: ReadonlyMap<object, ReadonlySet<object>>;
  /** Promises in the snapshot that are pending and are no frames. */
  readonly pending: ReadonlySet<DurablePromise>;
  /** A promise in the snapshot that settles only outside of it. */
  readonly met: object | undefined;
}

const NO_PROMISES: ReadonlySet<unknown> = new Set();
const NONE_PENDING: ReadonlySet<DurablePromise> = new Set();
const NO_ELEMENTS: ReadonlyMap<object, ReadonlySet<object>> = new Map();

let isNoting = false;
// Made when there is something to note: most instances have nothing of a kind.
let promises: Set<unknown> | undefined;
let pending: Set<DurablePromise> | undefined;
let elements: Map<object, Set<object>> | undefined;
let isOutside: (promise: DurablePromise) => boolean = () => false;
let check: (promise: DurablePromise) => void = () => {};
/** What `check` threw: whoever encodes may wrap it. */
let refusal: unknown;
let met: object | undefined;

/**
 * Runs `encode` and gives its result with what was noted. `outside`: which promises should not be in the snapshot. `refuse` throws for a promise that
 * cannot be saved.
 */
export function withSettlers<T>(
  outside: (promise: DurablePromise) => boolean,
  refuse: (promise: DurablePromise) => void,
  encode: () => T,
): { result: T; settlers: Settlers } {
  isNoting = true;
  isOutside = outside;
  check = refuse;
  met = undefined;
  refusal = undefined;
  try {
    const result = encode();
    const settlers = {
      promises: promises ?? NO_PROMISES,
      pending: pending ?? NONE_PENDING,
      elements: elements ?? NO_ELEMENTS,
      met,
    };
    return { result, settlers };
  } catch (error) {
    throw refusal ?? error;
  } finally {
    isNoting = false;
    promises = undefined;
    pending = undefined;
    met = undefined;
    elements = undefined;
  }
}

/** A promise that the snapshot holds. */
export function notePromise(promise: DurablePromise): void {
  if (!isNoting || stateOf(promise) !== PENDING) return;
  try {
    check(promise);
  } catch (error) {
    refusal = error;
    throw error;
  }
  if (isOutside(promise)) met = promise;
  else if (!isNever(promise) && frameState(promise) === undefined) (pending ??= new Set()).add(promise);
}

export function noteSettler(promise: unknown): void {
  if (isNoting) (promises ??= new Set()).add(promise);
}

/** `element` stands for one element of `collection`. */
export function noteElement(collection: object, element: object): void {
  if (!isNoting) return;
  elements ??= new Map();
  const known = elements.get(collection);
  if (known === undefined) elements.set(collection, new Set([element]));
  else known.add(element);
}
