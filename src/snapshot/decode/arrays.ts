/** Arrays. Memory grows with the bytes read, never with a length that is only claimed. */
import * as F from '../format.ts';
import { malformed } from '../snapshot-error.ts';
import type { Decoder } from './decoder.ts';
import { Pending } from './pending.ts';
import { readExtras } from './properties.ts';

const MAX_LENGTH = 2 ** 32 - 1;

export function readArrayBody(d: Decoder, index: number, array: unknown[]): void {
  const head = d.in.varint();
  const flags = head % 4;
  const length = Math.floor(head / 4);
  if ((flags & F.ARRAY_SPARSE) !== 0) readSparse(d, index, array, length);
  else readDense(d, index, array, d.in.checkCount(length));
  if ((flags & F.ARRAY_EXTRAS) !== 0) readExtras(d, index);
}

function readDense(d: Decoder, index: number, array: unknown[], length: number): void {
  const reader = d.in;
  for (let at = 0; at < length; at++) {
    if (reader.position < reader.end && reader.bytes[reader.position] === F.HOLE) reader.position++;
    else setElement(d, index, array, at, d.value());
  }
  if (array.length !== length) array.length = length;
}

function readSparse(d: Decoder, index: number, array: unknown[], length: number): void {
  if (length > MAX_LENGTH) throw malformed('an array that is too long');
  const count = d.in.count(2);
  // An element near the highest index makes the engine keep this array as a table of its elements; a mere length would
  // make it reserve room for all of them.
  array[MAX_LENGTH - 1] = undefined;
  Reflect.deleteProperty(array, MAX_LENGTH - 1);
  array.length = length;
  let at = -1;
  for (let element = 0; element < count; element++) {
    at += 1 + d.in.varint();
    if (at >= length) throw malformed('an element beyond the end of its array');
    setElement(d, index, array, at, d.value());
  }
}

function setElement(d: Decoder, index: number, array: unknown[], at: number, value: unknown): void {
  if (d.made > 0 && Pending.is(value)) {
    array[at] = undefined;
    d.fix(index, array, at, value);
  } else array[at] = value;
}
