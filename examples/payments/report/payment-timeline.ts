/** What the load generator saw, second by second, from its book. */
import { build, type Histogram } from 'hdr-histogram-js';
import type { PaymentEntry } from '../books/payment-book.ts';

/** A final reply is long overdue when it has not come so many ms after the acknowledgement. */
export const LONG_RUNNING_MS = 2000;

export interface Latencies {
  /** ms from when a payment was due to its first final reply. */
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export interface Second {
  readonly requested: number;
  readonly acknowledged: number;
  readonly completed: number;
  /** Due and without a final reply at the end of the second. */
  readonly active: number;
  /** Payments that were long-running in some part of the second: acknowledged for more than 2 s, and no final reply. */
  readonly longRunning: number;
  /** Of the payments that were completed in it. */
  readonly latency: Latencies | undefined;
}

export interface PaymentTimeline {
  /** ms since the epoch */
  readonly begin: number;
  readonly seconds: readonly Second[];
  /** When payments were completed, ms since the epoch, in order. */
  readonly completions: readonly number[];
  /** Payments that were long-running at some time. */
  readonly longRunning: number;
  readonly latency: Latencies | undefined;
}

export function newHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000,
    numberOfSignificantValueDigits: 3,
  });
}

/** Undefined of nothing. */
export function latenciesOf(histogram: Histogram): Latencies | undefined {
  if (histogram.totalCount === 0) return undefined;
  const at = (percentile: number): number => histogram.getValueAtPercentile(percentile);
  return { p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: histogram.maxValue };
}

interface Bucket {
  requested: number;
  acknowledged: number;
  completed: number;
  longRunning: number;
  readonly histogram: Histogram;
}

interface Payment {
  readonly due: number;
  acknowledged: number | undefined;
}

/**
 * @param begin ms since the epoch; what was before counts only as being active
 * @param end what is open then is open
 */
export function paymentTimeline(
  entries: Iterable<PaymentEntry>,
  begin: number,
  end: number,
): PaymentTimeline {
  const seconds: Bucket[] = Array.from({ length: Math.max(1, Math.ceil((end - begin) / 1000)) }, () => ({
    requested: 0,
    acknowledged: 0,
    completed: 0,
    longRunning: 0,
    histogram: newHistogram(),
  }));
  const secondOf = (at: number): number => Math.floor((at - begin) / 1000);
  const all = newHistogram();
  const completions: number[] = [];
  const open = new Map<string, Payment>();
  let activeBefore = 0;
  let longRunning = 0;
  const overdue = ({ acknowledged }: Payment, until: number): void => {
    if (acknowledged === undefined || until <= acknowledged + LONG_RUNNING_MS) return;
    longRunning++;
    const last = Math.min(secondOf(until), seconds.length - 1);
    for (let second = Math.max(0, secondOf(acknowledged + LONG_RUNNING_MS)); second <= last; second++)
      seconds[second]!.longRunning++;
  };
  for (const entry of entries) {
    const { payment: id, at } = entry;
    const bucket = seconds[secondOf(at)];
    switch (entry.kind) {
      case 'requested':
        open.set(id, { due: at, acknowledged: undefined });
        if (at < begin) activeBefore++;
        else if (bucket) bucket.requested++;
        break;
      case 'acknowledged': {
        const payment = open.get(id);
        if (payment === undefined || payment.acknowledged !== undefined) break;
        payment.acknowledged = at;
        if (bucket) bucket.acknowledged++;
        break;
      }
      case 'approved':
      case 'declined': {
        const payment = open.get(id);
        if (payment === undefined) break;
        open.delete(id);
        if (at < begin) {
          activeBefore--;
          break;
        }
        overdue(payment, at);
        completions.push(at);
        const latency = Math.max(1, at - payment.due);
        all.recordValue(latency);
        if (!bucket) break;
        bucket.completed++;
        bucket.histogram.recordValue(latency);
      }
    }
  }
  for (const payment of open.values()) overdue(payment, end);
  let active = activeBefore;
  return {
    begin,
    seconds: seconds.map(({ histogram, ...counts }) => {
      active += counts.requested - counts.completed;
      return { ...counts, active, latency: latenciesOf(histogram) };
    }),
    completions: completions.toSorted((a, b) => a - b),
    longRunning,
    latency: latenciesOf(all),
  };
}
