/**
 * Async iteration (ECMA-262 7.4): `for await`, and sync iterators where async ones are asked for (27.1.6). All state is data, so
 * that a snapshot can hold it when the iterator can be held.
 */
import { describe } from './describe.ts';
import { AsyncDelegation } from './delegation.ts';
import {
  isObject,
  iteratorWith,
  methodOf,
  notIterable,
  type ProtocolIteration,
} from './iterator-protocol.ts';
import { OwnFunction } from './own-functions.ts';
import { requireOwner } from './owner.ts';
import { type DurablePromise, makePromise, ownerOf, promiseFor, react, resolve, settle } from './promise.ts';
import { ThenReaction } from './reactions.ts';

/** One `for await`. `open` while the iterator must be closed when the loop is left. */
export class AsyncIteration {
  iterator: object;
  advance: unknown;
  value: unknown = undefined;
  open = false;
  /** It is being closed because of an exception, which wins over whatever goes wrong with closing. */
  failing = false;
  /** What closing gave, before it is awaited. */
  answer: unknown = undefined;

  constructor(iterator: object) {
    this.iterator = iterator;
    this.advance = (iterator as { next?: unknown }).next;
  }

  /** Asks for the next element; gives what must be awaited. */
  next(): unknown {
    this.open = false;
    this.value = undefined;
    return Reflect.apply(this.advance as Function, this.iterator, []) as unknown;
  }

  /** Takes what came; false at the end. */
  step(result: unknown): boolean {
    if (!isObject(result)) throw new TypeError(`Iterator result ${describe(result)} is not an object`);
    if ((result as IteratorResult<unknown>).done) return false;
    this.value = (result as IteratorResult<unknown>).value;
    this.open = true;
    return true;
  }

  /** AsyncIteratorClose up to its Await. True if `closing` has to be awaited. `failing`: for a throw completion. */
  close(failing: boolean): boolean {
    if (!this.open) return false;
    this.open = false;
    this.value = undefined;
    this.failing = failing;
    try {
      const method = methodOf(this.iterator, 'return');
      if (method === undefined) return false;
      this.answer = Reflect.apply(method, this.iterator, []);
    } catch (error) {
      if (failing) return false;
      throw error;
    }
    return true;
  }

  closing(): unknown {
    const { answer } = this;
    this.answer = undefined;
    return answer;
  }

  closed(result: unknown): void {
    if (!this.failing && !isObject(result)) throw new TypeError(`${describe(result)} is not an object`);
  }

  /** The wait for closing was rejected. */
  failed(error: unknown): void {
    if (!this.failing) throw error;
  }
}

/** GetIterator(value, async). `text`: how an error names the value. */
function asyncIteratorOf(value: unknown, text?: string): object {
  const method: unknown =
    value === undefined || value === null
      ? undefined
      : (value as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator];
  if (method === undefined || method === null) {
    const sync: unknown =
      value === undefined || value === null
        ? undefined
        : (value as { [Symbol.iterator]?: unknown })[Symbol.iterator];
    if (typeof sync !== 'function')
      throw new TypeError(
        text === undefined
          ? notIterable(value).replace('iterable', 'async iterable')
          : `${text} is not async iterable`,
      );
    return new AsyncFromSyncIterator(iteratorWith(value, sync));
  }
  if (typeof method !== 'function') throw new TypeError(`${describe(method)} is not a function`);
  const iterator: unknown = Reflect.apply(method, value, []);
  if (!isObject(iterator)) throw new TypeError('Result of the Symbol.asyncIterator method is not an object');
  return iterator;
}

export const iterateAsync = (iterable: unknown, text?: string): AsyncIteration =>
  new AsyncIteration(asyncIteratorOf(iterable, text));
export const delegateAsync = (iterable: unknown): AsyncDelegation =>
  new AsyncDelegation(asyncIteratorOf(iterable));

