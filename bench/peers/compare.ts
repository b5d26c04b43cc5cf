/**
 * CPU time of a payment over all processes, of Waymark and of two peers, in one run, with the same flow.
 *
 * Measured: two durable steps with an early acknowledgement between them, three calls to the simulators of the payments example (which answer at
 * once), one final reply, in a closed loop, all by request id. User and system time of all processes from /proc (Linux), divided by the payments
 * completed in the same time. Everything is durable on the local disk before it is acknowledged. A run in which a payment has no acknowledgement,
 * has another receipt in its final reply, or was not executed exactly once is void.
 * Not measured: the kernel's own threads (writing back), recovery, a network, replication except of Waymark's pair, latency,
 * long waits, many nodes. Where it is not the same for all: bench/peers/README.md.
 *
 *     npx node bench/peers/set-up.ts                 # once
 *     npx node bench/peers/compare.ts [--rounds 3] [--seconds 6] [--in-flight 64] [--only TEXT] [--folder DIR]
 */
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readBankBook } from '../../examples/payments/books/bank-book.ts';
import { bankBookPaths } from '../../examples/payments/books/book-paths.ts';
import { freePort } from '../../test/servers/nats-server.ts';
import { CONTENDERS, type Contender } from './contenders.ts';
import type { LoadReport } from './load-process.ts';
import { MeasuredProcess } from './measured-process.ts';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    'in-flight': { type: 'string', default: '64' },
    only: { type: 'string', default: '' },
    /** On a disk. */
    folder: { type: 'string', default: tmpdir() },
  },
});
/** Until the compilers of the engines have seen enough. */
const WARM_UP_SECONDS = 5;
const WARM_UP_PAYMENTS = 1000;
/** On a busy machine. */
const LONGEST_WARM_UP_SECONDS = 20;
const TMPFS = 0x01021994;
if (statfsSync(flags.folder).type === TMPFS)
  throw new Error(`${flags.folder} is in memory: name a folder on a disk with --folder.`);

const PARTS = ['engine', 'NATS', 'simulators', 'generator'] as const;
type Part = (typeof PARTS)[number];

interface Round {
  /** CPU microseconds per payment. */
  readonly cpu: Readonly<Record<Part, number>>;
  /** The same for each process of the engine. */
  readonly processes: Readonly<Record<string, number>>;
  readonly rate: number;
}

