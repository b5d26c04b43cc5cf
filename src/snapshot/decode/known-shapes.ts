/**
 * Lists of keys that were read before: the same few come again in every snapshot of a program, and making their strings
 * anew would cost more than reading the values.
 *
 * Owns a table that outlives a decode.
 * 1. An entry is used only for exactly the bytes that it was made from, so what is decoded does not depend on the table.
 * 2. It holds keys only, no values: SLOTS lists of at most MAX_BYTES bytes.
 */
import type { ByteReader } from '../byte-reader.ts';
import * as F from '../format.ts';

/** A power of two. */
const SLOTS = 1024;
const MAX_BYTES = 512;

export interface Shape {
  readonly keys: readonly string[];
  /** No key is `__proto__`, so that assignment defines a property. */
  readonly assignable: boolean;
}

interface KnownShape {
  readonly bytes: Uint8Array;
  readonly shape: Shape;
}

const slots: (KnownShape | undefined)[] = Array.from({ length: SLOTS });

/** Where a list begins and ends in the bytes, and its place in the table. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly slot: number;
}

/** The place of the list of keys that comes next, if all its keys are new strings in the short form. Reads nothing. */
export function placeOf(reader: ByteReader): Place | undefined {
  const { bytes, position, end } = reader;
  const count = position < end ? bytes[position]! : 0xff;
  let at = position + 1;
  let hash = count;
  // A longer list has a longer count.
  for (let key = 0; key < count; key++) {
    const tag = at < end ? bytes[at]! : 0;
    if (tag <= F.SHORT_STRING || tag >= F.SHORT_STRING + F.SHORT) return undefined;
    hash = Math.imul(hash ^ tag ^ (bytes[at + 1]! << 8), 0x01000193);
    at += 1 + tag - F.SHORT_STRING;
  }
  if (count > 0x7f || at > end || at - position > MAX_BYTES) return undefined;
  return { start: position, end: at, slot: (hash ^ (hash >>> 15)) & (SLOTS - 1) };
}

/** The list at `place`, if the table has it. Reads nothing. */
export function shapeAt(reader: ByteReader, place: Place): Shape | undefined {
  const known = slots[place.slot];
  if (known === undefined) return undefined;
  const { bytes } = known;
  if (bytes.length !== place.end - place.start) return undefined;
  for (let index = 0; index < bytes.length; index++)
    if (bytes[index] !== reader.bytes[place.start + index]) return undefined;
  return known.shape;
}

/** Remembers the list that was read at `place`. */
export function remember(reader: ByteReader, place: Place, shape: Shape): Shape {
  const bytes = Uint8Array.prototype.slice.call(reader.bytes, place.start, place.end);
  // The engine's own copies of the keys: finding a property by them needs no search for the copy.
  const keys = shape.keys.map((key) => Object.getOwnPropertyNames({ [key]: 0 })[0]!);
  const kept = { keys, assignable: shape.assignable };
  slots[place.slot] = { bytes, shape: kept };
  return kept;
}