/** `{ value, done }` of an awaited value. */
const unwrap = new OwnFunction<[boolean]>(
  13,
  (done) => (value: unknown) => ({ value, done }),
  (cells) => cells.length === 1 && typeof cells[0] === 'boolean',
);

// They know nothing of their iterator, so that two serve all.
const element: unknown = unwrap.make(false);
const end: unknown = unwrap.make(true);

/** A value of the iterator was a promise that rejected: the iterator is closed. */
const closeAndThrow = new OwnFunction<[object]>(
  14,
  (iterator) => (error: unknown) => {
    try {
      const method = methodOf(iterator, 'return');
      if (method !== undefined) Reflect.apply(method, iterator, []);
    } catch {
      // The rejection wins.
    }
    throw error;
  },
  (cells) => cells.length === 1 && isObject(cells[0]),
);

/** CreateAsyncFromSyncIterator. */
export class AsyncFromSyncIterator {
  iterator: object;
  advance: unknown;
  /** Made when it is needed. Not saved: whoever waits with it keeps it. */
  closeAndThrow: unknown = undefined;

  constructor({ iterator, advance }: Pick<ProtocolIteration, 'iterator' | 'advance'>) {
    this.iterator = iterator;
    this.advance = advance;
  }

  next(...args: readonly unknown[]): DurablePromise {
    const promise = makePromise(requireOwner());
    try {
      const result: unknown = Reflect.apply(this.advance as Function, this.iterator, args);
      answer(this, promise, result, true);
    } catch (error) {
      settle(promise, error, true);
    }
    return promise;
  }

  return(...args: readonly unknown[]): DurablePromise {
    const promise = makePromise(requireOwner());
    try {
      const method = methodOf(this.iterator, 'return');
      if (method === undefined) resolve(promise, { value: args[0], done: true });
      else answer(this, promise, Reflect.apply(method, this.iterator, args), false);
    } catch (error) {
      settle(promise, error, true);
    }
    return promise;
  }

  throw(...args: readonly unknown[]): DurablePromise {
    const promise = makePromise(requireOwner());
    try {
      const method = methodOf(this.iterator, 'throw');
      if (method === undefined) throw withoutThrow(this.iterator);
      answer(this, promise, Reflect.apply(method, this.iterator, args), true);
    } catch (error) {
      settle(promise, error, true);
    }
    return promise;
  }
}

/**
 * AsyncFromSyncIteratorContinuation: `promise` gets what `result` says when its value has settled. `closes`: a rejected value closes the
 * iterator.
 */
function answer(
  from: AsyncFromSyncIterator,
  promise: DurablePromise,
  result: unknown,
  closes: boolean,
): void {
  if (!isObject(result)) throw new TypeError(`Iterator result ${describe(result)} is not an object`);
  const done = Boolean((result as IteratorResult<unknown>).done);
  const { value } = result as IteratorResult<unknown>;
  const owner = ownerOf(promise);
  const onFulfilled = done ? end : element;
  if (!isObject(value)) {
    // As if a fulfilled promise had been made of it.
    new ThenReaction(promise, onFulfilled, undefined).trigger(owner, value, false);
    return;
  }
  const closing = closes && !done;
  let wrapper: DurablePromise;
  try {
    wrapper = promiseFor(value, owner);
  } catch (error) {
    if (closing) rejecting(from)(error);
    throw error;
  }
  react(wrapper, new ThenReaction(promise, onFulfilled, closing ? rejecting(from) : undefined));
}

function rejecting(from: AsyncFromSyncIterator): (error: unknown) => never {
  return (from.closeAndThrow ??= closeAndThrow.make(from.iterator)) as (error: unknown) => never;
}

/** The iterator gets a chance to clean up, then this error tells what went wrong. */
function withoutThrow(iterator: object): TypeError {
  const close = methodOf(iterator, 'return');
  const closed: unknown = close === undefined ? {} : Reflect.apply(close, iterator, []);
  if (!isObject(closed)) return new TypeError(`${describe(closed)} is not an object`);
  return new TypeError("The iterator does not provide a 'throw' method");
}
