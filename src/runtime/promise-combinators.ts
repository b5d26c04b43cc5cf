/** Promise.all, allSettled, any, race (ECMA-262 27.2.4). What their callbacks share is data. */
import { iteratorOf } from './iterator-protocol.ts';
import { OwnFunction } from './own-functions.ts';
import { DurablePromise, isDurablePromise } from './promise.ts';
import { defineBuiltIns, newCapability, promiseOf } from './promise-methods.ts';
import { Once, resolvingFunctions, type Settles } from './reactions.ts';

/** Progress of one call: results by index, and how many are missing. */
export class Collection {
  values: unknown[] = [];
  /** Starts at 1 for the call itself, so that it is 0 only when all elements have been seen. */
  remaining = 1;
  capability: Settles | undefined = undefined;
  /** Made on first use. Not saved: whoever got one of them keeps it, and a promise is settled once. */
  functions: { resolve: unknown; reject: unknown } | undefined = undefined;
}

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

const resolveAll = (collection: Collection): void => {
  Reflect.apply(resolvers(collection).resolve as Function, undefined, [collection.values]);
};

const rejectAny = (collection: Collection): void => {
  const error = new AggregateError(collection.values, 'All promises were rejected');
  Reflect.apply(resolvers(collection).reject as Function, undefined, [error]);
};

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

type Subscribe = (promise: { then: Function }, collection: Collection, index: number) => void;

/** The loop that the four have in common; `finish` when every element was done before the loop ended. */
function combine(
  C: unknown,
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
    const iterator = iteratorOf(iterable);
    let index = 0;
    try {
      while (iterator.next()) {
        if (finish) collection.values[index] = undefined;
        const promise = Reflect.apply(resolveEach, C, [iterator.value]) as { then: Function };
        collection.remaining++;
        subscribe(promise, collection, index++);
      }
    } catch (error) {
      iterator.fail();
      throw error;
    }
    if (--collection.remaining === 0) finish?.(collection);
  } catch (error) {
    Reflect.apply(resolvers(collection).reject as Function, undefined, [error]);
  }
  return promiseOf(capability);
}

/** The resolving functions of a result: its own, or made once for a plain promise. */
function resolvers(collection: Collection): { resolve: unknown; reject: unknown } {
  const capability = collection.capability!;
  if (!isDurablePromise(capability)) return capability;
  return (collection.functions ??= resolvingFunctions(capability));
}

defineBuiltIns(DurablePromise, {
  all(this: unknown, iterable: unknown): object {
    return combine(
      this,
      iterable,
      (promise, collection, index) =>
        promise.then(allElement.make(collection, index, new Once()), resolvers(collection).reject),
      resolveAll,
    );
  },
  allSettled(this: unknown, iterable: unknown): object {
    return combine(
      this,
      iterable,
      (promise, collection, index) => {
        const once = new Once();
        promise.then(
          settledElement.make(collection, index, once),
          failedElement.make(collection, index, once),
        );
      },
      resolveAll,
    );
  },
  any(this: unknown, iterable: unknown): object {
    return combine(
      this,
      iterable,
      (promise, collection, index) =>
        promise.then(resolvers(collection).resolve, anyElement.make(collection, index, new Once())),
      rejectAny,
    );
  },
  race(this: unknown, iterable: unknown): object {
    return combine(this, iterable, (promise, collection) => {
      const { resolve, reject } = resolvers(collection);
      promise.then(resolve, reject);
    });
  },
});
