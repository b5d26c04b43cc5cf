/** One run of the demo: starts everything, loads, kills, waits for what is under way, stops, and judges by the books. */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { paymentBookPath } from './books/book-paths.ts';
import { readPaymentBook } from './books/payment-book.ts';
import { clusterFaults } from './chaos/cluster-faults.ts';
import type { Fault } from './chaos/fault.ts';
import { pause, wreakHavoc } from './chaos/havoc.ts';
import type { DemoOptions } from './demo-options.ts';
import { Cluster, type ClusterOptions } from './processes/cluster.ts';
import { NodeWatch } from './processes/node-watch.ts';
import { dipAt, summarizeDips } from './report/dip.ts';
import { paymentTimeline } from './report/payment-timeline.ts';
import { openRunLog, type RunLog } from './report/run-log.ts';
import type { RunFolder } from './run-folder.ts';
import type { RunReport } from './run-report.ts';
import { seededRandom } from './seeded-random.ts';
import { readVerdict } from './verdict.ts';
import { Sampler } from './view/sample.ts';
import { count, type View } from './view/view.ts';

/** Bank latencies: medians and spreads as card networks show them, one bank slow. */
const BANKS = {
  alder: 'lognormal:8:0.4',
  birch: 'lognormal:15:0.5',
  cedar: 'lognormal:25:0.6',
  maple: 'lognormal:60:0.8',
};
const RETRY_AFTER_MS = 1500;
/** How long payments under way may take to end once the load has stopped. */
const SETTLE_LIMIT_MS = 120_000;
const UPDATE_EVERY_MS = 250;
/** A node that is to be taken over stays away for so many lives of its lease: its peer waits for two before it acts. */
const AWAY_LEASES = 4;

export interface RunEnvironment {
  readonly view: View;
  /** Aborted: the load ends now. */
  readonly interrupted: AbortSignal;
  /** Another program than `waymark serve` for the nodes. */
  readonly node?: ClusterOptions['node'];
  /** In ms; `SETTLE_LIMIT_MS` if left out. */
  readonly settleLimit?: number | undefined;
  /** As typed, for the log. */
  readonly command?: string | undefined;
}

/** Where the log of a run is. */
export function runLogPath(demo: DemoOptions, place: RunFolder): string {
  return demo.log ?? join(place.path, 'run.jsonl');
}

export async function runDemo(
  demo: DemoOptions,
  place: RunFolder,
  environment: RunEnvironment,
): Promise<RunReport> {
  const { view, interrupted, settleLimit = SETTLE_LIMIT_MS } = environment;
  const failures: string[] = [];
  const giveUp = new AbortController();
  const stop = AbortSignal.any([interrupted, giveUp.signal]);
  const fail = (error: Error): void => {
    failures.push(error.message);
    giveUp.abort();
  };
  const log = openRunLog(runLogPath(demo, place));
  const cluster = new Cluster({
    ...clusterOptions(demo, place),
    node: environment.node,
    onCrash: fail,
    onLeaseLost(node) {
      log.add({ kind: 'lease-lost', at: Date.now(), node });
      view.event(`${node} has lost its lease, ended, and is started again`);
    },
  });
  const watch = new NodeWatch({
    urls: () => cluster.metricsUrls(),
    now: Date.now,
    onRates: (node, rates) => log.add({ kind: 'node', at: Date.now(), node, ...rates }),
  });
  const faultTimes: number[] = [];
  let began = Date.now();
  try {
    view.event(place.resumed ? `going on with what is in ${place.path}` : `starting ${place.nodes} nodes`);
    await cluster.start();
    await untilPairsAreInStep(cluster, demo, stop);
    const sampler = new Sampler(cluster, () => performance.now());
    const update = setInterval(() => view.update(sampler.sample(faultTimes.length)), UPDATE_EVERY_MS);
    began = Date.now();
    const machine = `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}`;
    log.add({ kind: 'load-began', at: began, command: environment.command ?? '', machine });
    cluster.startLoad();
    const end = pause(demo.duration, stop);
    const times = {
      restartAfter: demo.restartAfter,
      freezeFor: demo.freezeFor,
      stayAway: (demo.takeOver ?? 0) * AWAY_LEASES,
    };
    const faults = clusterFaults(cluster, demo.kill, times).map((fault) =>
      announced(fault, { cluster, view, log, faultTimes }),
    );
    const chaos = { every: demo.killEvery, duration: demo.duration, random: seededRandom(place.seed) };
    const havoc = wreakHavoc(faults, chaos, stop);
    await Promise.race([end, havoc.then(() => end)]);
    cluster.stopLoad();
    log.add({ kind: 'load-ended', at: Date.now() });
    view.event('the load has stopped, waiting for what is under way');
    await havoc;
    await settle(cluster, settleLimit, giveUp.signal).catch(fail);
    view.update(sampler.sample(faultTimes.length));
    clearInterval(update);
  } catch (error) {
    fail(error as Error);
  } finally {
    view.end();
    await watch.close();
    await cluster.stop();
  }
  const ended = Date.now();
  const verdict = readVerdict(cluster.booksFolder);
  const timeline = paymentTimeline(readPaymentBook(paymentBookPath(cluster.booksFolder)), began, ended);
  for (const [index, second] of timeline.seconds.entries())
    log.add({ kind: 'second', at: began + index * 1000, ...second });
  const dips = faultTimes.map((at) => dipAt(timeline.completions, at, began));
  const report: RunReport = {
    passed: verdict.passed && failures.length === 0,
    nodes: place.nodes,
    seconds: (ended - began) / 1000,
    kills: faultTimes.length,
    recovered: cluster.recovered,
    takenOver: watch.takenOver,
    dip: summarizeDips(dips),
    dips,
    longRunning: timeline.longRunning,
    latency: timeline.latency,
    verdict,
    failures,
    folder: demo.data === undefined ? undefined : place.path,
  };
  log.add({ kind: 'verdict', at: ended, report });
  return report;
}

