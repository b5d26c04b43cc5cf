/** Owns: how many operations shared a transaction, in buckets that double. No allocation per value. */
import type { GroupSizes } from './engine-messages.ts';

/** Groups of up to 2^15 operations have a bucket of their own; larger ones share the last. */
const DOUBLINGS = 15;

export class GroupSizeHistogram {
  readonly #buckets = new Float64Array(DOUBLINGS + 2);
  #count = 0;
  #sum = 0;

  /** @param size a whole number from 1 */
  record(size: number): void {
    this.#count++;
    this.#sum += size;
    const doubling = 32 - Math.clz32(size - 1);
    this.#buckets[Math.min(doubling, DOUBLINGS + 1)]!++;
  }

  read(): GroupSizes {
    let seen = 0;
    const atMost = Array.from(this.#buckets, (count) => (seen += count));
    return { count: this.#count, sum: this.#sum, atMost };
  }
}
