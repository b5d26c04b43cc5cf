/** Parts of closures: taken from their owner once it has been made. */
import * as F from '../format.ts';
import { malformed } from '../snapshot-error.ts';
import type { Decoder } from './decoder.ts';
import { Pending } from './pending.ts';

/** What a part waits for. */
export interface PartBody {
  readonly name: string;
  readonly owner: unknown;
}

/** `kind`: BODY_NONE for a part as it was made, BODY_EXTRAS for one that was changed. */
export function readPart(d: Decoder, kind: number): unknown {
  const isAsMade = kind === F.BODY_NONE;
  const pending = d.addPending(isAsMade ? F.BODY_PART_AS_MADE : F.BODY_PART, undefined);
  const name = d.string();
  const owner = d.nested();
  // Only what this decode makes may be changed by the body that follows.
  if (!isAsMade && !Pending.is(owner)) throw malformed('changes of something that exists already');
  d.payloads[pending.index] = { name, owner } satisfies PartBody;
  d.last = pending.index;
  return pending;
}

export function makePart(d: Decoder, index: number): void {
  const { name, owner } = d.payloads[index] as PartBody;
  const resolved: unknown = d.resolve(owner);
  const isOwner = (typeof resolved === 'object' && resolved !== null) || typeof resolved === 'function';
  const part = isOwner ? d.context.findPart?.(resolved, name) : undefined;
  if (part === undefined) throw malformed(`a part of a function that does not exist (${name})`);
  d.objects[index] = part;
}
