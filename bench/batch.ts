/**
 * Chunk steps in memory, against a bare loop that does the same with the items and against a loop that awaits every item, in one run.
 *
 * Measured: CPU time of this process (all threads), so that other work on the machine costs little precision. Rounds begin each with another
 * contender; ratios compare within a round. Reported: median and quartiles. Reader, processor and writer answer at once; the job
 * repository is in memory, so a checkpoint costs no disk.
 * Not measured: artifacts that wait, durable repositories and partitions (bench/batch-durable.ts and bench/batch-databases.ts do).
 *
 * Run: node bench/batch.ts [--rounds N] [--items N]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { job, JobOperator } from '../src/batch/index.ts';
import { medianAndQuartiles } from './quantiles.ts';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    items: { type: 'string', default: '3000000' },
  },
});
const ITEMS = Number(flags.items);
const ROUNDS = Number(flags.rounds);
const WARM_UP = 2;
const COUNTS = [1000, 10, 1] as const;

interface Contender {
  readonly name: string;
  run(itemCount: number): Promise<number>;
}

function counter(): { readItem(): number | null; checkpointInfo(): number; open(at: number | null): void } {
  let at = 0;
  return {
    open: (checkpoint) => void (at = checkpoint ?? 0),
    readItem: () => (at < ITEMS ? ++at : null),
    checkpointInfo: () => at,
  };
}

const process1 = (item: number): number => item + 1;

const chunkStep: Contender = {
  name: 'chunk step',
  async run(itemCount) {
    let sum = 0;
    const operator = new JobOperator();
    const execution = await operator.finished(
      await operator.start(
        job('bench').chunk<number, number>({
          reader: counter() as never,
          processor: process1,
          writer: (items) => {
            for (const item of items) sum += item;
          },
          itemCount,
        }),
      ),
    );
    if (execution.batchStatus !== 'COMPLETED') throw new Error(`the job is ${execution.batchStatus}`);
    return sum;
  },
};

/** Items in lists of the same length, without checkpoints, listeners, counts. */
const bareLoop: Contender = {
  name: 'bare loop',
  run(itemCount) {
    const reader = counter();
    let sum = 0;
    let buffer: number[] = [];
    const write = (items: readonly number[]): void => {
      for (const item of items) sum += item;
    };
    for (let item = reader.readItem(); item !== null; item = reader.readItem()) {
      buffer.push(process1(item));
      if (buffer.length < itemCount) continue;
      write(buffer);
      buffer = [];
    }
    write(buffer);
    return Promise.resolve(sum);
  },
};

const awaitingLoop: Contender = {
  name: 'loop that awaits each read and process',
  async run(itemCount) {
    const reader = counter();
    let sum = 0;
    let buffer: number[] = [];
    for (;;) {
      // oxlint-disable-next-line typescript/await-thenable -- what it costs is what is measured
      const item = await reader.readItem();
      if (item === null) break;
      // oxlint-disable-next-line typescript/await-thenable -- as above
      buffer.push(await process1(item));
      if (buffer.length < itemCount) continue;
      for (const each of buffer) sum += each;
      buffer = [];
    }
    for (const each of buffer) sum += each;
    return sum;
  },
};

const contenders = [chunkStep, bareLoop, awaitingLoop];

async function measure(contender: Contender, itemCount: number): Promise<{ us: number; sum: number }> {
  const before = process.cpuUsage();
  const sum = await contender.run(itemCount);
  const { user, system } = process.cpuUsage(before);
  return { us: user + system, sum };
}

console.log(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${ITEMS} items\n`,
);
console.log('| item-count | contender | million items per CPU second | time of the chunk step / its |');
console.log('|--:|---|--:|--:|');
for (const itemCount of COUNTS) {
  const times: number[][] = contenders.map(() => []);
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const sums: number[] = [];
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (turn + round + WARM_UP) % contenders.length;
      const { us, sum } = await measure(contenders[index]!, itemCount);
      sums.push(sum);
      if (round >= 0) times[index]!.push(us);
    }
    if (new Set(sums).size !== 1) throw new Error(`different sums: ${sums.join(', ')}`);
  }
  contenders.forEach(({ name }, index) => {
    const rates = times[index]!.map((us) => ITEMS / us);
    const ratios = times[0]!.map((us, round) => us / times[index]![round]!);
    console.log(
      `| ${itemCount} | ${name} | ${medianAndQuartiles(rates, 1)} | ${index === 0 ? '' : medianAndQuartiles(ratios, 2)} |`,
    );
  });
}
