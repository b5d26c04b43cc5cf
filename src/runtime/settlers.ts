/**
 * Notes, while an instance is encoded, who in the snapshot can still settle which promise, so that a wait for something
 * outside of it is found.
 *
 * Owns: the notes of the encode that is under way; there is one at a time.
 */
import type { DurablePromise } from './promise.ts';

/** What is known after an encode. */
export interface Settlers {
  /** Promises that something in the snapshot will settle. */
  readonly promises: ReadonlySet<unknown>;
  /** For each call of Promise.all and its like: the elements that something in the snapshot will settle. */
  readonly elements: ReadonlyMap<object, ReadonlySet<object>>;
  /** A promise in the snapshot that settles only outside of it. */
  readonly met: object | undefined;
}

let promises: Set<unknown> | undefined;
let elements: Map<object, Set<object>> | undefined;
let isOutside: (promise: DurablePromise) => boolean = () => false;
let met: object | undefined;

/** Runs `encode` and gives its result with what was noted. `outside`: which promises should not be in the snapshot. */
export function withSettlers<T>(
  outside: (promise: DurablePromise) => boolean,
  encode: () => T,
): { result: T; settlers: Settlers } {
  const noted = { promises: new Set<unknown>(), elements: new Map<object, Set<object>>() };
  ({ promises, elements } = noted);
  isOutside = outside;
  met = undefined;
  try {
    const result = encode();
    return { result, settlers: { ...noted, met } };
  } finally {
    promises = undefined;
    met = undefined;
    elements = undefined;
  }
}

/** A promise that the snapshot holds. */
export function notePromise(promise: DurablePromise): void {
  if (promises !== undefined && isOutside(promise)) met = promise;
}

export function noteSettler(promise: unknown): void {
  promises?.add(promise);
}

/** `element` stands for one element of `collection`. */
export function noteElement(collection: object, element: object): void {
  if (elements === undefined) return;
  const known = elements.get(collection);
  if (known === undefined) elements.set(collection, new Set([element]));
  else known.add(element);
}
