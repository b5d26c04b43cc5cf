/**
 * Functions and classes at module level whose properties an instance may change: the changes are saved with it, and so is the data that
 * they hold, which may change without them.
 */
import { isFrozen, SnapshotCode, SnapshotError } from '../snapshot/index.ts';
import { propertiesOf } from './parts.ts';
import { stampOf } from './stamp.ts';

/** `[key]`: deleted; `[key, attributes, value]`; `[key, attributes, get, set]`. */
type Change = readonly unknown[];

const WRITABLE = 1;
const ENUMERABLE = 2;
const CONFIGURABLE = 4;
const ACCESSOR = 8;

/**
 * Remembers what `value` and its prototype object are like; later tells how they differ, and makes another one differ the same way.
 *
 * @param value undefined if the code that makes it did not run
 * @param refused its name, if changes cannot be saved: then `read` throws when there are any
 */
export function watch(
  value: object | undefined,
  refused?: string,
): { read(): unknown; write(changes: unknown): void } {
  if (value === undefined) return NOTHING;
  if (refused !== undefined) return refuseChanges(value, refused);
  const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
  const objects = typeof prototype === 'object' && prototype !== null ? [value, prototype] : [value];
  const before = objects.map((object) => propertiesOf(object));
  return {
    read() {
      const changes = objects.map((object, index) => {
        const keys = new Set(before[index]!.changes(object));
        for (const key of Reflect.ownKeys(object)) if (holdsData(object, key)) keys.add(key);
        return Array.from(keys, (key) => describe(object, key));
      });
      const integrity = objects.map(integrityOf);
      const prototypes = objects.map((object, index) => {
        const now = Object.getPrototypeOf(object) as object | null;
        return now === before[index]!.prototype ? undefined : now;
      });
      if (prototypes.some((other) => other !== undefined)) return [changes, integrity, prototypes];
      const isAsMade = changes.every(({ length }) => length === 0) && integrity.every((level) => level === 0);
      return isAsMade ? undefined : [changes, integrity];
    },
    write(saved) {
      if (saved === undefined) return;
      const [changes, integrity, prototypes] = saved as [
        Change[][],
        number[],
        (object | null | undefined)[]?,
      ];
      objects.forEach((object, index) => {
        const prototype = prototypes?.[index];
        if (prototype !== undefined) Object.setPrototypeOf(object, prototype);
        for (const change of changes[index]!) apply(object, change);
        if (integrity[index] === 3) Object.freeze(object);
        else if (integrity[index] === 2) Object.seal(object);
        else if (integrity[index] === 1) Object.preventExtensions(object);
      });
    },
  };
}

const NOTHING = { read: () => undefined, write: () => {} };

/** For what a script without state, whose evaluation all instances share, has given to packages. */
function refuseChanges(value: object, name: string): { read(): unknown; write(): void } {
  const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
  const objects = typeof prototype === 'object' && prototype !== null ? [value, prototype] : [value];
  const before = objects.map((object) => propertiesOf(object));
  return {
    read() {
      objects.forEach((object, index) => {
        const [key] = before[index]!.changes(object);
        if (key === undefined) return;
        const path = `${name}${index === 1 ? '.prototype' : ''}.${String(key)}`;
        throw new SnapshotError(
          SnapshotCode.unserialisable,
          `Cannot save the state: ${path} was changed by a package`,
          {
            path,
            fix: `Give the package a function of its own, made in the script: (...args) => ${name}(...args). What is written to that is saved.`,
          },
        );
      });
      return undefined;
    },
    write() {},
  };
}

/** A property with an object, or with a closure, that is saved by what it holds. */
function holdsData(object: object, key: PropertyKey): boolean {
  if (key === 'prototype' || key === 'constructor') return false;
  const value: unknown = Object.getOwnPropertyDescriptor(object, key)!.value;
  return typeof value === 'object'
    ? value !== null
    : typeof value === 'function' && stampOf(value) !== undefined;
}

function integrityOf(object: object): number {
  if (Object.isExtensible(object)) return 0;
  return isFrozen(object) ? 3 : Object.isSealed(object) ? 2 : 1;
}

function describe(object: object, key: PropertyKey): Change {
  const property = Object.getOwnPropertyDescriptor(object, key);
  if (property === undefined) return [key];
  const attributes = (property.enumerable ? ENUMERABLE : 0) | (property.configurable ? CONFIGURABLE : 0);
  if (property.writable === undefined)
    return [key, attributes | ACCESSOR, Reflect.get(property, 'get'), Reflect.get(property, 'set')];
  return [key, attributes | (property.writable ? WRITABLE : 0), property.value];
}

function apply(object: object, change: Change): void {
  const key = change[0] as PropertyKey;
  if (change.length === 1) {
    Reflect.deleteProperty(object, key);
    return;
  }
  const attributes = change[1] as number;
  const value =
    (attributes & ACCESSOR) === 0
      ? { value: change[2], writable: (attributes & WRITABLE) !== 0 }
      : { get: change[2] as () => unknown, set: change[3] as (value: unknown) => void };
  Reflect.defineProperty(object, key, {
    ...value,
    enumerable: (attributes & ENUMERABLE) !== 0,
    configurable: (attributes & CONFIGURABLE) !== 0,
  });
}
