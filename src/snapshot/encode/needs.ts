/** Direct needs: what has to be made before something else can be. */
import * as F from '../format.ts';
import type { Encoder } from './encoder.ts';

const MADE: ReadonlySet<number> = new Set([
  F.BODY_CLOSURE,
  F.BODY_USER,
  F.BODY_PROTOTYPE,
  F.BODY_PART,
  F.BODY_PART_AS_MADE,
  F.BODY_INSTANCE_OF,
  F.BODY_HOST,
]);

/** Object `index` cannot be made before the object that was just written. */
export function noteNeed(e: Encoder, index: number): void {
  if (e.last >= 0 && MADE.has(e.kinds[e.last]!)) (e.needs ??= []).push(index, e.last);
}
