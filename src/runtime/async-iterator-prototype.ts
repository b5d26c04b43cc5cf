/**
 * %AsyncIteratorPrototype% of durable modules: a layer in front of the native one, whose promises a snapshot can hold
 * (ECMA-262 27.1.5).
 */
import { isObject, methodOf } from './iterator-protocol.ts';
import { requireOwner } from './owner.ts';
import { makePromise, promiseFor, react, resolve, settle } from './promise.ts';
import { valueThunk } from './promise-methods.ts';
import { ThenReaction } from './reactions.ts';

const getPrototype = Object.getPrototypeOf as (value: unknown) => object;
const native = getPrototype(getPrototype((async function* empty() {})()));

export const asyncIteratorPrototype: object = Object.create(getPrototype(native)) as object;

const methods = {
  [Symbol.asyncIterator](this: unknown): unknown {
    return this;
  },
  [Symbol.asyncDispose](this: unknown): object {
    const owner = requireOwner();
    const promise = makePromise(owner);
    try {
      if (!isObject(this)) throw new TypeError('Symbol.asyncDispose called on non-object');
      const method = methodOf(this, 'return');
      if (method === undefined) resolve(promise, undefined);
      else {
        const closed = promiseFor(Reflect.apply(method, this, [undefined]), owner);
        react(closed, new ThenReaction(promise, valueThunk.make(undefined), undefined));
      }
    } catch (error) {
      settle(promise, error, true);
    }
    return promise;
  },
};
for (const key of [Symbol.asyncIterator, Symbol.asyncDispose] as const)
  Object.defineProperty(asyncIteratorPrototype, key, {
    value: methods[key],
    writable: true,
    enumerable: false,
    configurable: true,
  });
