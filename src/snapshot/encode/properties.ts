/**
 * Own properties, prototype and extensibility. HOT PATH: `writeObjectBody`.
 * Reads descriptors only, so no getter runs.
 */
import * as F from '../format.ts';
import { isFrozen } from '../is-frozen.ts';
import { nativeStackGetter } from '../native-stack.ts';
import type { Encoder } from './encoder.ts';
import type { ShapeNode } from '../shape-trie.ts';
import { writeNewString, writeString, writeStringReference } from './strings.ts';
import { writeSymbol } from './symbols.ts';

/** Objects with more keys are dictionaries: nobody shares their list of keys. */
const MAX_SHAPE = 64;

/**
 * The leading ordinary properties as shape and values, all others (accessors, symbols, attributes) in an extras block.
 */
export function writeObjectBody(e: Encoder, object: object, defaultPrototype: object): void {
  const names = Object.getOwnPropertyNames(object);
  const mask = integrity(object);
  const values = e.scratch;
  let plain = 0;
  for (; plain < names.length; plain++) {
    const property = Object.getOwnPropertyDescriptor(object, names[plain]!)!;
    if (!isOrdinary(property, mask)) break;
    values[plain] = property.value;
  }
  const extras =
    plain < names.length ||
    mask !== 0 ||
    Object.getPrototypeOf(object) !== defaultPrototype ||
    Object.getOwnPropertySymbols(object).length > 0;
  if (plain > MAX_SHAPE) writeDictionary(e, names, plain, extras);
  else writeShaped(e, names, plain, extras);
  if (!extras) return;
  writeExtras(
    e,
    object,
    defaultPrototype,
    plain === 0 ? Reflect.ownKeys(object) : Reflect.ownKeys(object).slice(plain),
  );
}

function writeShaped(e: Encoder, names: readonly string[], count: number, extras: boolean): void {
  const { out, scratch, shapes } = e;
  const node = shapes.find(names, count);
  const known = node.epoch === shapes.epoch;
  if (!known) shapes.number(node);
  out.reserve(16);
  out.varint((node.id + 1) * 2 + (extras ? 1 : 0));
  if (!known) writeShape(e, node);
  for (let index = 0; index < count; index++) {
    e.value(scratch[index]);
    scratch[index] = undefined;
  }
}

function writeShape(e: Encoder, shape: ShapeNode): void {
  const { out, shapes } = e;
  const { keys, text } = shape.written();
  if (text !== undefined && shapes.areNew(keys)) {
    for (const key of keys) {
      key.epoch = shapes.epoch;
      key.string = e.strings.next++;
    }
    out.reserve(text.length);
    const { bytes, position } = out;
    for (let index = 0; index < text.length; index++) bytes[position + index] = text[index]!;
    out.position = position + text.length;
    return;
  }
  out.varint(keys.length);
  for (const key of keys) {
    out.reserve(16);
    if (key.text === '') writeString(e, '');
    else if (key.epoch === shapes.epoch) writeStringReference(e, key.string);
    else {
      key.epoch = shapes.epoch;
      // Not looked for among the values: keys are strings that values seldom repeat.
      key.string = e.strings.next;
      writeNewString(e, key.text);
    }
  }
}

function writeDictionary(e: Encoder, names: readonly string[], count: number, extras: boolean): void {
  const { out, scratch } = e;
  out.reserve(16);
  out.varint(extras ? 1 : 0);
  out.varint(count);
  for (let index = 0; index < count; index++) {
    key(e, names[index]!);
    e.value(scratch[index]);
    scratch[index] = undefined;
  }
}

function key(e: Encoder, name: string): void {
  e.out.reserve(16);
  writeString(e, name);
}

/**
 * 0 for an extensible object, otherwise which of the flags NOT_EXTENSIBLE, SEALED and FROZEN fits best.
 */
export function integrity(object: object): number {
  if (Object.isExtensible(object)) return 0;
  // Elements of a typed array cannot be sealed or made read-only; its other properties say for themselves what they are.
  if (ArrayBuffer.isView(object)) return F.EXTRA_NOT_EXTENSIBLE;
  if (isFrozen(object)) return F.EXTRA_FROZEN;
  return Object.isSealed(object) ? F.EXTRA_SEALED : F.EXTRA_NOT_EXTENSIBLE;
}

/** A data property with all attributes, apart from those that sealing or freezing the object takes away. */
export function isOrdinary(property: PropertyDescriptor, mask: number): boolean {
  if (!property.enumerable) return false;
  if (property.writable !== true && (property.writable === undefined || mask !== F.EXTRA_FROZEN))
    return false;
  return property.configurable === true || mask === F.EXTRA_FROZEN || mask === F.EXTRA_SEALED;
}

/** True if the object needs no extras block when it is expected to have exactly `ownNames` own string keys. */
export function isBare(object: object, defaultPrototype: object, ownNames = 0): boolean {
  return (
    Object.getPrototypeOf(object) === defaultPrototype &&
    Object.isExtensible(object) &&
    Object.getOwnPropertyNames(object).length === ownNames &&
    Object.getOwnPropertySymbols(object).length === 0
  );
}

/** An extras block that holds every own property. */
export function writeAllExtras(e: Encoder, object: object, defaultPrototype: object): void {
  writeExtras(e, object, defaultPrototype, Reflect.ownKeys(object));
}

/**
 * An extras block: integrity, prototype if it is not the default, and the properties `keys`. A key that the object does not have
 * stands for a property that was deleted.
 */
export function writeExtras(
  e: Encoder,
  object: object,
  defaultPrototype: object | null | undefined,
  keys: readonly PropertyKey[],
): void {
  const { out } = e;
  const mask = integrity(object);
  const prototype = Object.getPrototypeOf(object);
  out.reserve(16);
  out.byte(
    mask |
      (prototype === defaultPrototype ? 0 : F.EXTRA_PROTOTYPE) |
      (keys.length === 0 ? 0 : F.EXTRA_PROPERTIES),
  );
  if (prototype !== defaultPrototype) e.value(prototype);
  if (keys.length === 0) return;
  out.reserve(16);
  out.varint(keys.length);
  for (const each of keys) writeProperty(e, object, each, mask);
}

function writeProperty(e: Encoder, object: object, name: PropertyKey, mask: number): void {
  const { out } = e;
  out.reserve(16);
  if (typeof name === 'symbol') writeSymbol(e, name);
  else writeString(e, name as string);
  out.reserve(16);
  const property = Object.getOwnPropertyDescriptor(object, name);
  if (property === undefined) {
    out.byte(F.PROPERTY_DELETED);
    return;
  }
  const fixed = mask === F.EXTRA_FROZEN || mask === F.EXTRA_SEALED;
  const flags =
    (property.enumerable ? F.PROPERTY_ENUMERABLE : 0) |
    (property.configurable || fixed ? F.PROPERTY_CONFIGURABLE : 0);
  if (property.writable !== undefined) {
    const writable = property.writable || mask === F.EXTRA_FROZEN;
    out.byte(flags | (writable ? F.PROPERTY_WRITABLE : 0));
    e.value(property.value);
    return;
  }
  const getter = Reflect.get(property, 'get') as (() => unknown) | undefined;
  if (getter !== undefined && getter === nativeStackGetter) {
    out.byte(flags | F.PROPERTY_STACK);
    e.value(getter.call(object));
  } else {
    out.byte(flags | F.PROPERTY_ACCESSOR);
    e.value(getter);
    e.value(Reflect.get(property, 'set'));
  }
}
