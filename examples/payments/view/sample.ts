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
  readonly count: number;
}

/** Increase per second of a count over the last `window` ms. */
class Rate {
  readonly #window: number;
  readonly #history: Counted[] = [];

  constructor(window: number) {
    this.#window = window;
  }

  perSecond(count: number, at: number): number {
    const history = this.#history;
    history.push({ at, count });
    while (history.length > 2 && history[1]!.at <= at - this.#window) history.shift();
    const since = history[0]!;
    return ((count - since.count) * 1000) / Math.max(at - since.at, 1);
  }
}

/** Makes samples. `now` in ms. */
export class Sampler {
  readonly #cluster: Cluster;
  readonly #now: () => number;
  readonly #started: number;
  #completed = 0;
  readonly #payments = new Rate(1000);
  /** Nodes report each second, not all at the same moment. */
  readonly #checkpoints = new Rate(2000);

  constructor(cluster: Cluster, now: () => number) {
    this.#cluster = cluster;
    this.#now = now;
    this.#started = now();
  }

  sample(kills: number): Sample {
    const cluster = this.#cluster;
    const report = cluster.generatorReport;
    const at = this.#now();
    // While the generator is down, what it said last.
    const completed = (this.#completed = report?.completed ?? this.#completed);
    return {
      elapsed: (at - this.#started) / 1000,
      paymentsPerSecond: this.#payments.perSecond(completed, at),
      checkpointsPerSecond: this.#checkpoints.perSecond(cluster.checkpoints, at),
      latency: report?.latency,
      requested: report?.requested ?? 0,
      completed,
      inFlight: report?.open ?? 0,
      overdue: report?.overdue ?? 0,
      kills,
      recovered: cluster.recovered,
      nodes: new Map(cluster.nodeNames.map((name) => [name, cluster.isServing(name) ? 'serving' : 'down'])),
    };
  }
}
