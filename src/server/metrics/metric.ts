/** What a metric is: a name, a sentence, and how its values are read from a sample. Names are stable: dashboards use them. */
import { LATENCY_BOUNDS_MS, type LatencySummary } from '../../node/latency-histogram.ts';
import type { NodeSample } from './node-sample.ts';

export type Labels = Readonly<Record<string, string>>;

/** One line of the answer to a scrape; `suffix` is put after the metric's name. */
export interface Line {
  readonly suffix?: string;
  readonly labels: Labels;
  readonly value: number;
}

export interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Names of its labels, besides `node`. */
  readonly labels: readonly string[];
  /** No line: nothing is known of it now. */
  readonly read: (sample: NodeSample) => readonly Line[];
}

type Read = (sample: NodeSample) => number | undefined;

const NO_LABELS: Labels = {};

/** A value without labels. */
export function single(type: 'counter' | 'gauge', name: string, help: string, read: Read): Metric {
  return {
    name,
    type,
    help,
    labels: [],
    read: (sample) => {
      const value = read(sample);
      return value === undefined ? [] : [{ labels: NO_LABELS, value }];
    },
  };
}

export const counter = (name: string, help: string, read: Read): Metric =>
  single('counter', name, help, read);
export const gauge = (name: string, help: string, read: Read): Metric => single('gauge', name, help, read);

/** 1 for the state that it is in, 0 for the others. */
export function stateSet(
  name: string,
  help: string,
  states: readonly string[],
  read: (sample: NodeSample) => string | undefined,
): Metric {
  return {
    name,
    type: 'gauge',
    help,
    labels: ['state'],
    read: (sample) => {
      const current = read(sample);
      if (current === undefined) return [];
      return states.map((state) => ({ labels: { state }, value: state === current ? 1 : 0 }));
    },
  };
}

/** Durations in seconds. Bounds are powers of two of a microsecond, so that counts are exact. */
export function durations(
  name: string,
  help: string,
  range: BoundRange,
  read: (sample: NodeSample) => LatencySummary | undefined,
): Metric {
  return {
    name,
    type: 'histogram',
    help,
    labels: [],
    read: (sample) => {
      const summary = read(sample);
      return summary === undefined ? [] : durationLines(summary, range, NO_LABELS);
    },
  };
}

/** First and last bound, as powers of two of a microsecond. */
export type BoundRange = readonly [first: number, last: number];
/** 1 us to 131 ms: work of the processor. */
export const WORK: BoundRange = [0, 17];
/** 128 us to 67 s: disks, networks, other services. */
export const WAITING: BoundRange = [7, 26];

export function durationLines(summary: LatencySummary, [first, last]: BoundRange, labels: Labels): Line[] {
  const lines: Line[] = [];
  for (let doubling = first; doubling <= last; doubling++) {
    const le = String(seconds(LATENCY_BOUNDS_MS[doubling]!));
    lines.push({ suffix: '_bucket', labels: { ...labels, le }, value: summary.atMost[doubling]! });
  }
  lines.push(
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: summary.count },
    { suffix: '_sum', labels, value: summary.sum / 1000 },
    { suffix: '_count', labels, value: summary.count },
  );
  return lines;
}

/** Without the noise of dividing, which would make other labels of the same bound. */
function seconds(ms: number): number {
  return Number((ms / 1000).toPrecision(12));
}
