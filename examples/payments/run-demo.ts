/** One run of the demo: starts everything, loads, kills, waits for what is under way, stops, and judges by the books. */
import { pause, wreakHavoc, type Victims } from './chaos.ts';
import type { DemoOptions } from './demo-options.ts';
import { Cluster, type ClusterOptions } from './processes/cluster.ts';
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
const RESTART_AFTER_MS = 1000;
/** How long payments under way may take to end once the load has stopped. */
const SETTLE_LIMIT_MS = 30_000;
const UPDATE_EVERY_MS = 250;
const EVERYTHING = 'everything';

export interface RunEnvironment {
  readonly view: View;
  /** Aborted: the load ends now. */
  readonly interrupted: AbortSignal;
  /** Another program than `waymark serve` for the nodes. */
  readonly node?: ClusterOptions['node'];
  /** In ms; `SETTLE_LIMIT_MS` if left out. */
  readonly settleLimit?: number | undefined;
}

export async function runDemo(
  demo: DemoOptions,
  place: RunFolder,
  environment: RunEnvironment,
): Promise<RunReport> {
  const { view, interrupted, node, settleLimit = SETTLE_LIMIT_MS } = environment;
  const failures: string[] = [];
  const giveUp = new AbortController();
  const stop = AbortSignal.any([interrupted, giveUp.signal]);
  const fail = (error: Error): void => {
    failures.push(error.message);
    giveUp.abort();
  };
  const sync = demo.kill === 'all' || demo.data !== undefined;
  const cluster = new Cluster({
    folder: place.path,
    mesh: place.mesh,
    nodes: place.nodes,
    simulators: {
      sync,
      seed: place.seed,
      tokeniser: 'lognormal:2:0.3',
      aliasLookup: 'lognormal:3:0.3',
      banks: BANKS,
    },
    generator: { sync, seed: place.seed, pattern: demo.pattern, retryAfter: RETRY_AFTER_MS },
    node,
    onCrash: fail,
  });
  let kills = 0;
  let seconds = 0;
  try {
    view.event(place.resumed ? `going on with what is in ${place.path}` : `starting ${place.nodes} nodes`);
    await cluster.start();
    const sampler = new Sampler(cluster, () => performance.now());
    const update = setInterval(() => view.update(sampler.sample(kills)), UPDATE_EVERY_MS);
    const started = performance.now();
    cluster.startLoad();
    const victims = demo.kill === 'all' ? everything(cluster) : nodes(cluster);
    const announced: Victims = {
      running: () => victims.running(),
      async kill(name) {
        kills++;
        view.event(`kill -9 ${name}`);
        await victims.kill(name);
      },
      async restart(name) {
        const before = cluster.recovered;
        await victims.restart(name);
        view.event(`${name} is back, ${count(cluster.recovered - before)} instances recovered`);
      },
    };
    const { random, every } = { random: seededRandom(place.seed), every: demo.killEvery };
    const end = pause(demo.duration, stop);
    if (demo.kill !== 'none') {
      await wreakHavoc(
        announced,
        { every, restartAfter: RESTART_AFTER_MS, duration: demo.duration, random },
        stop,
      );
    }
    await end;
    cluster.stopLoad();
    view.event('the load has stopped, waiting for what is under way');
    await settle(cluster, settleLimit, giveUp.signal).catch(fail);
    seconds = (performance.now() - started) / 1000;
    view.update(sampler.sample(kills));
    clearInterval(update);
  } catch (error) {
    fail(error as Error);
  } finally {
    view.end();
    await cluster.stop();
  }
  const verdict = readVerdict(cluster.booksFolder);
  return {
    passed: verdict.passed && failures.length === 0,
    nodes: place.nodes,
    seconds,
    kills,
    recovered: cluster.recovered,
    verdict,
    failures,
    folder: demo.data === undefined ? undefined : place.path,
  };
}

function nodes(cluster: Cluster): Victims {
  return {
    running: () => cluster.nodeNames.filter((name) => cluster.isServing(name)),
    kill: (name) => cluster.kill(name),
    restart: (name) => cluster.startNode(name),
  };
}

function everything(cluster: Cluster): Victims {
  return {
    running: () => (cluster.isComplete() ? [EVERYTHING] : []),
    kill: () => cluster.killAll(),
    restart: () => cluster.start(),
  };
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
