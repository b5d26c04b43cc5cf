/** Promise.all, allSettled, any, race (ECMA-262 27.2.4). What their callbacks share is data. */
import { iterate } from './iteration.ts';
import { OwnFunction } from './own-functions.ts';
import { type Job, type Owner } from './owner.ts';
import {
  DurablePromise,
  isDurablePromise,
  markGiven,
  markNever,
  ownerOf,
  react,
  type Reaction,
} from './promise.ts';
import {
  defineBuiltIns,
  newCapability,
  plainResolve,
  plainThen,
  promiseOf,
  promiseResolve,
} from './promise-methods.ts';
import { Once, resolvingFunctions, settleFrom, type Settles } from './reactions.ts';

/** Progress of one call: results by index, and how many are missing. */
export class Collection {
  values: unknown[] = [];
  /** Starts at 1 for the call itself, so that it is 0 only when all elements have been seen. */
  remaining = 1;
  capability: Settles | undefined = undefined;
  /** Whether the result, when it is a plain promise, has got its value: its resolving functions share it. */
  once: Once | undefined = undefined;
  /** Made for the first element that needs functions. Not saved: whoever got one of them keeps it. */
  functions: { resolve: unknown; reject: unknown } | undefined = undefined;
}

/** What the elements of a call become. */
export type Kind = 'all' | 'allSettled' | 'any' | 'race';

/**
 * One element that is a plain promise: does what the callbacks given to `then` would do, without functions. Nobody sees the promise that
 * `then` would return.
 */
export class ElementReaction implements Reaction, Job {
  collection: Collection;
  kind: Kind;
  index: number;
  value: unknown = undefined;
  rejected = false;

  constructor(collection: Collection, kind: Kind, index: number) {
    this.collection = collection;
    this.kind = kind;
    this.index = index;
  }

  trigger(owner: Owner, value: unknown, rejected: boolean): void {
    this.value = value;
    this.rejected = rejected;
    owner.jobs.push(this);
  }

  run(): void {
    const { collection, kind, index, value, rejected } = this;
    const ends = kind === 'race' || (kind === 'all' && rejected) || (kind === 'any' && !rejected);
    if (ends) {
      settleResult(collection, value, rejected);
      return;
    }
    collection.values[index] = kind === 'allSettled' ? outcomeOf(value, rejected) : value;
    if (--collection.remaining !== 0) return;
    if (kind === 'any') rejectAny(collection);
    else resolveAll(collection);
  }
}

const outcomeOf = (value: unknown, rejected: boolean): object =>
  rejected ? { status: 'rejected', reason: value } : { status: 'fulfilled', value };

type ElementCells = [Collection, number, Once];

const isElement = (cells: readonly unknown[]): boolean =>
  cells.length === 3 &&
  cells[0] instanceof Collection &&
  Number.isInteger(cells[1]) &&
  cells[2] instanceof Once;

/** A callback for one element: `wrap` makes the stored value. */
function element(
  code: number,
  wrap: (value: unknown) => unknown,
  finish: (collection: Collection) => void,
): OwnFunction<ElementCells> {
  return new OwnFunction<ElementCells>(
    code,
    (collection, index, once) => (value: unknown) => {
      if (once.done) return;
      once.done = true;
      collection.values[index] = wrap(value);
      if (--collection.remaining === 0) finish(collection);
    },
    isElement,
  );
}

/** Settles the result as its resolving functions would. */
function settleResult(collection: Collection, value: unknown, rejected: boolean): void {
  const capability = collection.capability!;
  if (!isDurablePromise(capability)) {
    Reflect.apply((rejected ? capability.reject : capability.resolve) as Function, undefined, [value]);
    return;
  }
  const once = (collection.once ??= new Once());
  if (once.done) return;
  once.done = true;
  settleFrom(capability, value, rejected);
}

const resolveAll = (collection: Collection): void => settleResult(collection, collection.values, false);

const rejectAny = (collection: Collection): void =>
  settleResult(collection, new AggregateError(collection.values, 'All promises were rejected'), true);

