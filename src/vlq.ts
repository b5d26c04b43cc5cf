/** Whole numbers as text, small ones short: base 64 VLQ, as source maps (ECMA-426) have it. */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map(Array.from(DIGITS, (digit, value) => [digit.charCodeAt(0), value]));

/** `value` from -2^30 to 2^30. */
export function vlq(value: number): string {
  let rest = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const digit = rest & 31;
    rest >>>= 5;
    text += DIGITS[rest > 0 ? digit | 32 : digit];
  } while (rest > 0);
  return text;
}

/** The numbers that `text` is made of, one after the other. */
export class VlqReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws RangeError at the end of the text and at a character that is none of it */
  next(): number {
    let value = 0;
    for (let shift = 0; ; shift += 5) {
      const digit = VALUES.get(this.#text.charCodeAt(this.#at++));
      if (digit === undefined) throw new RangeError(`No number ends at ${this.#at} of the text.`);
      value |= (digit & 31) << shift;
      if (digit < 32) return value & 1 ? -(value >>> 1) : value >>> 1;
    }
  }
}
