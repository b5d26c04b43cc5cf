/** What happened in a run, as JSON Lines. Times are ms since the epoch. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { lines } from '../books/lines.ts';
import type { FaultKind } from '../chaos/fault.ts';
import type { NodeRates } from '../processes/node-metrics.ts';
import type { RunReport } from '../run-report.ts';
import type { Second } from './payment-timeline.ts';

export type LogEntry =
  | {
      readonly kind: 'load-began';
      readonly at: number;
      /** As typed. */
      readonly command: string;
      /** `Node v24.1.0, 2 x AMD EPYC`. */
      readonly machine: string;
    }
  | { readonly kind: 'load-ended'; readonly at: number }
  | { readonly kind: 'fault'; readonly at: number; readonly fault: FaultKind; readonly target: string }
  /** What was hit serves again, or goes on. */
  | {
      readonly kind: 'repaired';
      readonly at: number;
      readonly fault: FaultKind;
      readonly target: string;
      readonly recovered: number;
    }
  /** A node noticed that it may no longer run, and ended. */
  | { readonly kind: 'lease-lost'; readonly at: number; readonly node: string }
  | ({ readonly kind: 'node'; readonly at: number; readonly node: string } & NodeRates)
  /** From the books, when the run has ended. */
  | ({ readonly kind: 'second'; readonly at: number } & Second)
  | { readonly kind: 'verdict'; readonly at: number; readonly report: RunReport };

export interface RunLog {
  add(entry: LogEntry): void;
  entries(): Iterable<LogEntry>;
}

/** A new log in a file, which is emptied. */
export function openRunLog(path: string): RunLog {
  writeFileSync(path, '');
  return {
    // Few lines a second: nothing that would hold up anybody.
    add: (entry) => appendFileSync(path, JSON.stringify(entry) + '\n'),
    entries: () => readRunLog(path),
  };
}

/** All entries of a log, in order. */
export function* readRunLog(path: string): Generator<LogEntry> {
  for (const line of lines(path)) yield JSON.parse(line) as LogEntry;
}
