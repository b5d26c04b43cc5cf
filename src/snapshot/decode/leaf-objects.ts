/** Objects whose content follows their tag. */
import * as F from '../format.ts';
import { ERROR_CONSTRUCTORS } from '../intrinsics.ts';
import { withoutStackTrace } from '../native-stack.ts';
import { malformed } from '../snapshot-error.ts';
import { readArrayBuffer, readView } from './binary-data.ts';
import type { Decoder } from './decoder.ts';
import { readPrototypeOf } from './functions.ts';
import { readHost } from './hosts.ts';
import { readInstanceOf } from './instances.ts';
import { readPart } from './parts.ts';
import { readIntrinsic, readNamedSymbol, readWellKnownSymbol } from './references.ts';

export function readDate(d: Decoder): Date {
  return new Date(d.number());
}

/** `kind`: the body that the object has. */
export function readRare(d: Decoder, tag: number, kind: number): unknown {
  switch (tag) {
    case F.RARE_REGEXP:
      return d.add(readRegExp(d), kind, undefined);
    case F.RARE_BOXED:
      return d.add(readBoxed(d), kind, undefined);
    case F.RARE_ARRAY_BUFFER:
      return d.add(readArrayBuffer(d), kind, undefined);
    case F.RARE_VIEW:
      return readView(d, kind);
    case F.RARE_URL:
      return d.add(new URL(d.string()), kind, undefined);
    case F.RARE_URL_PARAMS:
      return d.add(new URLSearchParams(d.string()), kind, undefined);
    case F.RARE_URL_PARAMS_OF:
      return readParamsOf(d, kind);
    case F.RARE_PART:
      return readPart(d, kind);
    default:
      if (kind === F.BODY_NONE) return readUnextendable(d, tag);
      throw malformed(`tag ${F.RARE}.${tag} cannot be extended`);
  }
}

function readUnextendable(d: Decoder, tag: number): unknown {
  switch (tag) {
    case F.RARE_SYMBOL_FOR:
      return Symbol.for(d.string());
    case F.RARE_SYMBOL_WELL_KNOWN:
      return readWellKnownSymbol(d);
    case F.RARE_SYMBOL_NAMED:
      return readNamedSymbol(d);
    case F.RARE_INTRINSIC:
      return readIntrinsic(d);
    case F.RARE_ARGUMENTS:
      return d.add(makeArguments(), F.BODY_EXTRAS, undefined);
    case F.RARE_DOM_EXCEPTION: {
      const message = d.string();
      const name = d.string();
      return d.add(
        withoutStackTrace(() => new DOMException(message, name)),
        F.BODY_EXTRAS,
        undefined,
      );
    }
    case F.RARE_PROTOTYPE_OF:
      return readPrototypeOf(d);
    case F.RARE_INSTANCE_OF:
      return readInstanceOf(d);
    case F.RARE_HOST:
      return readHost(d);
    default:
      throw malformed(`tag ${F.RARE}.${tag} has no meaning here`);
  }
}

function readRegExp(d: Decoder): RegExp {
  const source = d.string();
  const expression = new RegExp(source, d.string());
  expression.lastIndex = d.number();
  return expression;
}

function readBoxed(d: Decoder): object {
  const value = d.nested();
  if ((typeof value === 'object' && value !== null) || typeof value === 'function' || value == null) {
    throw malformed('a boxed value that is no primitive');
  }
  return Object(value) as object;
}

function readParamsOf(d: Decoder, kind: number): unknown {
  const index = d.objects.length;
  d.add(undefined, kind, undefined);
  const url = d.nested();
  if (!(url instanceof URL)) throw malformed('search parameters of something that is no URL');
  d.objects[index] = url.searchParams;
  return url.searchParams;
}

function makeArguments(..._values: unknown[]): object {
  return arguments;
}

/** An error with no properties of its own but `stack`. */
export function makeError(kind: number): Error {
  const constructor = ERROR_CONSTRUCTORS[kind];
  if (constructor === undefined) throw malformed('an unknown kind of error');
  const error = withoutStackTrace(() => new Error());
  if (kind > 0) Object.setPrototypeOf(error, constructor.prototype);
  return error;
}
