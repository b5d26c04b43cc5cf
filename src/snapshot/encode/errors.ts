/** Errors and arguments objects: everything about them is in their own properties. */
import * as F from '../format.ts';
import { getterOf } from '../intrinsic-methods.ts';
import { ERROR_CONSTRUCTORS } from '../intrinsics.ts';
import type { Encoder } from './encoder.ts';
import { refuse } from './refuse.ts';
import { writeString } from './strings.ts';

/** Tag and kind of error: the nearest built-in class in its prototype chain. */
export function writeError(e: Encoder, error: Error, prototype: object | null): void {
  const kind = errorKind(prototype);
  e.out.byte(F.ERROR);
  e.out.byte(kind);
  e.add(error, F.BODY_EXTRAS, ERROR_CONSTRUCTORS[kind]!.prototype);
}

function errorKind(prototype: object | null): number {
  const kind = ERROR_CONSTRUCTORS.findIndex((constructor) => constructor.prototype === prototype);
  return kind < 0 ? 0 : kind;
}

const nameOf = getterOf<string>(DOMException.prototype, 'name');
const messageOf = getterOf<string>(DOMException.prototype, 'message');

export function writeDomException(e: Encoder, error: DOMException): void {
  const name = nameOf(error);
  const message = messageOf(error);
  e.out.byte(F.RARE);
  e.out.byte(F.RARE_DOM_EXCEPTION);
  e.add(error, F.BODY_EXTRAS, DOMException.prototype);
  writeString(e, message);
  e.out.reserve(16);
  writeString(e, name);
}

/** Only those of strict functions: a sloppy function's share their elements with its parameters. */
export function writeArguments(e: Encoder, value: object): void {
  const callee = Object.getOwnPropertyDescriptor(value, 'callee');
  if (callee === undefined || callee.get === undefined) {
    throw refuse(e, value, 'the arguments object of a function in sloppy mode', {
      fix: 'Use a rest parameter (...args) instead of arguments.',
    });
  }
  e.out.byte(F.RARE);
  e.out.byte(F.RARE_ARGUMENTS);
  e.add(value, F.BODY_EXTRAS, Object.prototype);
}
