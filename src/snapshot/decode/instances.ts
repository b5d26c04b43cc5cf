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

export function readInstanceBody(d: Decoder, index: number, target: object): void {
  const { type, base, record } = d.payloads[index] as InstanceBody;
  const privates = d.values(d.in.count());
  if (privates.length > 0) {
    d.late.push({
      index,
      run: () =>
        type.writePrivates(
          target,
          privates.map((field) => d.resolve(field) as unknown),
        ),
    });
  }
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
      d.late.push({
        index,
        run: () =>
          record!.write(
            target,
            fields.map((field) => d.resolve(field) as unknown),
          ),
      });
      readObjectBody(d, index, target, false);
      break;
    }
    default:
      readObjectBody(d, index, target, false);
  }
}
