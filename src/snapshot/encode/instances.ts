/** Instances of classes of durable modules: made again without running constructors, private fields included. */
import { types } from 'node:util';
import * as F from '../format.ts';
import type { InstanceType, RecordType } from '../snapshot-context.ts';
import { inherits } from '../prototype-chain.ts';
import { hostTypeOf } from '../host-types/lookup.ts';
import { writeArrayBody } from './arrays.ts';
import { writeMapBody, writeSetBody } from './collections.ts';
import type { Encoder } from './encoder.ts';
import { hostKind } from './host-objects.ts';
import { noteNeed } from './needs.ts';
import { writePart } from './parts.ts';
import { writeAllExtras, writeObjectBody } from './properties.ts';
import { refuse } from './refuse.ts';
import { writeString } from './strings.ts';

/** What an instance is apart from its class: an ordinary object, or what its built-in base class makes of it. */
export interface InstanceBody {
  readonly type: InstanceType;
  readonly prototype: object;
  /** Tag of the base: OBJECT, ARRAY, MAP, SET, ERROR, DATE or RECORD. */
  readonly base: number;
  readonly record: RecordType | undefined;
}

/**
 * Writes the tag of an instance. False if its base needs arguments to be made (a RegExp, say) and there are no private fields: then it
 * is saved as that built-in with another prototype.
 */
export function writeInstance(e: Encoder, value: object, prototype: object, type: InstanceType): boolean {
  const record = recordBase(e, prototype);
  const base = record === undefined ? baseOf(e, value, prototype) : F.RECORD;
  const name = e.context.referenceOf(prototype);
  if (base === undefined) {
    if (type.readPrivates(value).length === 0) return false;
    throw refuse(
      e,
      value,
      'an instance with private fields of a class that extends a built-in class of fixed content',
      { fix: 'Use ordinary instead of private fields.' },
    );
  }
  if (name === undefined) e.out.byte(F.RARE);
  e.out.byte(name === undefined ? F.RARE_INSTANCE_OF : F.INSTANCE);
  e.out.byte(base);
  if (record !== undefined) e.out.byte(record.tag);
  const body = { type, prototype, base, record } satisfies InstanceBody;
  const index = e.add(value, name === undefined ? F.BODY_INSTANCE_OF : F.BODY_INSTANCE, body);
  if (name === undefined) {
    // Of a class that extends Promise it would be taken for a promise.
    if (e.objects.find(prototype) >= 0 || !writePart(e, prototype)) e.value(prototype);
    noteNeed(e, index);
    e.last = index;
  } else writeString(e, name);
  return true;
}

function recordBase(e: Encoder, prototype: object): RecordType | undefined {
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const record = e.records.get(at);
    if (record !== undefined) return record;
    if (types.isProxy(at)) return undefined;
  }
  return undefined;
}

function baseOf(e: Encoder, value: object, prototype: object): number | undefined {
  if (Array.isArray(value)) return F.ARRAY;
  if (types.isMap(value)) return F.MAP;
  if (types.isSet(value)) return F.SET;
  if (types.isNativeError(value)) return inherits(prototype, DOMException.prototype) ? undefined : F.ERROR;
  if (types.isDate(value)) return F.DATE;
  if (
    types.isRegExp(value) ||
    types.isAnyArrayBuffer(value) ||
    ArrayBuffer.isView(value) ||
    types.isBoxedPrimitive(value)
  ) {
    return undefined;
  }
  // Most classes have no base.
  if (Object.getPrototypeOf(prototype) === Object.prototype) return F.OBJECT;
  if (hostTypeOf(e.context, value, prototype) !== undefined) return undefined;
  if (inherits(prototype, URL.prototype) || inherits(prototype, URLSearchParams.prototype)) return undefined;
  refuseForeignBase(e, value, prototype);
  return F.OBJECT;
}

/** What a class of the platform or of a package keeps in its instances may be more than their properties. */
function refuseForeignBase(e: Encoder, value: object, prototype: object): void {
  let at: object | null = prototype;
  while (at !== null && !types.isProxy(at) && e.context.instanceTypeOf(at) !== undefined)
    at = Object.getPrototypeOf(at) as object | null;
  const host = at === null || at === Object.prototype ? undefined : hostKind(e.context, value, at);
  if (host === undefined) return;
  throw refuse(e, value, `${host.what}, which extends a class that is no part of the script`, {
    fix: host.fix,
  });
}

/** Private fields, then the body of the base. */
export function writeInstanceBody(e: Encoder, value: object, body: InstanceBody): void {
  const { type, prototype, base } = body;
  const privates = type.readPrivates(value);
  e.out.reserve(16);
  e.out.varint(privates.length);
  for (const field of privates) e.value(field);
  switch (base) {
    case F.ARRAY:
      writeArrayBody(e, value as unknown[], prototype);
      break;
    case F.MAP:
      writeMapBody(e, value as Map<unknown, unknown>, prototype);
      break;
    case F.SET:
      writeSetBody(e, value as Set<unknown>, prototype);
      break;
    case F.ERROR:
      writeAllExtras(e, value, prototype);
      break;
    case F.DATE:
      e.value(Date.prototype.getTime.call(value));
      writeObjectBody(e, value, prototype);
      break;
    case F.RECORD: {
      const fields = body.record!.read(value);
      e.out.reserve(16);
      e.out.varint(fields.length);
      for (const field of fields) e.value(field);
      writeObjectBody(e, value, prototype);
      break;
    }
    default:
      writeObjectBody(e, value, prototype);
  }
}
