/**
 * Says of a request number (key-hash.ts) that the store certainly has no instance of it, without a look at the store: nearly every
 * request is new, and asking the engine costs a hop to its thread and back.
 *
 * A Bloom filter in blocks of one cache line. Owns its bits, and how many numbers they stand for. Invariants:
 *
 * 1. `lacks` is never true of a number that a row in the tables has, or that was given to `add`. Before the first filling is over it
 *    is true of none.
 * 2. A filling reads what the tables hold; numbers that are added meanwhile go into the old bits and into the new ones.
 * 3. It takes about 1.3 bytes per number, and at most MOST_BYTES. With more numbers than fit well, `lacks` is false more often:
 *    it never becomes wrong.
 */
const WORDS_PER_BLOCK = 16;
const BITS_PER_NUMBER = 10;
const BITS_PER_BLOCK = 32 * WORDS_PER_BLOCK;
const PROBES = 6;
const FEWEST_NUMBERS = 50_000;
const MOST_BYTES = 64 * 2 ** 20;
const MOST_NUMBERS = (8 * MOST_BYTES) / BITS_PER_NUMBER;
/** Numbers read at once: commits wait meanwhile. */
const PAGE = 8192;

/** Where request numbers are read from. Each answer tells of all writes that were called before it was asked for. */
export interface RequestTables {
  /** About how many there are. */
  count(): Promise<number>;
  /** Of instances that run or failed. */
  live(): Promise<Float64Array>;
  /** Of results: the next ones after a number, ascending; fewer than `limit`: they are the last. */
  results(after: number, limit: number): Promise<Float64Array>;
}

export class RequestFilter {
  #bits: RequestBits | undefined;
  #filling: RequestBits | undefined;
  #isBusy = false;
  /** Numbers whose rows went, since the last filling. */
  #gone = 0;

  lacks(number: number): boolean {
    return this.#bits?.lacks(number) === true;
  }

  add(number: number): void {
    this.#bits?.add(number);
    this.#filling?.add(number);
  }

  /** `count` rows with request numbers were removed. Their bits stay until the next filling. */
  removed(count: number): void {
    this.#gone += count;
  }

  /** A filling has to begin: there are no bits yet, too many numbers for them, or too many that nobody has any more. */
  get isDue(): boolean {
    if (this.#isBusy) return false;
    const bits = this.#bits;
    if (bits === undefined) return true;
    const isCrowded = bits.count > bits.capacity && bits.capacity < MOST_NUMBERS;
    return isCrowded || (this.#gone > bits.count / 2 && this.#gone > FEWEST_NUMBERS);
  }

  /** Reads all request numbers of the tables. If they cannot be read the old bits stay, and it is not tried again. Never rejects. */
  async fill(tables: RequestTables): Promise<void> {
    this.#isBusy = true;
    try {
      const expected = await tables.count();
      this.#gone = 0;
      const filling = (this.#filling = new RequestBits(Math.max(FEWEST_NUMBERS, 2 * expected)));
      for (const number of await tables.live()) filling.add(number);
      for (let after = 0; ;) {
        const page = await tables.results(after, PAGE);
        for (const number of page) filling.add(number);
        if (page.length < PAGE) break;
        after = page[page.length - 1]!;
      }
      this.#bits = filling;
      this.#isBusy = false;
    } catch {
      // Whoever asks the store next hears of it.
    } finally {
      this.#filling = undefined;
    }
  }
}

class RequestBits {
  readonly #words: Uint32Array;
  readonly #lastBlock: number;
  /** So many numbers fit well. */
  readonly capacity: number;
  /** Numbers added, but for those that look like others. */
  count = 0;

  constructor(numbers: number) {
    const blocks = Math.min((numbers * BITS_PER_NUMBER) / BITS_PER_BLOCK, MOST_BYTES / (4 * WORDS_PER_BLOCK));
    const rounded = 2 ** Math.ceil(Math.log2(blocks));
    this.#words = new Uint32Array(rounded * WORDS_PER_BLOCK);
    this.#lastBlock = rounded - 1;
    this.capacity = (rounded * BITS_PER_BLOCK) / BITS_PER_NUMBER;
  }

  add(number: number): void {
    const words = this.#words;
    const block = this.#blockOf(number);
    let probe = firstProbe(number);
    const step = (probe >>> 9) | 1;
    let isNew = false;
    for (let count = 0; count < PROBES; count++) {
      const at = block + ((probe >>> 5) & (WORDS_PER_BLOCK - 1));
      const bit = 1 << (probe & 31);
      if ((words[at]! & bit) === 0) {
        words[at]! |= bit;
        isNew = true;
      }
      probe = (probe + step) | 0;
    }
    if (isNew) this.count++;
  }

  lacks(number: number): boolean {
    const words = this.#words;
    const block = this.#blockOf(number);
    let probe = firstProbe(number);
    const step = (probe >>> 9) | 1;
    for (let count = 0; count < PROBES; count++) {
      const at = block + ((probe >>> 5) & (WORDS_PER_BLOCK - 1));
      if ((words[at]! & (1 << (probe & 31))) === 0) return true;
      probe = (probe + step) | 0;
    }
    return false;
  }

  /** Index of its first word. */
  #blockOf(number: number): number {
    return ((number >>> 0) & this.#lastBlock) * WORDS_PER_BLOCK;
  }
}

/** 31 bits made of all 52, other than those that choose the block. */
function firstProbe(number: number): number {
  const high = Math.floor(number / 2 ** 32);
  let mixed = Math.imul((number >>> 0) ^ Math.imul(high + 1, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 1;
}
