/**
 * Parts of functions that are made at run time: objects that come with a closure or a class and can be reached from it by a
 * fixed name (its prototype object, its methods). A snapshot says whose part it is, and finds it again after the owner was made again.
 *
 * Owns what is known about owners and parts. Invariants:
 * A1. A part belongs to one owner, under one name, as long as the owner lives.
 * A2. `Fresh` is recorded before code of the author can change the object.
 * A3. Nothing here keeps an owner or a part alive.
 */
import type { Fresh, Part } from '../snapshot/index.ts';

const partOf = new WeakMap<object, Part>();
const partsOf = new WeakMap<object, Map<string, object>>();
const freshOf = new WeakMap<object, Fresh>();

/** Says that `part` comes with `owner`. Anything the author changes about it later is saved with it. */
export function addPart(owner: object, name: string, part: object): void {
  if (partOf.has(part)) return;
  partOf.set(part, { owner, name });
  let parts = partsOf.get(owner);
  if (parts === undefined) partsOf.set(owner, (parts = new Map()));
  parts.set(name, part);
}

/**
 * Remembers what `object` is like now: what it will be like when it is made again. `prototype`: its prototype then; absent: not known,
 * so that it is always saved.
 */
export function keepFresh(object: object, prototype?: object | null): Fresh {
  const fresh = new Properties(object, prototype);
  freshOf.set(object, fresh);
  return fresh;
}

export function registeredPart(object: object): Part | undefined {
  return partOf.get(object);
}

export function findRegisteredPart(owner: object, name: string): object | undefined {
  return partsOf.get(owner)?.get(name);
}

/** What `object`, a closure or a part of one, was like when it was made. Undefined for functions like any other. */
export function freshState(object: object): Fresh | undefined {
  const known = freshOf.get(object);
  if (known !== undefined) return known;
  return typeof object === 'function' && partOf.has(object) ? METHOD : undefined;
}

/** The own properties of `object` as they are now, to compare with later. */
export function propertiesOf(object: object): Fresh {
  return new Properties(object, Object.getPrototypeOf(object) as object | null);
}

/** Own properties and prototype at one moment. */
class Properties implements Fresh {
  readonly prototype: object | null | undefined;
  readonly #descriptors = new Map<PropertyKey, PropertyDescriptor>();

  constructor(object: object, prototype: object | null | undefined) {
    this.prototype = prototype;
    for (const key of Reflect.ownKeys(object)) {
      if (!isNameOrLength(object, key))
        this.#descriptors.set(key, Object.getOwnPropertyDescriptor(object, key)!);
    }
  }

  changes(object: object): readonly PropertyKey[] {
    const changed: PropertyKey[] = [];
    let found = 0;
    for (const key of Reflect.ownKeys(object)) {
      if (isNameOrLength(object, key)) continue;
      const before = this.#descriptors.get(key);
      if (before !== undefined) found++;
      const now = Object.getOwnPropertyDescriptor(object, key)!;
      if (before === undefined || !isSame(before, now) || isChangedPart(now, object)) changed.push(key);
    }
    if (found < this.#descriptors.size) {
      for (const key of this.#descriptors.keys()) if (!Object.hasOwn(object, key)) changed.push(key);
    }
    return changed;
  }
}

/** Methods have a name and a length, which the method of the class made again has, too. */
const METHOD: Fresh = {
  prototype: Function.prototype,
  changes: (object) =>
    Reflect.ownKeys(object).filter((key) => !isNameOrLength(object, key) && key !== 'prototype'),
};

function isNameOrLength(object: object, key: PropertyKey): boolean {
  return typeof object === 'function' && (key === 'length' || key === 'name') && isUsual(object, key);
}

/** A class may have a static member called `name`. */
function isUsual(fn: object, key: PropertyKey): boolean {
  const property = Object.getOwnPropertyDescriptor(fn, key)!;
  return (
    property.configurable === true &&
    property.writable === false &&
    property.enumerable === false &&
    typeof property.value !== 'function'
  );
}

function isSame(a: PropertyDescriptor, b: PropertyDescriptor): boolean {
  return (
    Object.is(a.value, b.value) &&
    a.get === b.get &&
    a.set === b.set &&
    a.writable === b.writable &&
    a.enumerable === b.enumerable &&
    a.configurable === b.configurable
  );
}

/** The property still holds the same part, but the part itself was changed. */
function isChangedPart(property: PropertyDescriptor, holder: object): boolean {
  const { value } = property;
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || value === holder)
    return false;
  const part = partOf.get(value as object);
  if (part === undefined || (part.owner !== holder && part.owner !== partOf.get(holder)?.owner)) return false;
  const fresh = freshState(value as object);
  if (fresh === undefined) return false;
  return (
    !Object.isExtensible(value) ||
    Object.getPrototypeOf(value) !== fresh.prototype ||
    fresh.changes(value as object).length > 0
  );
}
