/** A run as its log tells it, put in order for a person. Times are seconds since the load began. */
import type { FaultKind } from '../chaos/fault.ts';
import type { NodeRates } from '../processes/node-metrics.ts';
import type { RunReport } from '../run-report.ts';
import type { Second } from './payment-timeline.ts';
import type { LogEntry } from './run-log.ts';

export interface FaultHistory {
  readonly at: number;
  readonly fault: FaultKind;
  readonly target: string;
  /** When what was hit served again; undefined if it never did. */
  readonly repaired: number | undefined;
  readonly recovered: number | undefined;
  /** Payments per second in the 10 s before, and in the second after. */
  readonly before: number;
  readonly after: number;
}

export interface RunHistory {
  /** ms since the epoch */
  readonly began: number;
  readonly command: string;
  readonly machine: string;
  readonly duration: number;
  readonly faults: readonly FaultHistory[];
  readonly leasesLost: readonly { readonly at: number; readonly node: string }[];
  readonly seconds: readonly Second[];
  readonly nodes: ReadonlyMap<string, readonly (NodeRates & { readonly at: number })[]>;
  readonly report: RunReport;
}

/** @throws Error when the log has no beginning or no end */
export function runHistory(entries: Iterable<LogEntry>): RunHistory {
  let start: Extract<LogEntry, { kind: 'load-began' }> | undefined;
  let report: RunReport | undefined;
  const faults: { -readonly [Key in keyof FaultHistory]: FaultHistory[Key] }[] = [];
  const leasesLost: { at: number; node: string }[] = [];
  const seconds: Second[] = [];
  const nodes = new Map<string, (NodeRates & { at: number })[]>();
  for (const entry of entries) {
    if (entry.kind === 'load-began') start = entry;
    // What nodes did before the load is of no interest.
    if (start === undefined) continue;
    const at = (entry.at - start.at) / 1000;
    switch (entry.kind) {
      case 'fault': {
        const { fault, target } = entry;
        faults.push({ at, fault, target, repaired: undefined, recovered: undefined, before: 0, after: 0 });
        break;
      }
      case 'repaired': {
        const hit = faults.findLast(({ fault, target }) => fault === entry.fault && target === entry.target);
        if (hit) Object.assign(hit, { repaired: at, recovered: entry.recovered });
        break;
      }
      case 'lease-lost':
        leasesLost.push({ at, node: entry.node });
        break;
      case 'node': {
        const known = nodes.get(entry.node);
        const rates = { ...entry, at };
        if (known) known.push(rates);
        else nodes.set(entry.node, [rates]);
        break;
      }
      case 'second':
        seconds.push(entry);
        break;
      case 'verdict':
        report = entry.report;
    }
  }
  if (start === undefined || report === undefined) throw new Error('The log is not of a whole run.');
  for (const [index, { before, after }] of report.dips.entries())
    if (faults[index]) Object.assign(faults[index], { before, after });
  return {
    began: start.at,
    command: start.command,
    machine: start.machine,
    duration: Math.max(1, seconds.length),
    faults,
    leasesLost,
    seconds,
    nodes: new Map([...nodes].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    report,
  };
}