function clusterOptions(demo: DemoOptions, place: RunFolder): Omit<ClusterOptions, 'onCrash'> {
  const sync = demo.kill.includes('all') || demo.data !== undefined;
  return {
    folder: place.path,
    network:
      demo.natsServers > 0
        ? { kind: 'own-nats', servers: demo.natsServers }
        : { kind: 'local', folder: place.mesh },
    nodes: place.nodes,
    leaseMs: demo.takeOver,
    standby: demo.standby,
    metrics: true,
    simulators: {
      sync,
      seed: place.seed,
      tokeniser: 'lognormal:2:0.3',
      aliasLookup: 'lognormal:3:0.3',
      banks: BANKS,
    },
    generator: { sync, seed: place.seed, pattern: demo.pattern, retryAfter: RETRY_AFTER_MS },
  };
}

interface Announcing {
  readonly cluster: Cluster;
  readonly view: View;
  readonly log: RunLog;
  /** ms since the epoch; each fault adds one. */
  readonly faultTimes: number[];
}

/** Tells of what a fault does. */
function announced(fault: Fault, { cluster, view, log, faultTimes }: Announcing): Fault {
  const { kind } = fault;
  return {
    ...fault,
    async inject(target) {
      const at = Date.now();
      faultTimes.push(at);
      log.add({ kind: 'fault', at, fault: kind, target });
      view.event(kind === 'freeze' ? `SIGSTOP ${target}` : `kill -9 ${target} (${kind})`);
      await fault.inject(target);
    },
    async repair(target) {
      const before = cluster.recovered;
      await fault.repair(target);
      const recovered = cluster.recovered - before;
      log.add({ kind: 'repaired', at: Date.now(), fault: kind, target, recovered });
      view.event(`${target} is back, ${count(recovered)} instances recovered`);
    },
  };
}

/** Nodes that have been started at the same time find each other within a moment; a run begins when all copies are kept. */
async function untilPairsAreInStep(cluster: Cluster, demo: DemoOptions, signal: AbortSignal): Promise<void> {
  if (demo.natsServers === 0) return;
  while (!signal.aborted && !cluster.nodeNames.every((name) => cluster.isPairInStep(name)))
    await pause(50, signal);
}

/** Resolves when no payment is under way any more. */
async function settle(cluster: Cluster, limitMs: number, signal: AbortSignal): Promise<void> {
  const limit = performance.now() + limitMs;
  for (;;) {
    const now = cluster.generatorReport;
    if (now !== undefined && !now.loading && now.open === 0 && now.owed === 0) return;
    if (signal.aborted) return;
    if (performance.now() > limit) {
      throw new Error(
        `${limitMs / 1000} s after the end of the load, ${now?.open} payments are open and ${now?.owed} receipts owed`,
      );
    }
    await pause(100, signal);
  }
}
