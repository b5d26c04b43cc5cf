/** Own properties: shapes and values at once, extras blocks at the end. */
import { types } from 'node:util';
import * as F from '../format.ts';
import { nativeStackGetter, nativeStackSetter, withoutStackTrace } from '../native-stack.ts';
import { isLongPrototypeChain } from '../prototype-chain.ts';
import { malformed } from '../snapshot-error.ts';
import type { Decoder } from './decoder.ts';
import { placeOf, remember, shapeAt } from './known-shapes.ts';
import type { Shape } from './known-shapes.ts';
import { Pending } from './pending.ts';

/** An extras block, read but not yet applied. */
export interface Extras {
  readonly index: number;
  readonly flags: number;
  readonly prototype: unknown;
  readonly keys: readonly PropertyKey[];
  readonly attributes: readonly number[];
  /** One for each property, two for an accessor, none for a deleted one. */
  readonly values: readonly unknown[];
}

/** `plain`: the prototype is Object.prototype, so that assignment runs no setter of a class. */
export function readObjectBody(d: Decoder, index: number, target: object, plain: boolean): void {
  const head = d.in.varint();
  const id = Math.floor(head / 2) - 1;
  if (id < 0) readDictionary(d, index, target);
  else {
    const shape = id === d.shapes.length ? readShape(d) : d.shapes[id];
    if (shape === undefined) throw malformed('an unknown shape');
    if (plain && shape.assignable) assignAll(d, index, target, shape.keys);
    else for (const key of shape.keys) define(d, index, target, key, d.value());
  }
  if (head % 2 === 1) readExtras(d, index);
}

function readShape(d: Decoder): Shape {
  const place = placeOf(d.in);
  if (place === undefined) return readKeys(d);
  const known = shapeAt(d.in, place);
  if (known === undefined) return remember(d.in, place, readKeys(d));
  d.in.position = place.end;
  for (const key of known.keys) d.strings.push(key);
  d.shapes.push(known);
  return known;
}

function readKeys(d: Decoder): Shape {
  const count = d.in.count();
  const keys: string[] = [];
  let assignable = true;
  for (let at = 0; at < count; at++) {
    const key = d.string();
    if (key === '__proto__') assignable = false;
    keys.push(key);
  }
  const shape = { keys, assignable };
  d.shapes.push(shape);
  return shape;
}

function assignAll(d: Decoder, index: number, target: any, keys: readonly string[]): void {
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!;
    const value = d.value();
    if (d.made > 0 && Pending.is(value)) {
      target[key] = undefined;
      d.fix(index, target, key, value);
    } else target[key] = value;
  }
}

function readDictionary(d: Decoder, index: number, target: object): void {
  const count = d.in.count(2);
  for (let at = 0; at < count; at++) {
    const key = d.string();
    define(d, index, target, key, d.value());
  }
}

