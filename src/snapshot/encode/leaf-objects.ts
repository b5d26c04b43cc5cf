/** Objects that are written in one go where they are met: Date, RegExp, boxed primitives. */
import { types } from 'node:util';
import * as F from '../format.ts';
import { getterOf, methodOf } from '../intrinsic-methods.ts';
import type { Encoder } from './encoder.ts';
import { writeBigInt, writeNumber } from './numbers.ts';
import { integrity, isBare, writeExtras } from './properties.ts';
import { writeString } from './strings.ts';
import { writeSymbol } from './symbols.ts';

/** Writes EXTENDED and the number of the object's body, if it needs an extras block. Comes before the tag. */
export function addLeaf(e: Encoder, value: object, extended: boolean, defaultPrototype: object): void {
  if (extended) e.out.byte(F.EXTENDED);
  e.add(value, extended ? F.BODY_EXTRAS : F.BODY_NONE, defaultPrototype);
}

export function writeDate(e: Encoder, date: Date): true {
  addLeaf(e, date, !isBare(date, Date.prototype), Date.prototype);
  e.out.reserve(16);
  e.out.byte(F.DATE);
  writeNumber(e.out, timeOf(date));
  return true;
}

const timeOf = methodOf<[], number>(Date.prototype, 'getTime');
const sourceOf = getterOf<string>(RegExp.prototype, 'source');
const numberOf = methodOf<[], number>(Number.prototype, 'valueOf');
const stringOf = methodOf<[], string>(String.prototype, 'valueOf');
const booleanOf = methodOf<[], boolean>(Boolean.prototype, 'valueOf');
const bigIntOf = methodOf<[], bigint>(BigInt.prototype, 'valueOf');
const symbolOf = methodOf<[], symbol>(Symbol.prototype, 'valueOf');
const flag = (letter: string, name: string): readonly [string, (receiver: object) => boolean] => [
  letter,
  getterOf<boolean>(RegExp.prototype, name),
];
const FLAGS = [
  flag('d', 'hasIndices'),
  flag('g', 'global'),
  flag('i', 'ignoreCase'),
  flag('m', 'multiline'),
  flag('s', 'dotAll'),
  flag('u', 'unicode'),
  flag('v', 'unicodeSets'),
  flag('y', 'sticky'),
];

export function writeRegExp(e: Encoder, expression: RegExp): void {
  const index = Object.getOwnPropertyDescriptor(expression, 'lastIndex')!;
  const plain = typeof index.value === 'number' && index.writable === true;
  addLeaf(e, expression, !plain || !isBare(expression, RegExp.prototype, 1), RegExp.prototype);
  e.out.reserve(16);
  e.out.byte(F.RARE);
  e.out.byte(F.RARE_REGEXP);
  writeString(e, sourceOf(expression));
  // The `flags` getter would ask the object; the getters of the single flags read the internal slot.
  let flags = '';
  for (const [letter, isSet] of FLAGS) if (isSet(expression)) flags += letter;
  e.out.reserve(16);
  writeString(e, flags);
  e.out.reserve(16);
  writeNumber(e.out, plain ? (index.value as number) : 0);
}

export function writeBoxed(e: Encoder, boxed: object): void {
  const { out } = e;
  const names = types.isStringObject(boxed) ? stringOf(boxed).length + 1 : 0;
  const prototype = boxedPrototype(boxed);
  addLeaf(e, boxed, !isBare(boxed, prototype, names), prototype);
  out.reserve(32);
  out.byte(F.RARE);
  out.byte(F.RARE_BOXED);
  if (types.isNumberObject(boxed)) writeNumber(out, numberOf(boxed));
  else if (types.isStringObject(boxed)) writeString(e, stringOf(boxed));
  else if (types.isBooleanObject(boxed)) out.byte(booleanOf(boxed) ? F.TRUE : F.FALSE);
  else if (types.isBigIntObject(boxed)) writeBigInt(out, bigIntOf(boxed));
  else writeSymbol(e, symbolOf(boxed));
}

function boxedPrototype(boxed: object): object {
  if (types.isNumberObject(boxed)) return Number.prototype;
  if (types.isStringObject(boxed)) return String.prototype;
  if (types.isBooleanObject(boxed)) return Boolean.prototype;
  if (types.isBigIntObject(boxed)) return BigInt.prototype;
  return Symbol.prototype;
}

/** The extras block of an object that was written in one go. Properties that are part of the content are left out. */
export function writeLeafExtras(e: Encoder, value: object, defaultPrototype: object): void {
  writeExtras(e, value, defaultPrototype, leafKeys(value));
}

function leafKeys(value: object): PropertyKey[] {
  const keys = Reflect.ownKeys(value);
  if (types.isStringObject(value)) return keys.slice(stringOf(value).length + 1);
  if (ArrayBuffer.isView(value) && !types.isDataView(value)) {
    return keys.filter((key) => typeof key === 'symbol' || !isIndex(key as string));
  }
  if (types.isRegExp(value)) {
    const index = Object.getOwnPropertyDescriptor(value, 'lastIndex')!;
    const frozen = integrity(value) === F.EXTRA_FROZEN;
    const plain = typeof index.value === 'number' && (index.writable === true || frozen);
    return plain ? keys.filter((key) => key !== 'lastIndex') : keys;
  }
  if (types.isArgumentsObject(value)) {
    // `callee` is the same for all; a fresh one has the other two.
    const rest = keys.filter((key) => key !== 'callee');
    for (const key of ['length', Symbol.iterator]) if (!Object.hasOwn(value, key)) rest.push(key);
    return rest;
  }
  return keys;
}

/** A canonical numeric string that can be an element of a typed array. */
function isIndex(key: string): boolean {
  return String(Number(key)) === key && Number.isInteger(Number(key)) && Number(key) >= 0;
}
