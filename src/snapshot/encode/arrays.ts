/** Arrays: dense with holes, or sparse when most of the length is holes. */
import { inspect } from 'node:util';
import * as F from '../format.ts';
import type { Encoder } from './encoder.ts';
import { integrity, isOrdinary, writeExtras } from './properties.ts';

/** Up to this length the names of an array are listed to find properties that are no elements. */
const LIST_NAMES = 64;
/** With more holes than this for each element, the sparse form is smaller. */
const SPARSE_RATIO = 4;
const hole = Symbol('hole');

export function writeArrayBody(e: Encoder, array: unknown[], defaultPrototype: object): void {
  const { length } = array;
  const mask = integrity(array);
  const odd: PropertyKey[] = [];
  const holes = scanElements(e, array, mask, odd);
  const dense = holes >= 0;
  if (dense && mask === 0 && odd.length === 0 && isBareArray(array, holes, defaultPrototype)) {
    e.out.reserve(16);
    e.out.varint(length * 4);
    writeDense(e, length);
  } else writeOddArray(e, array, defaultPrototype, dense, mask, odd);
}

/** No keys but elements and `length`, nothing special about any of them. Elements have been looked at. */
function isBareArray(array: unknown[], holes: number, defaultPrototype: object): boolean {
  if (!Object.getOwnPropertyDescriptor(array, 'length')!.writable) return false;
  if (Object.getPrototypeOf(array) !== defaultPrototype) return false;
  if (array.length <= LIST_NAMES) return Reflect.ownKeys(array).length === array.length - holes + 1;
  return !mayHaveOtherKeys(array);
}

function writeOddArray(
  e: Encoder,
  array: unknown[],
  defaultPrototype: object,
  dense: boolean,
  mask: number,
  odd: PropertyKey[],
): void {
  const { length } = array;
  const sparse = !dense;
  const names = sparse || mayHaveOtherKeys(array) ? Object.getOwnPropertyNames(array) : undefined;
  // Own keys come in this order: indices ascending, `length`, other strings, symbols.
  const indices = names === undefined ? 0 : names.indexOf('length');
  const others = names === undefined ? [] : names.slice(indices + 1);
  const symbols = Object.getOwnPropertySymbols(array);
  const fixedLength = !Object.getOwnPropertyDescriptor(array, 'length')!.writable;
  const sparseIndices = sparse ? ordinaryIndices(array, names!, indices, mask, odd) : undefined;
  const extras =
    mask !== 0 ||
    fixedLength ||
    odd.length + others.length + symbols.length > 0 ||
    Object.getPrototypeOf(array) !== defaultPrototype;
  e.out.reserve(16);
  e.out.varint(length * 4 + (extras ? F.ARRAY_EXTRAS : 0) + (sparse ? F.ARRAY_SPARSE : 0));
  if (sparseIndices === undefined) writeDense(e, length);
  else writeSparse(e, array, sparseIndices);
  if (!extras) return;
  // Last, because no element can be defined beyond a length that cannot change.
  const last = fixedLength && mask !== F.EXTRA_FROZEN ? ['length'] : [];
  writeExtras(e, array, defaultPrototype, [...odd, ...others, ...symbols, ...last]);
}

/** Puts the elements into the scratch list; how many are missing, or -1 when too many are. Extraordinary elements go to `odd`. */
function scanElements(e: Encoder, array: unknown[], mask: number, odd: PropertyKey[]): number {
  const { scratch } = e;
  const { length } = array;
  let holes = 0;
  for (let index = 0; index < length; index++) {
    const property = Object.getOwnPropertyDescriptor(array, index);
    if (property === undefined) {
      scratch[index] = hole;
      if (++holes > (index - holes) * SPARSE_RATIO + LIST_NAMES) return -1;
    } else if (isOrdinary(property, mask)) scratch[index] = property.value;
    else {
      scratch[index] = hole;
      odd.push(String(index));
    }
  }
  return holes;
}

/** Indices of the ordinary elements of a sparse array; the others go to `odd`. */
function ordinaryIndices(
  array: unknown[],
  names: readonly string[],
  count: number,
  mask: number,
  odd: PropertyKey[],
): number[] {
  const found: number[] = [];
  odd.length = 0;
  for (let position = 0; position < count; position++) {
    const name = names[position]!;
    if (isOrdinary(Object.getOwnPropertyDescriptor(array, name)!, mask)) found.push(Number(name));
    else odd.push(name);
  }
  return found;
}

/** Whether own keys other than elements and `length` are possible: listing the names of a long array is slow. */
function mayHaveOtherKeys(array: unknown[]): boolean {
  const { length } = array;
  if (length <= LIST_NAMES) return true;
  if (Object.getPrototypeOf(array) !== Array.prototype || Object.getOwnPropertySymbols(array).length > 0)
    return true;
  // Node's inspect lists the other keys without touching the elements; it runs no getters.
  return inspect(array, INSPECT_KEYS) !== `[ ... ${length} more items, [length]: ${length} ]`;
}

const INSPECT_KEYS = { maxArrayLength: 0, depth: 0, showHidden: true, breakLength: Infinity } as const;

function writeDense(e: Encoder, length: number): void {
  const { out, scratch } = e;
  for (let index = 0; index < length; index++) {
    const value = scratch[index];
    if (value === hole) {
      out.reserve(1);
      out.byte(F.HOLE);
    } else e.value(value);
    scratch[index] = undefined;
  }
}

/** The number of elements, then for each the distance from the one before and its value. */
function writeSparse(e: Encoder, array: unknown[], indices: readonly number[]): void {
  const { out } = e;
  out.varint(indices.length);
  let previous = -1;
  for (const index of indices) {
    out.reserve(16);
    out.varint(index - previous - 1);
    e.value(Object.getOwnPropertyDescriptor(array, index)!.value);
    previous = index;
  }
}
