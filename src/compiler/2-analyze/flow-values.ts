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
  // Three lists instead of one of objects: there is news by the hundred thousand.
  readonly #places: Place[] = [];
  readonly #values: Value[] = [];
  readonly #listeners: number[] = [];
  #valueCount = 0;

  /** The number of the next value, from 0. */
  number(): number {
    return this.#valueCount++;
  }

  /** `value` is new at `place`, which had so many listeners. */
  add(place: Place, value: Value, listeners: number): void {
    this.#places.push(place);
    this.#values.push(value);
    this.#listeners.push(listeners);
  }

  /** Until nothing changes any more. */
  finish(): void {
    for (let place = this.#places.pop(); place; place = this.#places.pop())
      place.passOn(this.#values.pop()!, this.#listeners.pop()!);
  }
}

const WORD = 30;

/** Something that can hold a value. */
export class Place {
  readonly values: Value[] = [];
  /** Which values these are: bit `number % WORD` of word `number / WORD`. Most news is none, and this tells it fastest. */
  readonly #known: number[] = [];
  readonly #listeners: ((value: Value) => void)[] = [];
  readonly #targets = new Set<Place>();
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  has({ number }: Value): boolean {
    return ((this.#known[Math.trunc(number / WORD)] ?? 0) & (1 << (number % WORD))) !== 0;
  }

  add(value: Value): void {
    const word = Math.trunc(value.number / WORD);
    const bit = 1 << (value.number % WORD);
    const known = this.#known;
    // No holes: arrays with holes are slow.
    while (known.length <= word) known.push(0);
    if ((known[word]! & bit) !== 0) return;
    known[word]! |= bit;
    this.values.push(value);
    if (this.#targets.size + this.#listeners.length > 0) this.#work.add(this, value, this.#listeners.length);
  }

  /** Tells the first `count` listeners of a value: those that came later have heard of it by themselves. */
  passOn(value: Value, count: number): void {
    for (const target of this.#targets) target.add(value);
    for (let index = 0; index < count; index++) this.#listeners[index]!(value);
  }

  /** Whatever is here is there, too. */
  flowsTo(target: Place): void {
    if (target === this || this.#targets.has(target)) return;
    this.#targets.add(target);
    for (const value of this.values) target.add(value);
  }

  /** `listener` is told every value, also those that come later. */
  each(listener: (value: Value) => void): void {
    // What comes while it is told comes as news.
    const count = this.values.length;
    this.#listeners.push(listener);
    for (let index = 0; index < count; index++) listener(this.values[index]!);
  }
}

/** A function, a class, the prototype object of one, or an object made by one piece of code. */
export class Value {
  readonly number: number;
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
    this.number = work.number();
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
