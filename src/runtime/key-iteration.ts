/** `for-in` loops that contain a suspension point (ECMA-262 14.7.5.9 EnumerateObjectProperties, in the order and with the lookups of V8). */
import { types } from 'node:util';
import type { Iteration } from '../frame-abi.ts';

/** The keys are listed at the start; those that are gone when their turn comes are skipped. */
export class KeyIteration implements Iteration {
  object: object;
  keys: string[];
  index = 0;
  value: unknown = undefined;

  constructor(object: object, keys: string[]) {
    this.object = object;
    this.keys = keys;
  }

  next(): boolean {
    while (this.index < this.keys.length) {
      const key = this.keys[this.index++]!;
      if (!isPresent(this.object, key)) continue;
      this.value = key;
      return true;
    }
    this.value = undefined;
    return false;
  }

  close(): void {
    this.keys = [];
  }

  fail(): void {
    this.keys = [];
  }
}

/** Only a Proxy is asked whether the property is enumerable: the others were when their keys were listed. */
function isPresent(object: object, key: string): boolean {
  for (let at: object | null = object; at !== null; at = Reflect.getPrototypeOf(at)) {
    if (!types.isProxy(at)) {
      if (Object.hasOwn(at, key)) return true;
      // A typed array has no inherited numbers.
      if (types.isTypedArray(at) && (key === '-0' || String(Number(key)) === key)) return false;
      continue;
    }
    const property = Reflect.getOwnPropertyDescriptor(at, key);
    if (property) return property.enumerable === true;
  }
  return false;
}

export function enumerate(value: unknown): Iteration {
  if (value === undefined || value === null) return new KeyIteration({}, []);
  const object = Object(value) as object;
  return new KeyIteration(object, hasProxy(object) ? keysThroughProxies(object) : keysOf(object));
}

function keysOf(object: object): string[] {
  const keys: string[] = [];
  // oxlint-disable-next-line guard-for-in -- inherited keys are part of it
  for (const key in object) keys.push(key);
  return keys;
}

/** Up to the first Proxy: looking behind it would be noticed. */
function hasProxy(object: object): boolean {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at) as object | null)
    if (types.isProxy(at)) return true;
  return false;
}

/**
 * A native loop asks proxies about each key in its turn, so that a list made by one would ask too early. V8 looks behind the first
 * proxy of a chain only if that is the object itself, and lets no object hide an index of a proxy.
 */
function keysThroughProxies(object: object): string[] {
  const keys = new Set<string>();
  const hidden = new Set<string>();
  for (let at: object | null = object; at !== null; at = Reflect.getPrototypeOf(at)) {
    const isProxy = types.isProxy(at);
    for (const key of Reflect.ownKeys(at)) {
      if (typeof key === 'symbol' || (hidden.has(key) && !(isProxy && isIndex(key)))) continue;
      if (isProxy || Object.prototype.propertyIsEnumerable.call(at, key)) keys.add(key);
      else if (!keys.has(key)) hidden.add(key);
    }
    if (isProxy && !types.isProxy(object)) {
      Reflect.getPrototypeOf(at);
      break;
    }
  }
  return [...keys];
}

const isIndex = (key: string): boolean => String(Number(key) >>> 0) === key && key !== '4294967295';