function define(d: Decoder, index: number, target: object, key: PropertyKey, value: unknown): void {
  const pending = Pending.is(value);
  Object.defineProperty(target, key, {
    value: pending ? undefined : value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
  if (pending) d.fix(index, target, key, value);
}

export function readExtras(d: Decoder, index: number): void {
  const flags = d.in.byte();
  if (flags > F.EXTRA_ALL) throw malformed('unknown flags of an object');
  const prototype = (flags & F.EXTRA_PROTOTYPE) === 0 ? undefined : d.value();
  const count = (flags & F.EXTRA_PROPERTIES) === 0 ? 0 : d.in.count(2);
  const keys: PropertyKey[] = [];
  const attributes: number[] = [];
  const values: unknown[] = [];
  for (let at = 0; at < count; at++) {
    const key = d.value();
    if (typeof key !== 'string' && typeof key !== 'symbol') throw malformed('a key that is no key');
    const attribute = d.in.byte();
    if (attribute > F.PROPERTY_ALL) throw malformed('unknown flags of a property');
    keys.push(key);
    attributes.push(attribute);
    if ((attribute & F.PROPERTY_DELETED) !== 0) continue;
    values.push(d.value());
    if ((attribute & F.PROPERTY_ACCESSOR) !== 0) values.push(d.value());
  }
  d.extras.push({ index, flags, prototype, keys, attributes, values });
}

/** Everything that it needs must have been made. */
export function applyExtras(d: Decoder, extras: Extras): void {
  const target = d.objects[extras.index] as object;
  const { flags, keys, attributes, values } = extras;
  if ((flags & F.EXTRA_PROTOTYPE) !== 0) {
    const prototype = d.resolve(extras.prototype);
    if (prototype !== null && typeof prototype !== 'object' && typeof prototype !== 'function') {
      throw malformed('a prototype that is no object');
    }
    if (isLongPrototypeChain(prototype)) throw malformed('a chain of prototypes that is too long');
    Object.setPrototypeOf(target, prototype);
  }
  // A fresh error has a stack; if it was deleted, nothing here sets it.
  if (d.kinds[extras.index] === F.BODY_EXTRAS && types.isNativeError(target) && !keys.includes('stack')) {
    Reflect.deleteProperty(target, 'stack');
  }
  let next = 0;
  for (let at = 0; at < keys.length; at++) {
    const attribute = attributes[at]!;
    const key = keys[at]!;
    if ((attribute & F.PROPERTY_DELETED) !== 0) {
      Reflect.deleteProperty(target, key);
      continue;
    }
    const value = d.resolve(values[next++]);
    if ((attribute & F.PROPERTY_STACK) !== 0) defineStack(target, key, value, attribute);
    else if ((attribute & F.PROPERTY_ACCESSOR) !== 0) {
      defineAccessor(target, key, value, d.resolve(values[next++]), attribute);
    } else defineData(target, key, value, attribute);
  }
  if ((flags & F.EXTRA_FROZEN) !== 0) Object.freeze(target);
  else if ((flags & F.EXTRA_SEALED) !== 0) Object.seal(target);
  else if ((flags & F.EXTRA_NOT_EXTENSIBLE) !== 0) Object.preventExtensions(target);
}

function defineData(target: object, key: PropertyKey, value: unknown, attribute: number): void {
  // The length is known from the elements; another one could reserve memory without end.
  if (key === 'length' && Array.isArray(target) && value !== target.length)
    throw malformed('a wrong array length');
  // `configurable` is also set for all properties of an object that will be sealed; some are born without it, like the
  // `prototype` of a function.
  const known = Object.getOwnPropertyDescriptor(target, key);
  const born = known?.configurable !== false;
  // The prototype object of a class.
  if (!born && known?.writable === false && known.value === value) return;
  Object.defineProperty(target, key, {
    value,
    writable: (attribute & F.PROPERTY_WRITABLE) !== 0,
    enumerable: (attribute & F.PROPERTY_ENUMERABLE) !== 0,
    configurable: born && (attribute & F.PROPERTY_CONFIGURABLE) !== 0,
  });
}

function defineAccessor(target: object, key: PropertyKey, get: any, set: any, attribute: number): void {
  Object.defineProperty(target, key, {
    get,
    set,
    enumerable: (attribute & F.PROPERTY_ENUMERABLE) !== 0,
    configurable: (attribute & F.PROPERTY_CONFIGURABLE) !== 0,
  });
}

function defineStack(target: object, key: PropertyKey, value: unknown, attribute: number): void {
  if (key !== 'stack' || nativeStackSetter === undefined) throw malformed('a stack under another name');
  const known = Object.getOwnPropertyDescriptor(target, key);
  if (known === undefined || Reflect.get(known, 'get') !== nativeStackGetter) {
    withoutStackTrace(() => Error.captureStackTrace(target));
  }
  nativeStackSetter.call(target, value);
  Object.defineProperty(target, key, {
    enumerable: (attribute & F.PROPERTY_ENUMERABLE) !== 0,
    configurable: (attribute & F.PROPERTY_CONFIGURABLE) !== 0,
  });
}
