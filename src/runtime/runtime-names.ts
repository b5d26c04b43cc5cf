/** Names of the runtime's objects that authors can hold: Promise and its functions. */
import { AsyncFromSyncIterator } from './async-iteration.ts';
import { asyncIteratorPrototype } from './async-iterator-prototype.ts';
import { DurablePromise } from './promise.ts';
import './promise-methods.ts';
import './promise-combinators.ts';
import { DurableAbortSignal } from './abort-signal.ts';
import { DurableFinalizationRegistry } from './finalization.ts';
import { DISPOSAL_NAMES } from './disposal-records.ts';
import { ITERATOR_NAMES } from './iterator-records.ts';
import { ASYNC_GENERATORS, SYNC_GENERATORS } from './generator-functions.ts';
import { TimerHandle } from './operations.ts';
import { DurableProxy } from './proxies.ts';
import { timers } from './timers.ts';
import { DurableWeakRef } from './weak-reference.ts';

const byObject = new Map<object, string>();
const byName = new Map<string, object>();

function add(name: string, value: unknown): void {
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return;
  byObject.set(value, name);
  byName.set(name, value);
}

add('waymark:Promise', DurablePromise);
add('waymark:Promise.prototype', DurablePromise.prototype);
for (const [name, value] of [...ITERATOR_NAMES, ...DISPOSAL_NAMES]) add(name, value);
add('waymark:Timeout.prototype', TimerHandle.prototype);
for (const [owner, label] of [
  [DurablePromise, 'waymark:Promise'],
  [DurablePromise.prototype, 'waymark:Promise.prototype'],
] as const) {
  for (const key of Object.getOwnPropertyNames(owner)) {
    if (key !== 'prototype' && key !== 'constructor')
      add(`${label}.${key}`, Object.getOwnPropertyDescriptor(owner, key)!.value);
  }
}
for (const { name, constructor, functionPrototype, prototype } of [SYNC_GENERATORS, ASYNC_GENERATORS]) {
  add(`waymark:${name}`, constructor);
  add(`waymark:${name}.prototype`, functionPrototype);
  add(`waymark:${name}.prototype.prototype`, prototype);
  for (const key of ['next', 'return', 'throw'])
    add(`waymark:${name}.prototype.prototype.${key}`, Reflect.get(prototype, key));
}
add('waymark:AsyncIterator.prototype', asyncIteratorPrototype);
for (const key of [Symbol.asyncIterator, Symbol.asyncDispose])
  add(
    `waymark:AsyncIterator.prototype.@@${key.description!.slice(7)}`,
    Reflect.get(asyncIteratorPrototype, key),
  );
for (const key of ['next', 'return', 'throw'] as const)
  add(`waymark:AsyncFromSyncIterator.${key}`, AsyncFromSyncIterator.prototype[key]);
for (const [name, value] of [
  ['Proxy', DurableProxy],
  ['Proxy.revocable', Reflect.get(DurableProxy, 'revocable')],
  ['WeakRef', DurableWeakRef],
  ['WeakRef.prototype', DurableWeakRef.prototype],
  ['WeakRef.prototype.deref', DurableWeakRef.prototype.deref],
  ['FinalizationRegistry', DurableFinalizationRegistry],
  ['FinalizationRegistry.prototype', DurableFinalizationRegistry.prototype],
  ['FinalizationRegistry.prototype.register', DurableFinalizationRegistry.prototype.register],
  ['FinalizationRegistry.prototype.unregister', DurableFinalizationRegistry.prototype.unregister],
  ['AbortSignal', DurableAbortSignal],
  ['AbortSignal.timeout', DurableAbortSignal.timeout],
] as const)
  add(`waymark:${name}`, value);
for (const [name, value] of Object.entries(timers)) add(`waymark:${name}`, value);

export function runtimeName(value: object | symbol): string | undefined {
  return typeof value === 'symbol' ? undefined : byObject.get(value);
}

export function runtimeNamed(name: string): object | undefined {
  return byName.get(name);
}
