/**
 * Iterations of `for-of`, `for-in` and array patterns that contain a suspension point. Those over built-in collections
 * know their position, so that a snapshot can hold them; all others follow the iterator protocol and can be saved when
 * the iterator object can.
 *
 * Owns: positions. Invariants:
 * I1. A collection changed during the iteration is seen exactly as by its native iterator, before and after a restore.
 * I2. The fast forms are used only while the built-in protocol is untouched.
 */
import type { Iteration } from '../frame-abi.ts';
import { iteratorOf } from './iterator-protocol.ts';

const ArrayIteratorPrototype = Object.getPrototypeOf([][Symbol.iterator]()) as { next: unknown };
const MapIteratorPrototype = Object.getPrototypeOf(new Map().entries()) as { next: unknown };
const SetIteratorPrototype = Object.getPrototypeOf(new Set().values()) as { next: unknown };
const arrayNext = ArrayIteratorPrototype.next;
const mapNext = MapIteratorPrototype.next;
const setNext = SetIteratorPrototype.next;
const arrayValues = Array.prototype[Symbol.iterator];
const typedArrayValues = Object.getPrototypeOf(Uint8Array.prototype)[Symbol.iterator] as unknown;
const mapEntries = Map.prototype[Symbol.iterator];
const setValues = Set.prototype[Symbol.iterator];

/** Over an array, a typed array or an arguments object. */
export class ArrayIteration implements Iteration {
  array: ArrayLike<unknown> | undefined;
  index = 0;
  value: unknown = undefined;

  constructor(array: ArrayLike<unknown>) {
    this.array = array;
  }

  next(): boolean {
    const { array } = this;
    if (array === undefined) return false;
    if (this.index >= array.length) {
      this.array = undefined;
      this.value = undefined;
      return false;
    }
    this.value = array[this.index++];
    return true;
  }

  close(): void {
    this.array = undefined;
  }

  fail(): void {
    this.array = undefined;
  }
}

/**
 * Over a Map or Set. The native iterator does the work; its position can be told only by using it up, so a snapshot
 * does that and makes a new one at the same place.
 */
export class CollectionIteration implements Iteration {
  collection: Map<unknown, unknown> | Set<unknown> | undefined;
  value: unknown = undefined;
  #iterator: Iterator<unknown>;
  /** Position of an iteration that is being restored; -1 otherwise. */
  #passed = -1;
  #isMap: boolean;

  constructor(collection: Map<unknown, unknown> | Set<unknown>) {
    this.collection = collection;
    this.#iterator = collection[Symbol.iterator]();
    this.#isMap = collection instanceof Map;
  }

  next(): boolean {
    if (this.collection === undefined) return false;
    const step = this.#iterator.next();
    if (step.done) {
      this.collection = undefined;
      this.value = undefined;
      return false;
    }
    this.value = step.value;
    return true;
  }

  close(): void {
    this.collection = undefined;
  }

  fail(): void {
    this.collection = undefined;
  }

  get isMap(): boolean {
    return this.#isMap;
  }

  /** How many of the collection's present elements lie behind the position. */
  position(): number {
    if (this.collection === undefined) return 0;
    let remaining = 0;
    while (!this.#iterator.next().done) remaining++;
    const passed = this.collection.size - remaining;
    this.moveTo(passed);
    return passed;
  }

  /**
   * Sets the position in a restored collection, which may not have its elements yet; `settle` takes it up when it has.
   */
  restoreAt(passed: number): void {
    this.#passed = passed;
    this.#isMap = this.collection instanceof Map;
  }

  /** After a restore, before any code of the script runs. */
  settle(): void {
    if (this.#passed < 0) return;
    this.moveTo(this.#passed);
    this.#passed = -1;
  }

  /** A fresh native iterator behind the first `passed` elements. */
  moveTo(passed: number): void {
    this.#iterator = this.collection![Symbol.iterator]();
    for (let count = 0; count < passed; count++) this.#iterator.next();
  }
}

/** Over a string, by code points. */
export class StringIteration implements Iteration {
  text: string | undefined;
  index = 0;
  value: unknown = undefined;

  constructor(text: string) {
    this.text = text;
  }

  next(): boolean {
    const { text } = this;
    if (text === undefined) return false;
    if (this.index >= text.length) {
      this.text = undefined;
      this.value = undefined;
      return false;
    }
    const first = text.charCodeAt(this.index);
    const second = text.charCodeAt(this.index + 1);
    const isPair = first >= 0xd800 && first <= 0xdbff && second >= 0xdc00 && second <= 0xdfff;
    this.value = text.slice(this.index, (this.index += isPair ? 2 : 1));
    return true;
  }

  close(): void {
    this.text = undefined;
  }

  fail(): void {
    this.text = undefined;
  }
}

/** `for-in`: keys in the order of EnumerateObjectProperties; those deleted before their turn are skipped. */
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
      if (!(key in this.object)) continue;
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

export function iterate(iterable: unknown): Iteration {
  if (typeof iterable === 'string') {
    if (String.prototype[Symbol.iterator] === stringIterator) return new StringIteration(iterable);
  } else if (typeof iterable === 'object' && iterable !== null) {
    const method: unknown = (iterable as { [Symbol.iterator]?: unknown })[Symbol.iterator];
    if (method === arrayValues || method === typedArrayValues) {
      const isArray = Array.isArray(iterable) || ArrayBuffer.isView(iterable) || isArguments(iterable);
      if (isArray && ArrayIteratorPrototype.next === arrayNext)
        return new ArrayIteration(iterable as ArrayLike<unknown>);
    } else if (method === mapEntries) {
      if (iterable instanceof Map && MapIteratorPrototype.next === mapNext)
        return new CollectionIteration(iterable);
    } else if (method === setValues) {
      if (iterable instanceof Set && SetIteratorPrototype.next === setNext)
        return new CollectionIteration(iterable);
    }
  }
  return iteratorOf(iterable);
}

const stringIterator = String.prototype[Symbol.iterator];

function isArguments(value: object): boolean {
  return Object.prototype.toString.call(value) === '[object Arguments]';
}

export function enumerate(value: unknown): Iteration {
  if (value === undefined || value === null) return new KeyIteration({}, []);
  const object = Object(value) as object;
  const keys: string[] = [];
  // oxlint-disable-next-line guard-for-in -- inherited keys are part of it
  for (const key in object) keys.push(key);
  return new KeyIteration(object, keys);
}
