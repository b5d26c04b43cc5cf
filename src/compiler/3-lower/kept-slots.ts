/**
 * Live variables at a suspension point: put into the array that the function was resumed with when that has the right length, into a new
 * one otherwise. Nobody but the frame has that array, so a loop with an `await` or `yield` in it allocates one.
 */
import {
  array,
  assign,
  binary,
  conditional,
  element,
  type Expression,
  identifier,
  literal,
  member,
  sequence,
} from './builders.ts';

/** What the emitter knows of the function. */
export interface SlotLayouts {
  /** Name of the array that the resume function was given. */
  readonly given: string;
  /** The variables in the array at the start and at each suspension point. */
  readonly all: readonly (readonly string[])[];
  /** Variables that keep the value which the array had at the start. */
  readonly fixed: ReadonlySet<string>;
}

/** An array of `names`, of which there is at least one. */
export function keptSlots(names: readonly string[], { given, all, fixed }: SlotLayouts): Expression {
  const slots = identifier(given);
  const isSame = (other: readonly string[]): boolean => other.join() === names.join();
  // An array of this length has these variables, and those that never change are in their places.
  const isKnown = all.every((other) => other.length !== names.length || isSame(other));
  const stores = names.flatMap((name, index) =>
    isKnown && fixed.has(name) ? [] : [assign(element(slots, literal(index)), identifier(name))],
  );
  const kept = stores.length === 0 ? slots : sequence([...stores, slots]);
  if (all.every(isSame)) return kept;
  const fits = binary('===', member(slots, 'length'), literal(names.length));
  return conditional(fits, kept, array(names.map((name) => identifier(name))));
}
