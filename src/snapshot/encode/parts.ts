/** Parts of closures: found again in their owner; what the author changed about them is saved. */
import * as F from '../format.ts';
import type { Encoder } from './encoder.ts';
import { noteNeed } from './needs.ts';
import { writeExtras } from './properties.ts';
import { writeString } from './strings.ts';

/** Writes the tag of `object` if it is a part of a closure. */
export function writePart(e: Encoder, object: object): boolean {
  const part = e.context.partOf?.(object);
  if (part === undefined) return false;
  const fresh = e.context.freshOf?.(object);
  const isAsMade =
    fresh === undefined ||
    (Object.isExtensible(object) &&
      Object.getPrototypeOf(object) === fresh.prototype &&
      fresh.changes(object).length === 0);
  if (!isAsMade) e.out.byte(F.EXTENDED);
  e.out.byte(F.RARE);
  e.out.byte(F.RARE_PART);
  const index = e.add(object, isAsMade ? F.BODY_PART_AS_MADE : F.BODY_PART, undefined);
  writeString(e, part.name);
  e.value(part.owner);
  noteNeed(e, index);
  e.last = index;
  return true;
}

export function writePartBody(e: Encoder, object: object): void {
  const fresh = e.context.freshOf!(object)!;
  writeExtras(e, object, fresh.prototype, fresh.changes(object));
}