const allElement = element(3, (value) => value, resolveAll);
const settledElement = element(4, (value) => ({ status: 'fulfilled', value }), resolveAll);
const failedElement = element(5, (reason) => ({ status: 'rejected', reason }), resolveAll);
const anyElement = element(6, (reason) => reason, rejectAny);

/** Functions that stand for one element each: cells are the collection, the index, and a Once of the element. */
export const ELEMENT_FUNCTIONS: ReadonlySet<unknown> = new Set([
  allElement,
  settledElement,
  failedElement,
  anyElement,
]);

/** Calls the element's `then` with the two callbacks that it makes. */
type Subscribe = (
  then: (onFulfilled: unknown, onRejected: unknown) => void,
  collection: Collection,
  index: number,
) => void;

/** The loop that the four have in common; `finish` when every element was done before the loop ended. */
function combine(
  C: unknown,
  kind: Kind,
  iterable: unknown,
  subscribe: Subscribe,
  finish?: (collection: Collection) => void,
): object {
  const capability = newCapability(C);
  const collection = new Collection();
  collection.capability = capability;
  try {
    const resolveEach: unknown = (C as { resolve?: unknown }).resolve;
    if (typeof resolveEach !== 'function')
      throw new TypeError('Promise resolve or reject function is not callable');
    const owner = resolveEach === plainResolve && isDurablePromise(capability) ? ownerOf(capability) : null;
    const iterator = iterate(iterable);
    let index = 0;
    try {
      for (; iterator.next(); index++) {
        if (finish) collection.values[index] = undefined;
        const promise: unknown =
          owner === null
            ? Reflect.apply(resolveEach, C, [iterator.value])
            : promiseResolve(C, iterator.value);
        collection.remaining++;
        const then: unknown = (promise as PromiseLike<unknown>).then;
        if (owner !== null && then === plainThen && isPlain(promise, owner)) {
          react(promise, new ElementReaction(collection, kind, index));
          continue;
        }
        subscribe(
          (onFulfilled, onRejected) => {
            if (typeof then !== 'function') throw new TypeError('promise.then is not a function');
            Reflect.apply(then, promise, [onFulfilled, onRejected]);
          },
          collection,
          index,
        );
      }
    } catch (error) {
      iterator.fail();
      throw error;
    }
    if (--collection.remaining === 0) finish?.(collection);
    if (kind === 'race' && index === 0 && isDurablePromise(capability)) markNever(capability);
  } catch (error) {
    settleResult(collection, error, true);
  }
  return promiseOf(capability);
}

/** A promise whose `then` would make a plain promise that nobody sees. */
const isPlain = (promise: unknown, owner: Owner): promise is DurablePromise =>
  isDurablePromise(promise) && ownerOf(promise) === owner && promise.constructor === DurablePromise;

/** The resolving functions of a result: its own, or made once for a plain promise. */
function resolvers(collection: Collection): { resolve: unknown; reject: unknown } {
  const capability = collection.capability!;
  if (!isDurablePromise(capability)) return capability;
  if (collection.functions === undefined) markGiven(capability);
  return (collection.functions ??= resolvingFunctions(capability, (collection.once ??= new Once())));
}

defineBuiltIns(DurablePromise, {
  all(this: unknown, iterable: unknown): object {
    const subscribe: Subscribe = (then, collection, index) =>
      then(allElement.make(collection, index, new Once()), resolvers(collection).reject);
    return combine(this, 'all', iterable, subscribe, resolveAll);
  },
  allSettled(this: unknown, iterable: unknown): object {
    const subscribe: Subscribe = (then, collection, index) => {
      const once = new Once();
      then(settledElement.make(collection, index, once), failedElement.make(collection, index, once));
    };
    return combine(this, 'allSettled', iterable, subscribe, resolveAll);
  },
  any(this: unknown, iterable: unknown): object {
    const subscribe: Subscribe = (then, collection, index) =>
      then(resolvers(collection).resolve, anyElement.make(collection, index, new Once()));
    return combine(this, 'any', iterable, subscribe, rejectAny);
  },
  race(this: unknown, iterable: unknown): object {
    const subscribe: Subscribe = (then, collection) => {
      const { resolve, reject } = resolvers(collection);
      then(resolve, reject);
    };
    return combine(this, 'race', iterable, subscribe);
  },
});
