/**
 * Variables of the module level that may hold the same data, because the code that runs while the module is evaluated hands what one
 * holds to another: `const api = { list }`. What changes through one name has to be saved under all of them, or a restored instance would
 * have two copies.
 *
 * Invariants:
 * G1. Variables of a group are state together or not at all.
 * G2. What was handed to somebody who has no name here is state as soon as anything is.
 */
import type { Binding } from './model.ts';

export class AliasGroups {
  readonly #parent = new Map<Binding, Binding>();
  readonly #escaped = new Set<Binding>();

  constructor(variables: Iterable<Binding>) {
    for (const variable of variables) this.#parent.set(variable, variable);
  }

  /** What `from` holds is handed on, to be kept by `holders`; if there are none, by anybody. */
  escape(from: Binding, holders: readonly Binding[]): void {
    const known = holders.filter((holder) => this.#parent.has(holder));
    if (known.length === 0) this.#escaped.add(from);
    for (const holder of known) this.#parent.set(this.#root(from), this.#root(holder));
  }

  /** Adds to `state` whatever has to be in it. `hasOther`: there is state besides variables. */
  complete(state: Set<Binding>, hasOther: boolean): void {
    if (state.size > 0 || hasOther) for (const binding of this.#escaped) state.add(binding);
    const groups = new Set([...state].map((binding) => this.#root(binding)));
    for (const binding of this.#parent.keys()) if (groups.has(this.#root(binding))) state.add(binding);
  }

  #root(binding: Binding): Binding {
    let at = binding;
    for (let next = this.#parent.get(at); next !== undefined && next !== at; next = this.#parent.get(at))
      at = next;
    return at;
  }
}
