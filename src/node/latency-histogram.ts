/** A histogram of durations with buckets that grow by an eighth: exact counts, percentiles within 12.5 %. No allocation per value. */

/** Buckets per doubling. */
const STEPS = 8;
/** 1 microsecond to 18 minutes. */
const SMALLEST_MS = 0.001;
const DOUBLINGS = 30;

export class LatencyHistogram {
  readonly #buckets = new Float64Array(STEPS * DOUBLINGS + 1);
  #count = 0;
  #sum = 0;
  #largest = 0;

  get count(): number {
    return this.#count;
  }

  record(ms: number): void {
    this.#count++;
    this.#sum += ms;
    if (ms > this.#largest) this.#largest = ms;
    const step = ms <= SMALLEST_MS ? 0 : Math.ceil(Math.log2(ms / SMALLEST_MS) * STEPS);
    this.#buckets[Math.min(step, this.#buckets.length - 1)]!++;
  }

  /** Upper bound (ms) of what `share` (0 to 1) of the values do not exceed; 0 if there is none. */
  percentile(share: number): number {
    const wanted = share * this.#count;
    let seen = 0;
    for (let step = 0; step < this.#buckets.length; step++) {
      seen += this.#buckets[step]!;
      if (seen >= wanted && seen > 0) return Math.min(SMALLEST_MS * 2 ** (step / STEPS), this.#largest);
    }
    return this.#largest;
  }

  summary(): LatencySummary {
    const atMost: number[] = [];
    let seen = 0;
    for (let step = 0; step < this.#buckets.length; step++) {
      seen += this.#buckets[step]!;
      if (step % STEPS === 0) atMost.push(seen);
    }
    return {
      count: this.#count,
      sum: this.#sum,
      atMost,
      mean: this.#count === 0 ? 0 : this.#sum / this.#count,
      p50: this.percentile(0.5),
      p90: this.percentile(0.9),
      p99: this.percentile(0.99),
      max: this.#largest,
    };
  }
}

/** Upper bounds of `LatencySummary.atMost`, ms: 1 microsecond doubled again and again. */
export const LATENCY_BOUNDS_MS: readonly number[] = Array.from(
  { length: DOUBLINGS + 1 },
  (_, doubling) => SMALLEST_MS * 2 ** doubling,
);

/** Milliseconds. */
export interface LatencySummary {
  readonly count: number;
  readonly sum: number;
  /** How many values were at most as large as each of `LATENCY_BOUNDS_MS`; larger ones count with the last. */
  readonly atMost: readonly number[];
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}
