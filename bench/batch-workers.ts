/**
 * A chunk step whose processor keeps a core busy, in partitions that take turns in one thread and in partitions that run in worker threads, in one run.
 *
 * Measured: wall-clock time of the whole job, which includes that the threads begin and load this module, and CPU time of the process. Rounds begin each
 * with another contender; the ratio is that of wall-clock times within a round, to the step without partitions. Reported: median, lowest and highest.
 * How much threads can win depends on how many cores are free: "bare" does the same arithmetic in as many threads without an engine.
 * Not measured: durable repositories, writers that wait for a database.
 *
 * Run: node bench/batch-workers.ts [--rounds N] [--items N]
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { parseArgs } from 'node:util';
import { type ArtifactContext, job, type JobBuilder, JobOperator } from '../src/batch/index.ts';
import { medianAndRange } from './quantiles.ts';

/** Some milliseconds of arithmetic. */
function work(item: number): number {
  let sum = item;
  for (let round = 0; round < 4_000_000; round++) sum = (sum * 31 + round) | 0;
  return sum;
}

const jobOf = (partitions: number, workers: number): JobBuilder =>
  job(`${partitions} ${workers}`, { module: import.meta.url }).chunk<number>({
    reader: ({ job: { parameters } }: ArtifactContext) =>
      Array.from({ length: Number(parameters['items']) / partitions }, (_, index) => index),
    processor: work,
    writer: () => {},
    itemCount: 10,
    ...(partitions === 1 && workers === 0 ? {} : { partition: { over: partitions, workers } }),
  });

export const one = jobOf(1, 0);
export const two = jobOf(2, 0);
export const four = jobOf(4, 0);
export const oneWorker = jobOf(1, 1);
export const twoWorkers = jobOf(2, 2);
export const fourWorkers = jobOf(4, 4);

interface Contender {
  readonly name: string;
  run(items: number): Promise<void>;
}

const step = (name: string, definition: JobBuilder): Contender => ({
  name,
  async run(items) {
    const operator = new JobOperator();
    const id = await operator.start(definition, { items: String(items) });
    const { batchStatus } = await operator.finished(id);
    if (batchStatus !== 'COMPLETED') throw new Error(`the job is ${batchStatus}`);
  },
});

const bare = (threads: number): Contender => ({
  name: `bare: ${threads} threads`,
  async run(items) {
    const begin = () => new Worker(new URL(import.meta.url), { workerData: { bare: items / threads } });
    await Promise.all(Array.from({ length: threads }, async () => once(begin(), 'exit')));
  },
});

const CONTENDERS = [
  step('no partitions', one),
  step('2 partitions in one thread', two),
  step('4 partitions in one thread', four),
  step('1 partition in a worker', oneWorker),
  bare(2),
  step('2 partitions in 2 workers', twoWorkers),
  bare(4),
  step('4 partitions in 4 workers', fourWorkers),
];

interface Measured {
  readonly wall: number;
  readonly cpu: number;
}

async function measure(contender: Contender, items: number): Promise<Measured> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await contender.run(items);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}

if (isMainThread) {
  const { values: flags } = parseArgs({
    options: { rounds: { type: 'string', default: '5' }, items: { type: 'string', default: '400' } },
  });
  const items = Number(flags.items);
  const measured = CONTENDERS.map((): Measured[] => []);
  const ratios = CONTENDERS.map((): number[] => []);
  await CONTENDERS[0]!.run(items / 10);
  for (let round = 0; round < Number(flags.rounds); round++) {
    const walls: number[] = [];
    for (let turn = 0; turn < CONTENDERS.length; turn++) {
      const which = (turn + round) % CONTENDERS.length;
      const result = await measure(CONTENDERS[which]!, items);
      measured[which]!.push(result);
      walls[which] = result.wall;
    }
    for (const [which, wall] of walls.entries()) ratios[which]!.push(walls[0]! / wall);
  }
  console.log(
    `${cpus()[0]?.model}, ${availableParallelism()} cores, load average ${loadavg()[0]!.toFixed(1)}, Node.js ${process.version}, ${flags.items} items, ${flags.rounds} rounds\n`,
  );
  console.log(
    '| contender | wall-clock ms | CPU ms | times as fast as without partitions |\n|---|--:|--:|--:|',
  );
  for (const [which, { name }] of CONTENDERS.entries()) {
    const wall = medianAndRange(
      measured[which]!.map((each) => each.wall),
      0,
    );
    const cpu = medianAndRange(
      measured[which]!.map((each) => each.cpu),
      0,
    );
    console.log(`| ${name} | ${wall} | ${cpu} | ${medianAndRange(ratios[which]!, 2)} |`);
  }
} else {
  const { bare: items = 0 } = (workerData ?? {}) as { readonly bare?: number };
  for (let item = 0; item < items; item++) work(item);
}
