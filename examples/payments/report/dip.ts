/** What a fault did to the flow of payments. */

export interface Dip {
  /** Payments per second in the `BEFORE_MS` before the fault, or since the load began. */
  readonly before: number;
  /** Payments completed in the second after it. */
  readonly after: number;
}

const BEFORE_MS = 10_000;
const AFTER_MS = 1000;

/**
 * @param completions when payments were completed, in order
 * @param at of the fault; all times are of one clock, in ms
 * @param begin of the load
 */
export function dipAt(completions: readonly number[], at: number, begin: number): Dip {
  const from = Math.max(begin, at - BEFORE_MS);
  const before = countUntil(completions, at) - countUntil(completions, from);
  const after = countUntil(completions, at + AFTER_MS) - countUntil(completions, at);
  return { before: at > from ? (before * 1000) / (at - from) : 0, after: (after * 1000) / AFTER_MS };
}

/** How many of the sorted `times` are before `end`. */
function countUntil(times: readonly number[], end: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface DipSummary {
  readonly faults: number;
  /** Payments per second, medians over all faults. */
  readonly before: number;
  readonly after: number;
  /** Of what was before, in the worst second. */
  readonly worst: number;
}

/** Undefined without faults. */
export function summarizeDips(dips: readonly Dip[]): DipSummary | undefined {
  if (dips.length === 0) return undefined;
  return {
    faults: dips.length,
    before: median(dips.map(({ before }) => before)),
    after: median(dips.map(({ after }) => after)),
    worst: Math.min(...dips.map(({ before, after }) => (before > 0 ? after / before : 1))),
  };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
