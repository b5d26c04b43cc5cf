/** Instances of classes of durable modules. */
import { types } from 'node:util';
import * as F from '../format.ts';
import type { InstanceType, RecordType } from '../snapshot-context.ts';
import { malformed } from '../snapshot-error.ts';
import { readArrayBody } from './arrays.ts';
import { readMapBody, readSetBody } from './collections.ts';
import type { Decoder } from './decoder.ts';
import { readExtras, readObjectBody } from './properties.ts';

interface InstanceBody {
  readonly type: InstanceType;
  readonly base: number;
  readonly record: RecordType | undefined;
}

export function readInstance(d: Decoder): unknown {
  const base = d.in.byte();
  const record = base === F.RECORD ? d.records[d.in.byte()] : undefined;
  if (base === F.RECORD && record === undefined) throw malformed('a record of an unknown type');
  const name = d.string();
  const prototype = d.context.resolveReference(name);
  const type = typeof prototype === 'symbol' ? undefined : d.context.instanceTypeOf(prototype);
  if (type === undefined) throw malformed(`${name} is no class with instances`);
  const shell = type.create();
  if (!fits(shell, base)) throw malformed(`an instance of ${name} is something else`);
  return d.add(shell, F.BODY_INSTANCE, { type, base, record } satisfies InstanceBody);
}

function fits(shell: object, base: number): boolean {
  switch (base) {
    case F.OBJECT:
    case F.RECORD:
      return true;
    case F.ARRAY:
      return Array.isArray(shell);
    case F.MAP:
      return types.isMap(shell);
    case F.SET:
      return types.isSet(shell);
    case F.ERROR:
      return types.isNativeError(shell);
    case F.DATE:
      return types.isDate(shell);
    default:
      return false;
  }
}

/** An instance of a class that is a closure: it can be made only when the class has been. */
export interface InstanceOfBody {
  readonly base: number;
  readonly record: RecordType | undefined;
  readonly prototype: unknown;
  type: InstanceType | undefined;
}

export function readInstanceOf(d: Decoder): unknown {
  const base = d.in.byte();
  const record = base === F.RECORD ? d.records[d.in.byte()] : undefined;
  if (base === F.RECORD && record === undefined) throw malformed('a record of an unknown type');
  const pending = d.addPending(F.BODY_INSTANCE_OF, undefined);
  const prototype = d.nested();
  d.payloads[pending.index] = { base, record, prototype, type: undefined } satisfies InstanceOfBody;
  d.last = pending.index;
  return pending;
}

export function makeInstanceOf(d: Decoder, index: number): void {
  const body = d.payloads[index] as InstanceOfBody;
  const prototype: unknown = d.resolve(body.prototype);
  const isObject = typeof prototype === 'object' && prototype !== null;
  body.type = isObject ? d.context.instanceTypeOf(prototype) : undefined;
  if (body.type === undefined) throw malformed('an instance of something that is no class');
  const made = body.type.create();
  if (!fits(made, body.base)) throw malformed('an instance of a class that is something else');
  d.objects[index] = made;
}

/** Its content is read into an object of the same kind, from which the instance gets it. */
export function readInstanceOfBody(d: Decoder, index: number): void {
  const body = d.payloads[index] as InstanceOfBody;
  const privates = d.values(d.in.count());
  const shell = shellOf(body.base);
  readContent(d, index, shell, body, () => d.objects[index] as object);
  d.late.push({
    index,
    run() {
      const made = d.objects[index] as object;
      moveContent(shell, made);
      if (privates.length > 0) writePrivates(d, body.type!, made, privates);
    },
  });
}

function shellOf(base: number): object {
  switch (base) {
    case F.ARRAY:
      return [];
    case F.MAP:
      return new Map();
    case F.SET:
      return new Set();
    case F.DATE:
      return new Date(NaN);
    default:
      return {};
  }
}

function moveContent(from: object, to: object): void {
  if (from instanceof Map)
    for (const [key, value] of from) Map.prototype.set.call(to as Map<unknown, unknown>, key, value);
  if (from instanceof Set) for (const value of from) Set.prototype.add.call(to as Set<unknown>, value);
  if (from instanceof Date) Date.prototype.setTime.call(to as Date, from.getTime());
  if (Array.isArray(from)) (to as unknown[]).length = from.length;
  for (const key of Reflect.ownKeys(from)) {
    if (key === 'length' && Array.isArray(from)) continue;
    Object.defineProperty(to, key, Object.getOwnPropertyDescriptor(from, key)!);
  }
}

function writePrivates(d: Decoder, type: InstanceType, target: object, privates: readonly unknown[]): void {
  type.writePrivates(
    target,
    privates.map((field) => d.resolve(field) as unknown),
  );
}

export function readInstanceBody(d: Decoder, index: number, target: object): void {
  const body = d.payloads[index] as InstanceBody;
  const privates = d.values(d.in.count());
  if (privates.length > 0) {
    d.late.push({ index, run: () => writePrivates(d, body.type, target, privates) });
  }
  readContent(d, index, target, body, () => target);
}

/** `made`: the instance itself, known at the end. */
function readContent(
  d: Decoder,
  index: number,
  target: object,
  { base, record }: { readonly base: number; readonly record: RecordType | undefined },
  made: () => object,
): void {
  switch (base) {
    case F.ARRAY:
      readArrayBody(d, index, target as unknown[]);
      break;
    case F.MAP:
      readMapBody(d, index, target as Map<unknown, unknown>);
      break;
    case F.SET:
      readSetBody(d, index, target as Set<unknown>);
      break;
    case F.ERROR:
      readExtras(d, index);
      break;
    case F.DATE:
      Date.prototype.setTime.call(target, d.number());
      readObjectBody(d, index, target, false);
      break;
    case F.RECORD: {
      const fields = d.values(d.in.count());
      const run = (): void =>
        record!.write(
          made(),
          fields.map((field) => d.resolve(field) as unknown),
        );
      d.late.push({ index, run });
      readObjectBody(d, index, target, false);
      break;
    }
    default:
      readObjectBody(d, index, target, false);
  }
}
