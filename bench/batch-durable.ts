/**
 * Chunk steps whose checkpoints are durable (job repository in an SQLite file), against a bare loop that writes 100 bytes and calls fdatasync once per
 * chunk, in one run on one disk.
 *
 * Measured: elapsed time, because the disk decides; other work on the machine counts. Rounds begin each with another contender; ratios
 * compare within a round. Reported: median with lowest and highest round.
 * Not measured: writers that write to a database, partitions that share a flush (bench/batch-databases.ts does).
 *
 * Run: node bench/batch-durable.ts [--rounds N] [--chunks N]
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { job, JobOperator, openFolderRepository } from '../src/batch/index.ts';
import { medianAndRange } from './quantiles.ts';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    chunks: { type: 'string', default: '1000' },
  },
});
const ROUNDS = Number(flags.rounds);
const CHUNKS = Number(flags.chunks);

const folder = mkdtempSync(join(tmpdir(), 'waymark-bench-'));
const repository = await openFolderRepository(folder);
const file = openSync(join(folder, 'bare.log'), 'w');

async function chunkStep(itemCount: number): Promise<void> {
  let at = 0;
  let sum = 0;
  const operator = new JobOperator({ repository });
  const definition = job('bench').chunk<number, number>({
    reader: {
      readItem: () => (at < CHUNKS * itemCount ? ++at : null),
      checkpointInfo: () => at,
    },
    writer: (items) => {
      for (const item of items) sum += item;
    },
    itemCount,
  });
  const { batchStatus } = await operator.finished(await operator.start(definition));
  if (batchStatus !== 'COMPLETED') throw new Error(`the job is ${batchStatus}`);
}

function bareLoop(itemCount: number): Promise<void> {
  const record = Buffer.alloc(100, 1);
  let sum = 0;
  for (let item = 1; item <= CHUNKS * itemCount; item++) {
    sum += item;
    if (item % itemCount !== 0) continue;
    record.writeDoubleLE(sum);
    writeSync(file, record);
    fdatasyncSync(file);
  }
  return Promise.resolve();
}

const contenders = [chunkStep, bareLoop];

console.log(
  '| item-count | thousand items/s, chunk step | thousand items/s, bare loop | chunk step / bare loop |',
);
console.log('|--:|--:|--:|--:|');
for (const itemCount of [10, 1000]) {
  const rates: number[][] = contenders.map(() => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (turn + round + 1) % contenders.length;
      const began = performance.now();
      await contenders[index]!(itemCount);
      if (round >= 0) rates[index]!.push((CHUNKS * itemCount) / (performance.now() - began));
    }
  }
  const [steps = [], bare = []] = rates;
  const ratios = steps.map((rate, round) => rate / bare[round]!);
  console.log(
    `| ${itemCount} | ${medianAndRange(steps, 1)} | ${medianAndRange(bare, 1)} | ${medianAndRange(ratios, 2)} |`,
  );
}
closeSync(file);
await repository.close();
rmSync(folder, { recursive: true });
