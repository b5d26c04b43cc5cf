/**
 * Numbers things in the order in which they are first met, and finds the number again.
 *
 * Owns the list of things of one snapshot.
 * 1. `items[number]` is the thing, for every number below `count`; beyond, `items` holds nothing.
 * 2. Up to LINEAR things there is no index: comparing a few is faster than hashing one.
 */
const LINEAR = 32;
const KEEP = 4096;

export class Numbering<T> {
  items: (T | undefined)[] = [];
  count = 0;
  private index: Map<T, number> | undefined = undefined;

  /** The number of `item`, or -1. */
  find(item: T): number {
    const index = this.index;
    if (index !== undefined) return index.get(item) ?? -1;
    const items = this.items;
    for (let number = 0; number < this.count; number++) if (items[number] === item) return number;
    return -1;
  }

  /** Numbers a thing that `find` does not know. */
  add(item: T): number {
    const number = this.count++;
    this.items[number] = item;
    if (this.index !== undefined) this.index.set(item, number);
    else if (number >= LINEAR) this.buildIndex();
    return number;
  }

  /** Uses up a number for something that will not be looked for. */
  skip(): void {
    this.items[this.count++] = undefined;
  }

  private buildIndex(): void {
    const index = new Map<T, number>();
    for (let number = 0; number < this.count; number++) {
      const item = this.items[number];
      if (item !== undefined) index.set(item, number);
    }
    this.index = index;
  }

  /** Forgets everything, keeping a small list's memory. */
  clear(): void {
    if (this.count > KEEP) this.items = [];
    else this.items.fill(undefined, 0, this.count);
    this.count = 0;
    this.index = undefined;
  }
}
