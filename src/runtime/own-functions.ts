/**
 * The runtime's own function objects that authors can hold: resolve and reject functions, elements of Promise.all, thunks
 * of finally. Each kind has a number in snapshots, is made by a factory from its cells, and is stamped with both.
 */
import { stamp, type StampOwner } from './stamp.ts';

/** Numbers from here on belong to the functions of the bundle. */
export const FIRST_BUNDLE_CODE = 32;

const kinds: (OwnFunction | undefined)[] = [];

export class OwnFunction<Cells extends readonly unknown[] = any> implements StampOwner {
  readonly code: number;
  readonly #make: (...cells: Cells) => object;
  readonly #check: (cells: readonly unknown[]) => boolean;

  /** `code`: 1 to 31, never reused. `check`: whether cells from a snapshot can be right. */
  constructor(
    code: number,
    make: (...cells: Cells) => object,
    check: (cells: readonly unknown[]) => boolean,
  ) {
    this.code = code;
    this.#make = make;
    this.#check = check;
    kinds[code] = this;
  }

  make(...cells: Cells): any {
    return stamp(this.#make(...cells), this, cells);
  }

  /** From a snapshot; undefined if the cells cannot be right. */
  restore(cells: readonly unknown[]): object | undefined {
    return this.#check(cells) ? this.make(...(cells as Cells)) : undefined;
  }
}

export function ownFunction(code: number): OwnFunction | undefined {
  return kinds[code];
}