async function run(contender: Contender): Promise<Round> {
  const folder = mkdtempSync(join(flags.folder, 'wm-peers-'));
  // The processes die with this one by themselves.
  const interrupted = (): never => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  const started: MeasuredProcess[] = [];
  const keep = (one: MeasuredProcess): MeasuredProcess => {
    started.unshift(one);
    return one;
  };
  try {
    const port = await freePort();
    const nats = `nats://127.0.0.1:${port}`;
    const command = ['nats-server', '-a', '127.0.0.1', '-p', `${port}`] as const;
    const server = keep(new MeasuredProcess({ name: 'nats-server', command, logs: folder }));
    await server.until(() => server.output.includes('Server is ready'));
    const simulators = keep(
      await MeasuredProcess.node('simulators', 'simulators-process.ts', [nats, folder], folder),
    );
    const { engine, ingress } = await contender.start(folder, nats);
    for (const one of engine.toReversed()) keep(one);
    const address = [nats, flags['in-flight'], ...(ingress === undefined ? [] : [ingress])];
    const generator = keep(await MeasuredProcess.node('generator', 'load-process.ts', address, folder));
    const read = async (): Promise<{ at: number; completed: number; seconds: Map<string, number> }> => {
      const { completed } = await generator.ask<LoadReport>('count');
      for (const one of started) one.check();
      const seconds = new Map(started.map((process) => [process.name, process.cpuSeconds()]));
      return { at: performance.now(), completed, seconds };
    };
    await generator.ask('start');
    const begun = performance.now();
    for (let isWarm = false; !isWarm;) {
      await sleep(100);
      const seconds = (performance.now() - begun) / 1000;
      const isEnough = (await read()).completed >= WARM_UP_PAYMENTS || seconds > LONGEST_WARM_UP_SECONDS;
      isWarm = isEnough && seconds > WARM_UP_SECONDS;
    }
    const before = await read();
    await sleep(Number(flags.seconds) * 1000);
    const after = await read();
    let left = await generator.ask<LoadReport>('stop');
    while (left.open > 0) {
      await sleep(50);
      for (const one of started) one.check();
      left = await generator.ask<LoadReport>('count');
    }
    // A bank writes its book before it answers.
    checkBooks(folder, left.completed);
    const payments = after.completed - before.completed;
    const used = ({ name }: MeasuredProcess): number =>
      ((after.seconds.get(name)! - before.seconds.get(name)!) * 1e6) / payments;
    const cpu = {
      engine: engine.reduce((sum, process) => sum + used(process), 0),
      NATS: used(server),
      simulators: used(simulators),
      generator: used(generator),
    };
    const processes = Object.fromEntries(engine.map((process) => [process.name, used(process)]));
    return { cpu, processes, rate: payments / ((after.at - before.at) / 1000) };
  } finally {
    for (const one of started) await one.end();
    process.off('SIGINT', interrupted);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error unless every completed payment was executed exactly once, and no other */
function checkBooks(folder: string, completed: number): void {
  const times = new Map<string, number>();
  for (const path of bankBookPaths(folder)) {
    for (const entry of readBankBook(path))
      if (entry.kind === 'executed') times.set(entry.payment, (times.get(entry.payment) ?? 0) + 1);
  }
  const twice = [...times.values()].filter((count) => count > 1).length;
  if (times.size !== completed || twice > 0)
    throw new Error(
      `The run is void: ${completed} completed, ${times.size} executed, ${twice} of them twice`,
    );
}

const total = ({ cpu }: Round): number => PARTS.reduce((sum, part) => sum + cpu[part], 0);

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const chosen = CONTENDERS.filter(({ name }) => name.includes(flags.only));
const results = new Map<string, Round[]>(chosen.map(({ name }) => [name, []]));
const rounds = Number(flags.rounds);
// Round after round over all, each beginning with another one, so that a busy minute of the machine does not hit one of them alone.
for (let round = 0; round < rounds; round++) {
  for (let turn = 0; turn < chosen.length; turn++) {
    const contender = chosen[(turn + round) % chosen.length]!;
    const result = await run(contender);
    results.get(contender.name)!.push(result);
    const summary = `${total(result).toFixed(0)} us CPU, ${result.rate.toFixed(0)} payments/s`;
    process.stderr.write(`round ${round + 1} of ${rounds}, ${contender.name}: ${summary}\n`);
  }
}

const load = readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).join(' ');
console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}, load average ${load}`);
console.log(
  `${rounds} rounds of ${flags.seconds} s, ${flags['in-flight']} payments in flight; median (lowest to highest)\n`,
);
console.log(
  '| system | CPU us per payment | times the first row | engine | NATS | simulators | generator | payments/s |',
);
console.log('|---|---:|---:|---|---:|---:|---:|---:|');
const first = results.get(chosen[0]!.name)!;
for (const [name, done] of results) {
  const totals = done.map(total);
  const ratios = done.map((result, round) => total(result) / total(first[round]!));
  const part = (which: Part): string => median(done.map(({ cpu }) => cpu[which])).toFixed(0);
  const processes = Object.keys(done[0]!.processes).map(
    (process) => `${process} ${median(done.map((result) => result.processes[process]!)).toFixed(0)}`,
  );
  const cells = [
    name,
    `${median(totals).toFixed(0)} (${Math.min(...totals).toFixed(0)} to ${Math.max(...totals).toFixed(0)})`,
    `${median(ratios).toFixed(1)} (${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)})`,
    `${part('engine')}: ${processes.join(', ')}`,
    part('NATS'),
    part('simulators'),
    part('generator'),
    median(done.map(({ rate }) => rate)).toFixed(0),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
