/**
 * Restart of a node with many instances in flight: `waymark serve` is killed with SIGKILL and started again.
 *
 * Measured: from the start of the new process until it has sent the call of every instance to the bank again, as the bank sees it, and
 * every acknowledgement (`recover` of the checkpoint) to the requester: so all of them run. Wall-clock time, and CPU time of the new process up
 * to that moment. The process starts from nothing: Node, the store's opening with its checks, compiling of the script are in it. The
 * instances are payments that wait for their bank; with `--sleepers` they wait for a sleep of a day instead, and what is measured ends
 * with the event `serving`.
 * Not measured: catching up with a peer; disks slower than this one, and a cold page cache.
 *
 *     npx node bench/restart.ts [--instances 100000] [--rounds 3] [--sleepers] [--profile <folder>] [--filled <folder>] [--built <folder>]
 *
 * `--filled` keeps the folder with the instances for the next time, or takes the one that is there. `--built` starts the package in that
 * folder, as it is installed: what `npm pack` puts in it, and its dependencies; without it the sources are run, whose types Node strips
 * (or has in its compile cache, which the first of the processes has filled in either case).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cpuSeconds } from '../examples/payments/processes/cpu-time.ts';
import { encodeJson } from '../examples/payments/simulators/json-messages.ts';
import { openLocalTransport } from '../src/transport/local/open-local-transport.ts';
import { medianAndRange } from './quantiles.ts';

const { values: flags } = parseArgs({
  options: {
    instances: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    sleepers: { type: 'boolean', default: false },
    profile: { type: 'string' },
    filled: { type: 'string' },
    built: { type: 'string' },
  },
});
const instances = Number(flags.instances);
const rounds = Number(flags.rounds);
const { profile } = flags;
const script = flags.sleepers ? 'sleeper' : 'payment-in-flight';
/** Requests under way while the instances are made. */
const WINDOW = 1000;
const LIMIT_MS = 300_000;

const waymark =
  flags.built === undefined
    ? fileURLToPath(new URL('../bin/waymark.js', import.meta.url))
    : join(resolve(flags.built), 'bin/waymark.js');
const scripts = fileURLToPath(new URL('restart', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wm-restart-'));
const mesh = join(folder, 'mesh');

/** What the outside world has seen since the last `reset`. */
let calls = 0;
let acknowledgements = 0;
let changed = (): void => {};
const reset = (): void => void (calls = acknowledgements = 0);

async function until(condition: () => boolean): Promise<void> {
  const limit = performance.now() + LIMIT_MS;
  while (!condition()) {
    if (performance.now() > limit) throw new Error(`Only ${calls} calls, ${acknowledgements} replies`);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 1000);
      changed = () => {
        if (!condition()) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

interface Node {
  readonly process: ChildProcess;
  readonly serving: Promise<{ recovered: number }>;
  readonly exited: Promise<void>;
}

function start(data: string): Node {
  const child = spawn(
    process.execPath,
    [
      ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
      waymark,
      'serve',
      scripts,
      '--data',
      data,
      '--socket',
      mesh,
      '--json',
      '--no-watch',
      '--max-in-flight',
      String(instances + WINDOW),
    ],
    { stdio: ['ignore', 'inherit', 'pipe'] },
  );
  const serving = Promise.withResolvers<{ recovered: number }>();
  createInterface({ input: child.stderr! }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    const entry = JSON.parse(line) as { level: string; event: string; recovered: number };
    if (entry.level === 'error') serving.reject(new Error(line));
    if (entry.event === 'serving') serving.resolve(entry);
  });
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  return { process: child, serving: serving.promise, exited };
}

const transport = await openLocalTransport({ directory: mesh, id: 'bench' });
for (const [subject, value] of Object.entries({
  tokeniser: { token: 'tok_4be0643f1d98573b' },
  'alias-lookup': { bank: 'birch', account: 'DE02120300000000202051' },
})) {
  await transport.subscribe(subject, { queue: subject }, ({ replyTo }) => {
    transport.publish(replyTo!, encodeJson(value)).catch(report);
  });
}
await transport.subscribe('bank', { queue: 'bank' }, () => {
  calls++;
  changed();
});
await transport.subscribe('requester', {}, () => {
  acknowledgements++;
  changed();
});

function report(error: unknown): void {
  process.stderr.write(`${String(error)}\n`);
}

/** Every instance is as far as it gets. */
const isSettled = (): boolean => acknowledgements >= instances && (flags.sleepers || calls >= instances);

async function fill(data: string): Promise<void> {
  const node = start(data);
  await node.serving;
  for (let sent = 0; sent < instances; sent++) {
    const body = encodeJson({
      payment: `pay-${sent}`,
      card: '4000123412341234',
      alias: `alias-${sent}`,
      amount: 100 + sent,
    });
    const headers = { 'waymark-request-id': `pay-1-${sent}` };
    await transport.publish(script, body, { headers, replyTo: 'requester' });
    if (sent % 100 === 0) await until(() => acknowledgements > sent - WINDOW);
  }
  await until(isSettled);
  // What the last instances wait for is armed after their replies.
  await pause(500);
  node.process.kill('SIGKILL');
  await node.exited;
}

interface Round {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly residentMb: number;
}

async function restart(data: string): Promise<Round> {
  reset();
  const begun = performance.now();
  const node = start(data);
  const pid = node.process.pid!;
  let wallMs = 0;
  let cpuMs = 0;
  const measure = (): void => {
    wallMs = performance.now() - begun;
    cpuMs = cpuSeconds(pid) * 1000;
  };
  if (!flags.sleepers) {
    await until(isSettled);
    measure();
  }
  const { recovered } = await node.serving;
  if (flags.sleepers) measure();
  const residentMb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;
  // A profile is written at the end of the process.
  node.process.kill(profile === undefined ? 'SIGKILL' : 'SIGINT');
  await node.exited;
  if (recovered !== instances) throw new Error(`${recovered} of ${instances} were recovered`);
  return { wallMs, cpuMs, residentMb };
}

try {
  const data = flags.filled ?? join(folder, 'data');
  if (!existsSync(data)) await fill(data);
  const results: Round[] = [];
  for (let round = 1; round <= rounds; round++) {
    // Each restart begins with the files as the first kill left them.
    const copy = join(folder, `data-${round}`);
    cpSync(data, copy, { recursive: true });
    const result = await restart(copy);
    rmSync(copy, { recursive: true });
    results.push(result);
    const [load] = loadavg();
    process.stderr.write(
      `round ${round}: ${(result.wallMs / 1000).toFixed(2)} s, ${(result.cpuMs / 1000).toFixed(2)} s of CPU, load ${load!.toFixed(1)}\n`,
    );
  }
  const seconds = (pick: (round: Round) => number): string =>
    medianAndRange(
      results.map((r) => pick(r) / 1000),
      2,
    );
  const what = flags.built === undefined ? 'sources' : 'built package';
  console.log(
    `${instances} instances of ${script}, ${rounds} restarts of the ${what}; median (lowest to highest)\n`,
  );
  console.log('| until all run, s | CPU of the process until then, s | resident, MB |');
  console.log('|---:|---:|---:|');
  console.log(
    `| ${seconds((r) => r.wallMs)} | ${seconds((r) => r.cpuMs)} | ${medianAndRange(
      results.map((r) => r.residentMb),
      0,
    )} |`,
  );
} finally {
  await transport.close();
  rmSync(folder, { recursive: true, force: true });
}
