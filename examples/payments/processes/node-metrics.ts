/** Figures of nodes, from what they show to Prometheus. */

/** Totals since the process started, and what is now. */
export interface NodeFigures {
  readonly checkpoints: number;
  /** Seconds, all checkpoints together. */
  readonly checkpointSeconds: number;
  readonly calls: number;
  /** Calls that ended, and their seconds together. */
  readonly callsEnded: number;
  readonly callSeconds: number;
  readonly cpuSeconds: number;
  readonly inFlight: number;
  /** Instances of its peer that it has gone on with. */
  readonly takenOver: number;
}

const NAMES = {
  checkpoints: 'waymark_checkpoints_total',
  checkpointSeconds: 'waymark_checkpoint_seconds_sum',
  calls: 'waymark_calls_total',
  callsEnded: 'waymark_call_seconds_count',
  callSeconds: 'waymark_call_seconds_sum',
  cpuSeconds: 'process_cpu_seconds_total',
  inFlight: 'waymark_instances_in_flight',
  takenOver: 'waymark_instances_taken_over_total',
} as const satisfies Record<keyof NodeFigures, string>;

/** Reads what is needed of a page of metrics (Prometheus text format). @throws Error when one is missing */
export function readNodeFigures(page: string): NodeFigures {
  const values = new Map<string, number>();
  for (const [, name, value] of page.matchAll(/^(\w+)(?:\{[^\n]*\})? (\S+)/gm))
    values.set(name!, Number(value));
  const figures = Object.entries(NAMES).map(([figure, name]) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`There is no ${name} among the metrics.`);
    return [figure, value] as const;
  });
  return Object.fromEntries(figures) as unknown as NodeFigures;
}

/** What a node did between two looks. */
export interface NodeRates {
  readonly checkpointsPerSecond: number;
  readonly callsPerSecond: number;
  /** ms, the mean; undefined when there were none. */
  readonly checkpointLatency: number | undefined;
  readonly callLatency: number | undefined;
  /** Of one processor, 0 to 1 and more. */
  readonly cpu: number;
  readonly inFlight: number;
}

const NOTHING: NodeFigures = {
  checkpoints: 0,
  checkpointSeconds: 0,
  calls: 0,
  callsEnded: 0,
  callSeconds: 0,
  cpuSeconds: 0,
  inFlight: 0,
  takenOver: 0,
};

/**
 * What happened in `seconds` between two looks. `before` is undefined at the first one; a total that is smaller than before means that
 * the process is a new one, which began at 0.
 */
export function ratesBetween(before: NodeFigures | undefined, now: NodeFigures, seconds: number): NodeRates {
  const since = before === undefined || now.cpuSeconds < before.cpuSeconds ? NOTHING : before;
  const checkpoints = now.checkpoints - since.checkpoints;
  const callsEnded = now.callsEnded - since.callsEnded;
  const mean = (total: number, count: number): number | undefined =>
    count > 0 ? (total * 1000) / count : undefined;
  return {
    checkpointsPerSecond: checkpoints / seconds,
    callsPerSecond: (now.calls - since.calls) / seconds,
    checkpointLatency: mean(now.checkpointSeconds - since.checkpointSeconds, checkpoints),
    callLatency: mean(now.callSeconds - since.callSeconds, callsEnded),
    cpu: (now.cpuSeconds - since.cpuSeconds) / seconds,
    inFlight: now.inFlight,
  };
}
