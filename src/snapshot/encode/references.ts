/** Objects that are not saved but found again: by the context's name, or by their number among the built-ins. */
import * as F from '../format.ts';
import { INTRINSIC_NUMBERS } from '../intrinsics.ts';
import type { Encoder } from './encoder.ts';
import { writeString } from './strings.ts';

export function writeReference(e: Encoder, value: object, name: string): void {
  e.out.byte(F.REFERENCE);
  e.add(value, F.BODY_NONE, undefined);
  writeString(e, name);
}

/** `standard` must be one of INTRINSICS; `value` is it, or is taken for it. */
export function writeIntrinsic(e: Encoder, value: object, standard: object = value): void {
  e.out.byte(F.RARE);
  e.out.byte(F.RARE_INTRINSIC);
  e.out.byte(INTRINSIC_NUMBERS.get(standard)!);
  e.add(value, F.BODY_NONE, undefined);
}
