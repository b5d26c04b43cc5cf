/**
 * Iterations of `for-of`, `for-in` and array patterns that contain a suspension point. Those over built-in collections
 * know their position, so that a snapshot can hold them; all others follow the iterator protocol and can be saved when
 * the iterator object can.
 *
 * Owns: positions. Invariants:
 * I1. A collection changed during the iteration is seen exactly as by its native iterator, before and after a restore.
 * I2. The fast forms are used only while the built-in protocol is untouched.
 */
import { types } from 'node:util';
import type { Iteration } from '../frame-abi.ts';
import { iteratorOf, iteratorWith } from './iterator-protocol.ts';

const ArrayIteratorPrototype = Object.getPrototypeOf([][Symbol.iterator]()) as { next: unknown };
const MapIteratorPrototype = Object.getPrototypeOf(new Map().entries()) as { next: unknown };
const SetIteratorPrototype = Object.getPrototypeOf(new Set().values()) as { next: unknown };
const StringIteratorPrototype = Object.getPrototypeOf(''[Symbol.iterator]()) as { next: unknown };
const arrayNext = ArrayIteratorPrototype.next;
const mapNext = MapIteratorPrototype.next;
const setNext = SetIteratorPrototype.next;
const stringNext = StringIteratorPrototype.next;
const arrayValues = Array.prototype[Symbol.iterator];
const typedArrayValues = Object.getPrototypeOf(Uint8Array.prototype)[Symbol.iterator] as unknown;
const mapEntries = Map.prototype[Symbol.iterator];
const setValues = Set.prototype[Symbol.iterator];

const typedArrayLength = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  'length',
)!.get!;

/** Over an array, a typed array, or any other object with a length. */
export class ArrayIteration implements Iteration {
  array: ArrayLike<unknown> | undefined;
  index = 0;
  value: unknown = undefined;

  constructor(array: ArrayLike<unknown>) {
    this.array = array;
  }

  next(): boolean {
    if (!this.advance()) return false;
    this.value = this.array![this.index - 1];
    return true;
  }

  /** Advances without looking at the element, as `keys()` does. */
  advance(): boolean {
    const { array } = this;
    if (array === undefined) return false;
    if (this.index >= (Array.isArray(array) ? array.length : lengthOf(array))) {
      this.array = undefined;
      this.value = undefined;
      return false;
    }
    this.index++;
    return true;
  }

  close(): void {
    this.array = undefined;
  }

  fail(): void {
    this.array = undefined;
  }
}

function lengthOf(array: ArrayLike<unknown>): number {
  if (!types.isTypedArray(array))
    return Math.min(Math.max(0, Math.trunc(+array.length || 0)), Number.MAX_SAFE_INTEGER);
  const length = Reflect.apply(typedArrayLength, array, []) as number;
  // Detached or out of bounds: the native iterator knows the error. It finds an empty array all right.
  if (length === 0) Reflect.apply(arrayValues, array, []).next();
  return length;
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
    this.#iterator = nativeIterator(collection);
    this.#isMap = types.isMap(collection);
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
    const passed = sizeOf(this.collection) - remaining;
    this.moveTo(passed);
    return passed;
  }

  /**
   * Sets the position in a restored collection, which may not have its elements yet; `settle` takes it up when it has.
   */
  restoreAt(passed: number): void {
    this.#passed = passed;
    this.#isMap = types.isMap(this.collection);
  }

  /** After a restore, before any code of the script runs. */
  settle(): void {
    if (this.#passed < 0) return;
    this.moveTo(this.#passed);
    this.#passed = -1;
  }

  /** A fresh native iterator behind the first `passed` elements. */
  moveTo(passed: number): void {
    this.#iterator = nativeIterator(this.collection!);
    for (let count = 0; count < passed; count++) this.#iterator.next();
  }
}

const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size')!.get!;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size')!.get!;

function sizeOf(collection: object): number {
  return Reflect.apply(types.isMap(collection) ? mapSize : setSize, collection, []) as number;
}

/** The built-in iterator, whatever a subclass has made of the methods. */
function nativeIterator(collection: object): Iterator<unknown> {
  return Reflect.apply(types.isMap(collection) ? mapEntries : setValues, collection, []) as Iterator<unknown>;
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

/** `text`: how an error names the iterable. */
export function iterate(iterable: unknown, text?: string): Iteration {
  if (typeof iterable === 'string') {
    const isBuiltIn =
      String.prototype[Symbol.iterator] === stringIterator && StringIteratorPrototype.next === stringNext;
    return isBuiltIn ? new StringIteration(iterable) : iteratorOf(iterable, text);
  }
  if (typeof iterable === 'object' && iterable !== null) {
    const method: unknown = (iterable as { [Symbol.iterator]?: unknown })[Symbol.iterator];
    if (method === arrayValues) {
      if (ArrayIteratorPrototype.next === arrayNext)
        return new ArrayIteration(iterable as ArrayLike<unknown>);
    } else if (method === typedArrayValues) {
      if (isUsable(iterable) && ArrayIteratorPrototype.next === arrayNext)
        return new ArrayIteration(iterable as ArrayLike<unknown>);
    } else if (method === mapEntries) {
      if (types.isMap(iterable) && MapIteratorPrototype.next === mapNext)
        return new CollectionIteration(iterable);
    } else if (method === setValues) {
      if (types.isSet(iterable) && SetIteratorPrototype.next === setNext)
        return new CollectionIteration(iterable);
    }
    return iteratorWith(iterable, method, text);
  }
  return iteratorOf(iterable, text);
}

const stringIterator = String.prototype[Symbol.iterator];

/** A typed array that is not out of bounds: for the others the native method throws. */
export function isUsable(value: object): boolean {
  if (!types.isTypedArray(value)) return false;
  if ((Reflect.apply(typedArrayLength, value, []) as number) > 0) return true;
  try {
    Reflect.apply(typedArrayValues as Function, value, []);
    return true;
  } catch {
    return false;
  }
}
