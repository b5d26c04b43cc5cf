/** What a place of a generated program can see and may do. */
import type { Random } from '../random.ts';

/**
 * What a variable holds. `number`: a primitive, mostly a number. `array`: some numbers. `object`: at least `{ a, b }`.
 * `sync`, `async`: a function of two numbers. `generator`, `asyncGenerator`: the same, giving numbers. `promise`: of a number.
 * `class`: its constructor takes two numbers. `closures`: an array of functions. `regexp`: a global one. `weak`: a WeakMap. `typed`: a
 * typed array.
 */
export type Kind =
  | 'number'
  | 'array'
  | 'object'
  | 'map'
  | 'set'
  | 'sync'
  | 'async'
  | 'generator'
  | 'asyncGenerator'
  | 'promise'
  | 'class'
  | 'instance'
  | 'closures'
  | 'iterator'
  | 'regexp'
  | 'weak'
  | 'typed';

export interface Method {
  /** As it is accessed: `.m`, `.#m`, `['m']`. */
  readonly access: string;
  readonly kind: 'sync' | 'async' | 'generator' | 'asyncGenerator';
}

/** What instances of a class have, or the class itself. */
export interface Members {
  /** Accesses that can be read and assigned. */
  readonly places: string[];
  readonly methods: Method[];
}

export interface ClassInfo {
  readonly name: string;
  readonly instance: Members;
  readonly own: Members;
  /** Private name that instances of the class have, for `#x in o`. */
  readonly brand: string | undefined;
  /** Instances can be iterated. */
  readonly isIterable: boolean;
}

export interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly constant: boolean;
  readonly info?: ClassInfo;
}

/** What `this` is. */
export interface Receiver extends Members {
  /** Methods and accessors of the parent class, as accesses on `super`. */
  readonly parent: Members | undefined;
  readonly brand?: string | undefined;
}

/** Language features that the compiler may lack. */
export interface Features {
  readonly generators: boolean;
  readonly localClasses: boolean;
}

/** What the scopes of one program share. */
export interface Shared {
  readonly random: Random;
  readonly features: Features;
  /** Goes down with every statement and expression; at 0 only leaves are made. */
  budget: number;
  next: number;
}

interface Context {
  readonly async: boolean;
  readonly generator: boolean;
  /** In a function that has `arguments` of its own, or in an arrow in one. */
  readonly hasArguments: boolean;
  readonly receiver: Receiver | undefined;
  /** What `break` and `continue` may name here; '' is the innermost. */
  readonly breaks: readonly string[];
  readonly continues: readonly string[];
  /** At the level of the program's main function: the only place for checkpoints, whose order among branches is not specified. */
  readonly isMain: boolean;
}

/** Names that generated code could use for itself, that hide something, or that need care. */
const AWKWARD = [
  '$frame',
  '$slots',
  '$at',
  '$t1',
  '$value',
  '$f1',
  'undefined1',
  'x0',
  'x1',
  'let1',
  'π',
  'then',
];

export class Scope {
  readonly shared: Shared;
  readonly parent: Scope | undefined;
  readonly context: Context;
  readonly depth: number;
  readonly variables: Variable[] = [];
  readonly #names = new Set<string>();

  constructor(shared: Shared, parent?: Scope, change: Partial<Context> = {}) {
    this.shared = shared;
    this.parent = parent;
    this.depth = (parent?.depth ?? 0) + 1;
    this.context = {
      async: false,
      generator: false,
      hasArguments: false,
      receiver: undefined,
      breaks: [],
      continues: [],
      isMain: false,
      ...parent?.context,
      ...change,
    };
  }

  get random(): Random {
    return this.shared.random;
  }

  get async(): boolean {
    return this.context.async;
  }

  /** Takes one piece of the budget; false when it is used up. */
  spend(): boolean {
    return --this.shared.budget > 0;
  }

  inner(change: Partial<Context> = {}): Scope {
    return new Scope(this.shared, this, change);
  }

  functionBody(change: Partial<Context>): Scope {
    return this.inner({
      async: false,
      generator: false,
      breaks: [],
      continues: [],
      isMain: false,
      ...change,
    });
  }

  /** A name that no variable of this scope has or will have. */
  fresh(prefix: string): string {
    let name = this.random.chance(3) ? this.random.pick(AWKWARD) : '';
    while (name === '' || this.#names.has(name) || this.variables.some((variable) => variable.name === name))
      name = `${prefix}${this.shared.next++}`;
    this.#names.add(name);
    return name;
  }

  declare(name: string, kind: Kind, constant = false, info?: ClassInfo): string {
    this.variables.push({ name, kind, constant, ...(info ? { info } : {}) });
    return name;
  }

  #outwards(): Scope[] {
    return this.parent ? [this, ...this.parent.#outwards()] : [this];
  }

  /** A random variable of a kind that is visible here. */
  lookUp(kind: Kind, writable = false): Variable | undefined {
    const seen = new Set<string>();
    const found: Variable[] = [];
    for (const scope of this.#outwards()) {
      for (const variable of scope.variables) {
        if (variable.kind !== kind || (writable && variable.constant) || seen.has(variable.name)) continue;
        found.push(variable);
        // The nearest are the most interesting.
        if (scope === this) found.push(variable);
      }
      for (const { name } of scope.variables) seen.add(name);
    }
    return found.length > 0 ? this.random.pick(found) : undefined;
  }

  find(kind: Kind, writable = false): string | undefined {
    return this.lookUp(kind, writable)?.name;
  }
}

/** Tries productions until one applies; each gives undefined where it does not. */
export function choose(
  random: Random,
  productions: readonly (() => string | undefined)[],
): string | undefined {
  for (let attempt = 0; attempt < 5; attempt++) {
    const made = random.pick(productions)();
    if (made !== undefined) return made;
  }
  return undefined;
}
