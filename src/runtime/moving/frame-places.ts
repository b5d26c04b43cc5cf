/** Where what is suspended goes on in the new code. */
import type { Bundle, FunctionMetadata } from '../../bundle.ts';
import type { Realm } from '../realm.ts';
import { functionOf } from '../restoring.ts';
import type { FunctionMatches } from './match-functions.ts';
import { matchPoint } from './match-slots.ts';
import type { Refusals } from './refusals.ts';

export interface Versions {
  readonly from: Realm;
  readonly to: Realm;
  readonly matches: FunctionMatches;
  readonly refusals: Refusals;
}

export interface Place {
  /** Number of the function in the new code. */
  readonly id: number;
  /** Number of its suspension point. */
  readonly at: number;
  readonly slots: readonly unknown[];
}

/**
 * The place in the new code of what stands in function `id` of the old, at point `at`. Undefined: it has none, which has been noted.
 * @throws SnapshotError if the old code has no such place, or another number of variables there
 */
export function placeInNewCode(
  { from, to, matches, refusals }: Versions,
  id: unknown,
  at: unknown,
  slots: readonly unknown[],
): Place | undefined {
  // What the snapshot says is checked against the old code before any of it is believed.
  const { metadata, id: number } = functionOf(from, id, at, slots.length);
  const found = find({ from: from.bundle, to: to.bundle }, matches, metadata, number, at as number);
  if ('reason' in found) {
    refusals.addFunction(number, found.reason, 'frame', at as number);
    return undefined;
  }
  return { id: found.id, at: found.at, slots: found.indices.map((index) => slots[index]) };
}

function find(
  bundles: { readonly from: Bundle; readonly to: Bundle },
  matches: FunctionMatches,
  metadata: FunctionMetadata,
  id: number,
  at: number,
) {
  const match = matches.find(id);
  if ('reason' in match) return match;
  const target = bundles.to.functions[match.id]!;
  if (target.kind !== metadata.kind) return { reason: 'it is no such function any more' };
  const point = matchPoint(metadata, at, target, bundles);
  return 'reason' in point ? point : { id: match.id, at: point.at, indices: point.indices };
}
