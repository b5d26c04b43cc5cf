import type { Verdict } from './verdict.ts';

/** What `demo.ts --json` prints. */
export interface RunReport {
  /** `passed` of the verdict, and no failures. */
  readonly passed: boolean;
  readonly nodes: number;
  /** Wall-clock time from the first payment to the last reply. */
  readonly seconds: number;
  readonly kills: number;
  /** Instances that nodes restored when they were started. */
  readonly recovered: number;
  readonly verdict: Verdict;
  /** What went wrong apart from the books: a process that ended by itself, payments that did not settle in time. */
  readonly failures: readonly string[];
  /** Where the books, the nodes' data and the logs are; undefined when they are removed at the end. */
  readonly folder: string | undefined;
}
