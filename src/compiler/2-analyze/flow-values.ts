/**
 * What may be where: places (variables, properties, results) and the functions and objects that may get there. Objects are told
 * apart by the code that makes them.
 *
 * Owns the sets of all places. Invariants:
 * V1. A set only grows; every listener of a place is told every value of it once.
 * V2. There are as many values as functions, classes, literals and calls in the text, so it ends.
 */
import type { Node } from '../ast.ts';

/** News that places have not passed on yet. */
export class Work {
  readonly #news: (() => void)[] = [];

  add(news: () => void): void {
    this.#news.push(news);
  }

  /** Until nothing changes any more. */
  finish(): void {
    for (let news = this.#news.pop(); news; news = this.#news.pop()) news();
  }
}

/** Something that can hold a value. */
export class Place {
  readonly values = new Set<Value>();
  readonly #listeners: ((value: Value) => void)[] = [];
  readonly #targets = new Set<Place>();
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  add(value: Value): void {
    if (this.values.has(value)) return;
    this.values.add(value);
    // Those that come later hear of this value by themselves.
    const targets = [...this.#targets];
    const listeners = [...this.#listeners];
    if (targets.length + listeners.length === 0) return;
    this.#work.add(() => {
      for (const target of targets) target.add(value);
      for (const listener of listeners) listener(value);
    });
  }

  /** Whatever is here is there, too. */
  flowsTo(target: Place): void {
    if (target === this || this.#targets.has(target)) return;
    this.#targets.add(target);
    for (const value of this.values) target.add(value);
  }

  /** `listener` is told every value, also those that come later. */
  each(listener: (value: Value) => void): void {
    const known = [...this.values];
    this.#listeners.push(listener);
    for (const value of known) listener(value);
  }
}

/** A function, a class, the prototype object of one, or an object made by one piece of code. */
export class Value {
  /** Of a function or class. */
  readonly code: Node | undefined;
  /** Of a prototype object: the function or class that it belongs to. */
  readonly prototypeOf: Value | undefined;
  /** Made by native code: what it holds can come back from it in any way. */
  readonly isNative: boolean;
  /** Elements, and properties whose names are not known. */
  readonly elements: Place;
  /** What it inherits from. */
  readonly parents: Place;
  readonly #fields = new Map<string, Place>();
  readonly #reads = new Map<string, Place>();
  #all: Place | undefined;
  #prototype: Value | undefined;
  readonly #work: Work;

  constructor(
    work: Work,
    what: { readonly code?: Node; readonly isNative?: boolean; readonly prototypeOf?: Value } = {},
  ) {
    this.#work = work;
    this.code = what.code;
    this.isNative = what.isNative ?? false;
    this.prototypeOf = what.prototypeOf;
    this.elements = new Place(work);
    this.parents = new Place(work);
  }

  get prototype(): Value {
    return (this.#prototype ??= new Value(this.#work, { prototypeOf: this }));
  }

  /** The own property `name`, to write to. */
  field(name: string): Place {
    let place = this.#fields.get(name);
    if (place === undefined) {
      this.#fields.set(name, (place = new Place(this.#work)));
      if (this.#all) place.flowsTo(this.#all);
    }
    return place;
  }

  /** What reading the property `name` may give. */
  read(name: string): Place {
    let place = this.#reads.get(name);
    if (place !== undefined) return place;
    this.#reads.set(name, (place = new Place(this.#work)));
    const result = place;
    this.field(name).flowsTo(result);
    this.elements.flowsTo(result);
    if (this.isNative) result.add(this);
    this.parents.each((parent) => parent.read(name).flowsTo(result));
    return result;
  }

  /** What reading any property may give. */
  all(): Place {
    if (this.#all) return this.#all;
    const all = (this.#all = new Place(this.#work));
    for (const place of this.#fields.values()) place.flowsTo(all);
    this.elements.flowsTo(all);
    if (this.isNative) all.add(this);
    this.parents.each((parent) => parent.all().flowsTo(all));
    return all;
  }
}
