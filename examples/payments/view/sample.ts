/** The figures of one moment, taken from what the processes report. */
import type { Cluster } from '../processes/cluster.ts';

export type NodeState = 'serving' | 'down';

export interface Sample {
  /** Seconds since the load began. */
  readonly elapsed: number;
  readonly paymentsPerSecond: number;
  readonly checkpointsPerSecond: number;
  /** ms; undefined while nothing completes. */
  readonly latency: { readonly p50: number; readonly p99: number } | undefined;
  readonly requested: number;
  readonly completed: number;
  readonly inFlight: number;
  /** Acknowledged more than 2 s ago and not final. */
  readonly overdue: number;
  readonly kills: number;
  readonly recovered: number;
  readonly nodes: ReadonlyMap<string, NodeState>;
}

interface Counted {
  readonly at: number;
  readonly completed: number;
  readonly checkpoints: number;
}

/** Rates are taken over this many ms. */
const WINDOW_MS = 1000;

/** Makes samples; rates are over the last second. `now` in ms. */
export class Sampler {
  readonly #cluster: Cluster;
  readonly #now: () => number;
  readonly #started: number;
  readonly #history: Counted[] = [];

  constructor(cluster: Cluster, now: () => number) {
    this.#cluster = cluster;
    this.#now = now;
    this.#started = now();
  }

  sample(kills: number): Sample {
    const cluster = this.#cluster;
    const report = cluster.generatorReport;
    const at = this.#now();
    const counted = { at, completed: report?.completed ?? 0, checkpoints: cluster.checkpoints };
    const history = this.#history;
    history.push(counted);
    while (history.length > 2 && history[1]!.at <= at - WINDOW_MS) history.shift();
    const since = history[0]!;
    const seconds = Math.max((at - since.at) / 1000, 0.001);
    return {
      elapsed: (at - this.#started) / 1000,
      paymentsPerSecond: (counted.completed - since.completed) / seconds,
      checkpointsPerSecond: (counted.checkpoints - since.checkpoints) / seconds,
      latency: report?.latency,
      requested: report?.requested ?? 0,
      completed: counted.completed,
      inFlight: report?.open ?? 0,
      overdue: report?.overdue ?? 0,
      kills,
      recovered: cluster.recovered,
      nodes: new Map(cluster.nodeNames.map((name) => [name, cluster.isServing(name) ? 'serving' : 'down'])),
    };
  }
}
