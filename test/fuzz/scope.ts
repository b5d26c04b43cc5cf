import type { Random } from './random.ts';

/** What a variable of a generated program holds: a number, `[n, n, n]`, `{ a, b }`, or a function of one number. */
export type Kind = 'number' | 'array' | 'object' | 'sync' | 'async';

export interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly constant: boolean;
}

/** Names that may be used at a place of the program, and what is allowed there. */
export class Scope {
  readonly random: Random;
  readonly variables: Variable[] = [];
  readonly parent: Scope | undefined;
  /** In an async function. */
  readonly async: boolean;
  /** In a method of an object `{ a, b }`. */
  readonly hasThis: boolean;
  /** What `break` and `continue` may name here; '' is the innermost. */
  readonly breaks: readonly string[];
  readonly continues: readonly string[];
  readonly depth: number;
  readonly #names: { next: number };

  constructor(random: Random, parent?: Scope, change: Partial<Scope> = {}) {
    this.random = random;
    this.parent = parent;
    this.async = change.async ?? parent?.async ?? true;
    this.hasThis = change.hasThis ?? parent?.hasThis ?? false;
    this.breaks = change.breaks ?? parent?.breaks ?? [];
    this.continues = change.continues ?? parent?.continues ?? [];
    this.depth = (parent?.depth ?? 0) + 1;
    this.#names = parent ? parent.#names : { next: 0 };
  }

  inner(change: Partial<Scope> = {}): Scope {
    return new Scope(this.random, this, change);
  }

  /** The scope of a function's body. */
  functionBody(async: boolean, hasThis: boolean): Scope {
    return this.inner({ async, hasThis, breaks: [], continues: [] });
  }

  fresh(prefix: string): string {
    // Now and then a name that generated code uses too, or that hides another variable.
    if (this.random.chance(4)) {
      const name = this.random.pick(['$frame', '$slots', '$at', '$t1', '$value', 'undefined1', 'x0', 'x1']);
      if (this.variables.every((variable) => variable.name !== name)) return name;
    }
    return `${prefix}${this.#names.next++}`;
  }

  declare(name: string, kind: Kind, constant = false): string {
    this.variables.push({ name, kind, constant });
    return name;
  }

  #outwards(): Scope[] {
    return this.parent ? [this, ...this.parent.#outwards()] : [this];
  }

  find(kind: Kind, writable = false): string | undefined {
    const seen = new Set<string>();
    const found: string[] = [];
    for (const scope of this.#outwards()) {
      for (const { name, kind: own, constant } of scope.variables) {
        if (own === kind && !(writable && constant) && !seen.has(name)) found.push(name);
      }
      for (const { name } of scope.variables) seen.add(name);
    }
    return found.length > 0 ? this.random.pick(found) : undefined;
  }
}
