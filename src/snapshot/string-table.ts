/**
 * Numbers the strings of one snapshot in the order in which they are written.
 *
 * 1. `texts[i]` was given the number `numbers[i]`, for every i below `count`; strings that will not be looked for again have a number,
 *    but no entry.
 * 2. Up to LINEAR entries there is no index: comparing a few strings is faster than building one.
 */
const LINEAR = 32;

export class StringTable {
  /** The number of the next new string. */
  next = 0;
  private texts: string[] = [];
  private numbers: number[] = [];
  private count = 0;
  private index: Map<string, number> | undefined = undefined;

  /** The number of `text`, or -1. */
  find(text: string): number {
    if (this.index !== undefined) return this.index.get(text) ?? -1;
    const { texts } = this;
    for (let at = 0; at < this.count; at++) if (texts[at] === text) return this.numbers[at]!;
    return -1;
  }

  /** Numbers a string that `find` does not know. */
  add(text: string): void {
    const number = this.next++;
    if (this.index !== undefined) {
      this.index.set(text, number);
      return;
    }
    this.texts[this.count] = text;
    this.numbers[this.count] = number;
    if (++this.count > LINEAR) this.buildIndex();
  }

  private buildIndex(): void {
    this.index = new Map();
    for (let at = 0; at < this.count; at++) this.index.set(this.texts[at]!, this.numbers[at]!);
  }

  /** Forgets everything. */
  clear(): void {
    this.texts.fill('', 0, this.count);
    this.next = 0;
    this.count = 0;
    this.index = undefined;
  }
}
