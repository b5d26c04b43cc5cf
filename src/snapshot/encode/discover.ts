/** What an object is, when it is met for the first time and is no record. */
import { types } from 'node:util';
import * as F from '../format.ts';
import { INTRINSIC_NUMBERS } from '../intrinsics.ts';
import { nodeErrorPrototype } from '../node-errors.ts';
import { inherits } from '../prototype-chain.ts';
import { writeArrayBuffer, writeView } from './binary-data.ts';
import { writeBoxed, writeDate, writeRegExp } from './leaf-objects.ts';
import type { Encoder } from './encoder.ts';
import { writeArguments, writeDomException, writeError } from './errors.ts';
import { closureOfPrototype } from './functions.ts';
import { writeInstance } from './instances.ts';
import { hostTypeOf } from '../host-types/lookup.ts';
import { writeHost, writeProxy } from './hosts.ts';
import { hostKind, unsupportedBrand } from './host-objects.ts';
import { writePart } from './parts.ts';
import { writeIntrinsic, writeReference } from './references.ts';
import { refuse } from './refuse.ts';
import { writeUrl, writeUrlParams } from './urls.ts';
import { writeUser } from './user-types.ts';

/** Objects of the most frequent built-in classes, by prototype. The prototype proves nothing: the kind of object is checked, too. */
function writeFamily(e: Encoder, value: object, prototype: object): boolean {
  if (prototype === Array.prototype)
    return Array.isArray(value) && writeTagged(e, value, F.ARRAY, F.BODY_ARRAY);
  if (prototype === Date.prototype) return types.isDate(value) && writeDate(e, value);
  if (prototype === Map.prototype) return types.isMap(value) && writeTagged(e, value, F.MAP, F.BODY_MAP);
  return prototype === Set.prototype && types.isSet(value) && writeTagged(e, value, F.SET, F.BODY_SET);
}

function writeTagged(e: Encoder, value: object, tag: number, body: number): true {
  e.out.byte(tag);
  e.add(value, body, undefined);
  return true;
}

export function discover(e: Encoder, value: object, prototype: object | null, proxy: boolean): void {
  const { context } = e;
  const name = context.referenceOf(value);
  if (name !== undefined) writeReference(e, value, name);
  else if (proxy) writeProxy(e, value);
  else if (prototype === Object.prototype && isPlain(value)) writePlain(e, value);
  else if (prototype !== null && writeFamily(e, value, prototype)) return;
  else if (INTRINSIC_NUMBERS.has(value)) writeIntrinsic(e, value);
  else if (prototype === null || INTRINSIC_NUMBERS.has(prototype) || !writeByClass(e, value, prototype)) {
    writeByBrand(e, value, prototype);
  }
}

function writePlain(e: Encoder, value: object): void {
  if (Object.hasOwn(value, 'constructor')) {
    if (INTRINSIC_NUMBERS.has(value)) {
      writeIntrinsic(e, value);
      return;
    }
    if (writePrototype(e, value)) return;
  }
  e.out.byte(F.OBJECT);
  e.add(value, F.BODY_OBJECT, undefined);
}

/** The prototype object of a function or class. */
function writePrototype(e: Encoder, value: object): boolean {
  if (writePart(e, value)) return true;
  const fn = closureOfPrototype(e, value);
  if (fn === undefined) return false;
  writePrototypeOf(e, value, fn);
  return true;
}

function writePrototypeOf(e: Encoder, value: object, fn: Function): void {
  e.out.byte(F.RARE);
  e.out.byte(F.RARE_PROTOTYPE_OF);
  const index = e.add(value, F.BODY_PROTOTYPE, fn);
  e.value(fn);
  (e.needs ??= []).push(index, e.last);
  e.last = index;
}

/**
 * No object of a built-in class in disguise. `Object.prototype.toString` would be quicker, but looks up Symbol.toStringTag,
 * which may be a getter. An object with own keys is only checked for what has own keys by nature.
 */
function isPlain(value: object): boolean {
  if (types.isNativeError(value) || types.isArgumentsObject(value) || Array.isArray(value)) return false;
  if (ArrayBuffer.isView(value)) return false;
  for (const _key in value) return true;
  return brandOf(value) === 'object';
}

