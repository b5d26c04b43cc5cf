/**
 * Resources inside of what is saved. When a module with state has been evaluated, its data may hold what packages have made: `const
 * services = { pool: createPool(), cache: new Map() }`. Such objects are found again by the place where they were then, in the evaluation of
 * the module that a restored instance has.
 */
import { types } from 'node:util';
import { type InstanceType, isForeign, type SnapshotContext } from '../snapshot/index.ts';
import { Box } from './box.ts';
import { contextOf } from './capture.ts';
import { Statics } from './made-class.ts';
import { registeredPart } from './parts.ts';
import type { Realm } from './realm.ts';
import { stampOf } from './stamp.ts';

/** Gives names to the resources that the module-level state of a fresh realm holds. */
export function nameResources(realm: Realm): void {
  const { state, stateNames = state } = realm.bundle;
  const search = new Search(realm);
  realm.readState().forEach((value, index) => search.look(value, `held:${stateNames[index]}`));
  search.finish();
}

class Search {
  readonly #realm: Realm;
  readonly #context: SnapshotContext;
  readonly #seen = new Set<unknown>();
  readonly #found: { readonly value: object; readonly path: string }[] = [];

  constructor(realm: Realm) {
    this.#realm = realm;
    this.#context = contextOf(realm);
  }

  look(value: unknown, path: string): void {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || this.#seen.has(value))
      return;
    this.#seen.add(value);
    if (this.#realm.nameOf(value) === undefined) this.#found.push({ value, path });
  }

  /** Breadth first, so that names are short. */
  finish(): void {
    for (let index = 0; index < this.#found.length; index++) {
      const { value, path } = this.#found[index]!;
      if (!types.isProxy(value)) this.#enter(value, path);
    }
  }

  #enter(value: object, path: string): void {
    if (typeof value === 'function') {
      const made = stampOf(value);
      if (made === undefined) {
        // Methods are found by the class or literal that they belong to.
        if (registeredPart(value) === undefined) this.#realm.name(path, value);
        return;
      }
      made.cells.forEach((cell, index) => this.look(cell, `${path}(${index})`));
    } else if (isForeign(value, this.#context)) {
      this.#realm.name(path, value);
      return;
    } else if (value instanceof Box) return this.look(value.v, path);
    else if (value instanceof Statics)
      return value.read().forEach((field, index) => this.look(field, `${path}#${index}`));
    else this.#content(value, path);
    this.#properties(value, path);
  }

  /** What is in it besides its properties. */
  #content(value: object, path: string): void {
    if (types.isMap(value)) {
      let index = 0;
      for (const [key, item] of mapEntries(value)) {
        this.look(key, `${path}<${index}>`);
        this.look(item, `${path}[${index++}]`);
      }
    } else if (types.isSet(value)) {
      let index = 0;
      for (const item of setValues(value)) this.look(item, `${path}[${index++}]`);
    }
    const prototype = Object.getPrototypeOf(value) as object | null;
    const type = prototype === null ? undefined : this.#context.instanceTypeOf(prototype);
    if (type === undefined) return;
    privatesOf(type, value).forEach((field, index) => this.look(field, `${path}#${index}`));
  }

  #properties(value: object, path: string): void {
    // Their elements are numbers.
    if (ArrayBuffer.isView(value)) return;
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key)!;
      const name = typeof key === 'symbol' ? `${path}[@${key.description}]` : `${path}.${key}`;
      if (key === 'prototype' && typeof value === 'function') continue;
      this.look(property.value, name);
      this.look(property.get, `${name} (get)`);
      this.look(property.set, `${name} (set)`);
    }
  }
}

/** `Object.create(Class.prototype)` has none of the private fields of the class. */
function privatesOf(type: InstanceType, value: object): readonly unknown[] {
  try {
    return type.readPrivates(value);
  } catch {
    return [];
  }
}

/** Scripts may change the methods of Map and Set, or extend them. */
const mapEntries = (map: Map<unknown, unknown>): Iterable<[unknown, unknown]> =>
  Reflect.apply(Map.prototype.entries, map, []) as Iterable<[unknown, unknown]>;
const setValues = (set: Set<unknown>): Iterable<unknown> =>
  Reflect.apply(Set.prototype.values, set, []) as Iterable<unknown>;
