import type { Dip, DipSummary } from './report/dip.ts';
import type { Latencies } from './report/payment-timeline.ts';
import type { Verdict } from './verdict.ts';

/** What `demo.ts --json` prints. */
export interface RunReport {
  /** `passed` of the verdict, and no failures. */
  readonly passed: boolean;
  readonly nodes: number;
  /** Wall-clock time from the first payment to the last reply. */
  readonly seconds: number;
  /** Faults, of whatever kind. */
  readonly kills: number;
  /** Instances that nodes restored when they were started. */
  readonly recovered: number;
  /** Instances that nodes went on with for dead ones. */
  readonly takenOver: number;
  /** Payments per second before and after the kills; undefined without any. */
  readonly dip: DipSummary | undefined;
  /** Of each of them, in order. */
  readonly dips: readonly Dip[];
  /** Payments whose final reply came later than 2 s after their acknowledgement. */
  readonly longRunning: number;
  /** From when a payment was due to its final reply; undefined when none was completed. */
  readonly latency: Latencies | undefined;
  readonly verdict: Verdict;
  /** What went wrong apart from the books: a process that ended by itself, payments that did not settle in time. */
  readonly failures: readonly string[];
  /** Where the books, the nodes' data and the logs are; undefined when they are removed at the end. */
  readonly folder: string | undefined;
}
