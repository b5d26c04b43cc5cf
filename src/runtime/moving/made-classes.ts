/**
 * Classes that are made at run time, in the new code. Owns: which class of the old code each of them was. Invariants:
 *
 * 1. A class is made by the new code only if its base, fields, static elements and computed keys are the same: nothing of the author's is
 *    evaluated when it is made again, so nothing new could get a value.
 * 2. Its private static fields are put in the order of the new code.
 */
import type { RecordType } from '../../snapshot/index.ts';
import { madeClassOf, makeClassAgain, Statics } from '../made-class.ts';
import type { Versions } from './frame-places.ts';
import { matchCells } from './match-slots.ts';

export class MadeClasses {
  readonly #versions: Versions;
  /** Numbers in the old code, by the class of the new. */
  readonly #numbers = new WeakMap<object, number>();
  readonly #ofStatics = new WeakMap<Statics, number>();

  constructor(versions: Versions) {
    this.#versions = versions;
  }

  /** Class `id` of the old code, with its cells. Undefined: it cannot be made, which has been noted. */
  make(id: number, cells: readonly unknown[]): object | undefined {
    const { from, to, matches, refusals } = this.#versions;
    const refuse = (reason: string): undefined => {
      refusals.addFunction(id, reason, 'class');
      return undefined;
    };
    const match = matches.find(id);
    if ('reason' in match) return refuse(match.reason);
    const target = to.functions[match.id]!;
    const { metadata } = from.functions[id]!;
    if (!target.make) return refuse('it is made only once in the new code');
    if (metadata.identity?.shape !== target.metadata.identity?.shape)
      return refuse(
        'its base class, fields, static elements or computed keys are not the same in the new code',
      );
    const order = matchCells(metadata, target.metadata);
    if ('reason' in order) return refuse(order.reason);
    const statics = cells.at(-1);
    if (statics instanceof Statics) this.#ofStatics.set(statics, id);
    const value = makeClassAgain(
      target,
      order.indices.map((index) => cells[index]),
    );
    this.#numbers.set(value, id);
    return value;
  }

  /** Number in the old code of the class made at run time with this prototype object; undefined if it is no such class. */
  numberOf(prototype: object): number | undefined {
    const known = madeClassOf(prototype);
    return known && this.#numbers.get(known.value);
  }

  nameOf(value: object): string | undefined {
    const id = this.#numbers.get(value);
    return id === undefined ? undefined : this.#versions.from.bundle.functions[id]!.name;
  }

  /** The record of private static fields. */
  staticsType(type: RecordType): RecordType {
    return { ...type, write: (value: Statics, fields) => value.write(this.#inOrder(value, fields)) };
  }

  #inOrder(value: Statics, fields: readonly unknown[]): readonly unknown[] {
    const id = this.#ofStatics.get(value);
    if (id === undefined) return fields;
    const { from, to, matches } = this.#versions;
    const match = matches.find(id) as { readonly id: number };
    const old = from.bundle.functions[id]!.identity?.privateStatics ?? [];
    const now = to.bundle.functions[match.id]!.identity?.privateStatics ?? [];
    return now.map((name) => fields[old.indexOf(name)]);
  }
}