function writeByClass(e: Encoder, value: object, prototype: object): boolean {
  // The prototype object of a derived class looks like an instance of its base.
  if (Object.hasOwn(value, 'constructor') && writePrototype(e, value)) return true;
  const record = e.context.recordOf?.(value);
  if (record !== undefined) {
    e.out.byte(F.RECORD);
    e.out.byte(record.tag);
    e.add(value, F.BODY_RECORD, record);
    return true;
  }
  const user = e.context.userTypeOf(prototype);
  if (user !== undefined) {
    writeUser(e, value, user);
    return true;
  }
  const instance = e.context.instanceTypeOf(prototype);
  return instance !== undefined && writeInstance(e, value, prototype, instance);
}

type Brand =
  | 'array'
  | 'map'
  | 'set'
  | 'date'
  | 'error'
  | 'regexp'
  | 'buffer'
  | 'view'
  | 'boxed'
  | 'arguments'
  | 'object'
  | 'other';

function brandOf(value: object): Brand {
  if (Array.isArray(value)) return 'array';
  if (types.isMap(value)) return 'map';
  if (types.isSet(value)) return 'set';
  if (types.isDate(value)) return 'date';
  if (types.isNativeError(value)) return 'error';
  if (types.isRegExp(value)) return 'regexp';
  if (types.isArrayBuffer(value)) return 'buffer';
  if (ArrayBuffer.isView(value)) return 'view';
  if (types.isBoxedPrimitive(value)) return 'boxed';
  if (types.isArgumentsObject(value)) return 'arguments';
  return unsupportedBrand(value) === undefined ? 'object' : 'other';
}

function writeByBrand(e: Encoder, value: object, prototype: object | null): void {
  const { out } = e;
  const brand = brandOf(value);
  if (brand === 'object' || brand === 'other') {
    const type = hostTypeOf(e.context, value, prototype);
    if (type !== undefined) {
      writeHost(e, value, type);
      return;
    }
  }
  if (brand !== 'object' && brand !== 'other') {
    // Errors of libraries may pass when their class can be found again: fields that JavaScript cannot see are rare in them.
    const known = brand === 'error' && prototype !== null && e.context.referenceOf(prototype) !== undefined;
    const host = known ? undefined : hostKind(e.context, value, prototype);
    if (host !== undefined) throw refuse(e, value, host.what, { fix: host.fix });
  }
  switch (brand) {
    case 'array':
      out.byte(F.ARRAY);
      e.add(value, F.BODY_ARRAY, undefined);
      return;
    case 'map':
      out.byte(F.MAP);
      e.add(value, F.BODY_MAP, undefined);
      return;
    case 'set':
      out.byte(F.SET);
      e.add(value, F.BODY_SET, undefined);
      return;
    case 'date':
      writeDate(e, value as Date);
      return;
    case 'error':
      if (inherits(prototype, DOMException.prototype)) writeDomException(e, value as DOMException);
      else writeError(e, value as Error, prototype);
      return;
    case 'regexp':
      writeRegExp(e, value as RegExp);
      return;
    case 'buffer':
      writeArrayBuffer(e, value as ArrayBuffer);
      return;
    case 'view':
      writeView(e, value as ArrayBufferView);
      return;
    case 'boxed':
      writeBoxed(e, value);
      return;
    case 'arguments':
      writeArguments(e, value);
      return;
    case 'object':
      writeOrdinary(e, value, prototype);
      return;
    case 'other':
      throw refuse(e, value, `a ${unsupportedBrand(value)}`);
  }
}

/** An ordinary object of a prototype that is no class known to the context. */
function writeOrdinary(e: Encoder, value: object, prototype: object | null): void {
  if (inherits(prototype, URL.prototype) && writeUrl(e, value as URL)) return;
  if (inherits(prototype, URLSearchParams.prototype) && writeUrlParams(e, value as URLSearchParams)) return;
  if (Object.hasOwn(value, 'constructor')) {
    if (writePrototype(e, value)) return;
    const standard = nodeErrorPrototype(value);
    if (standard !== undefined) {
      writeIntrinsic(e, value, standard);
      return;
    }
  }
  if (writePart(e, value)) return;
  const host = hostKind(e.context, value, prototype);
  if (host !== undefined) throw refuse(e, value, host.what, { fix: host.fix });
  e.out.byte(F.OBJECT);
  e.add(value, F.BODY_OBJECT, undefined);
}
