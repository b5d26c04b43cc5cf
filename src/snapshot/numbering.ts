/**
 * Numbers objects in the order in which they are first met, and finds the number again.
 *
 * Owns the list of objects of one snapshot.
 * 1. `items[number]` is the object, for every number below `count`; beyond, `items` holds nothing.
 * 2. Up to LINEAR objects there is no index: comparing a few is faster than hashing one.
 */
const LINEAR = 32;
const KEEP = 4096;

export class Numbering {
  items: (object | undefined)[] = [];
  count = 0;
  private index: Map<object, number> | undefined = undefined;

  /** The number of `item`, or -1. */
  find(item: object): number {
    const index = this.index;
    if (index !== undefined) return index.get(item) ?? -1;
    const items = this.items;
    for (let number = 0; number < this.count; number++) if (items[number] === item) return number;
    return -1;
  }

  /** Numbers an object that `find` does not know. */
  add(item: object): number {
    const number = this.count++;
    this.items[number] = item;
    if (this.index !== undefined) this.index.set(item, number);
    else if (number >= LINEAR) this.buildIndex();
    return number;
  }

  private buildIndex(): void {
    this.index = new Map();
    for (let number = 0; number < this.count; number++) this.index.set(this.items[number]!, number);
  }

  /** Forgets everything, keeping a small list's memory. */
  clear(): void {
    if (this.count > KEEP) this.items = [];
    else this.items.fill(undefined, 0, this.count);
    this.count = 0;
    this.index = undefined;
  }
}
