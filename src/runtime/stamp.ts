/**
 * What a function object is made of, attached to it so that nobody but the runtime sees it: a private field put on
 * from outside by a constructor that returns its argument. Costs about as much as a property.
 */

/** Classes that extend it put their private fields onto any object. */
export class ReturnArgument {
  constructor(object: object) {
    // oxlint-disable-next-line no-constructor-return -- this is how the private fields below get onto `object`
    return object;
  }
}

/** `owner` says what kind of function it is: a function of a bundle, or one of the runtime's own. */
export interface StampOwner {
  /** Number in snapshots. */
  readonly code: number;
}

class Stamp extends ReturnArgument {
  readonly #owner: StampOwner;
  readonly #cells: readonly unknown[];

  constructor(object: object, owner: StampOwner, cells: readonly unknown[]) {
    super(object);
    this.#owner = owner;
    this.#cells = cells;
  }

  static owner(object: object): StampOwner | undefined {
    return #owner in object ? (object as Stamp).#owner : undefined;
  }

  static read(object: object): Made | undefined {
    return #owner in object
      ? { owner: (object as Stamp).#owner, cells: (object as Stamp).#cells }
      : undefined;
  }
}

/** Marks `fn` as made of `owner` and `cells`; returns it. Each function is stamped once, right after it was made. */
export function stamp<F extends object>(fn: F, owner: StampOwner, cells: readonly unknown[]): F {
  new Stamp(fn, owner, cells);
  return fn;
}

/** What `fn` was made of; undefined for a function of anybody else. */
export function stampOf(fn: object): Made | undefined {
  return Stamp.read(fn) ?? SourceStamp.read(fn)?.madeOf(fn);
}

/** Whose function `fn` is, unless it is one of a pair. */
export function stampOwner(fn: object): StampOwner | undefined {
  return Stamp.owner(fn);
}

export interface Made {
  readonly owner: StampOwner;
  readonly cells: readonly unknown[];
}

/** Knows what its functions are made of, so that they need no cells of their own. */
export interface StampSource {
  madeOf(fn: object): Made;
}

class SourceStamp extends ReturnArgument {
  readonly #source: StampSource;

  constructor(object: object, source: StampSource) {
    super(object);
    this.#source = source;
  }

  static read(object: object): StampSource | undefined {
    return #source in object ? (object as SourceStamp).#source : undefined;
  }
}

/** As `stamp`, for functions that come in pairs and share what they are made of. */
export function stampFrom(fn: object, source: StampSource): void {
  new SourceStamp(fn, source);
}
