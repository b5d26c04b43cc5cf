/** Objects found again by name, symbols, and instances of registered classes. */
import * as F from '../format.ts';
import { INTRINSICS, WELL_KNOWN_SYMBOLS } from '../intrinsics.ts';
import { malformed, SnapshotCode, SnapshotError } from '../snapshot-error.ts';
import type { Decoder } from './decoder.ts';

export function readReference(d: Decoder): unknown {
  const name = d.string();
  const value: unknown = d.context.resolveReference(name);
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
    throw malformed(`the name ${JSON.stringify(name)} stands for no object`);
  }
  return d.add(value, F.BODY_NONE, undefined);
}

export function readIntrinsic(d: Decoder): unknown {
  const value = INTRINSICS[d.in.byte()];
  if (value === undefined) throw malformed('an unknown built-in');
  return d.add(value, F.BODY_NONE, undefined);
}

export function readWellKnownSymbol(d: Decoder): symbol {
  const symbol = WELL_KNOWN_SYMBOLS[d.in.byte()];
  if (symbol === undefined) throw malformed('an unknown symbol');
  return symbol;
}

export function readNamedSymbol(d: Decoder): symbol {
  const name = d.string();
  const symbol = d.context.resolveReference(name);
  if (typeof symbol !== 'symbol') throw malformed(`the name ${JSON.stringify(name)} stands for no symbol`);
  return symbol;
}

export function readUser(d: Decoder): unknown {
  const name = d.string();
  const type = d.context.userTypeNamed(name);
  if (type === undefined) {
    throw new SnapshotError(
      SnapshotCode.unknownUserType,
      `The snapshot holds an instance of ${JSON.stringify(name)}, and no class is registered under that name`,
      {
        fix: `Call serializable(Class, { name: ${JSON.stringify(name)}, ... }) before instances are restored.`,
      },
    );
  }
  d.hasUserTypes = true;
  return d.addPending(F.BODY_USER, type);
}
