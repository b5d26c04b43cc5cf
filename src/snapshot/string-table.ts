/**
 * Numbers the strings of one snapshot in the order in which they are written.
 *
 * 1. `texts[i]` was given the number `numbers[i]`, for every i below `count`; strings that will not be looked for again have a number,
 *    but no entry.
 * 2. `signatures[i]` is what `signature(texts[i])` gives: numbers are compared faster than strings.
 * 3. Up to LINEAR entries there is no index: comparing a few strings is faster than building one.
 */
const LINEAR = 32;

export class StringTable {
  /** The number of the next new string. */
  next = 0;
  private readonly texts: string[] = [];
  private readonly signatures = new Int32Array(LINEAR + 1);
  private readonly numbers: number[] = [];
  private count = 0;
  private index: Map<string, number> | undefined = undefined;

  /** The number of `text`, or -1 if it had none: then it has the next one now. */
  findOrAdd(text: string): number {
    if (this.index !== undefined) return this.findOrAddToIndex(this.index, text);
    const { texts, signatures, count } = this;
    const wanted = signature(text);
    for (let at = 0; at < count; at++)
      if (signatures[at] === wanted && texts[at] === text) return this.numbers[at]!;
    texts[count] = text;
    signatures[count] = wanted;
    this.numbers[count] = this.next++;
    if (++this.count > LINEAR) this.buildIndex();
    return -1;
  }

  private findOrAddToIndex(index: Map<string, number>, text: string): number {
    const known = index.get(text);
    if (known !== undefined) return known;
    index.set(text, this.next++);
    return -1;
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

/** Length, first and last unit: differs for most strings that differ. `text` is not empty. */
function signature(text: string): number {
  const { length } = text;
  return length | (text.charCodeAt(0) << 14) | (text.charCodeAt(length - 1) << 22);
}
