/** Jobs whose partitions run in worker threads; these load this module too. What a thread does it writes to the file of parameter `log`. */
import { appendFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import {
  type ArtifactContext,
  ArtifactRegistry,
  inTransaction,
  job,
  type JobBuilder,
  openDatabase,
  type PartitionOptions,
  SqlTransactionResource,
} from '../../../src/batch/index.ts';

export const range = (from: number, to: number): Record<string, string> => ({
  from: String(from),
  to: String(to),
});

const here = { module: import.meta.url };

export function note({ job: { parameters } }: ArtifactContext, text: string): void {
  appendFileSync(parameters['log']!, `${text}\n`);
}

export class Skippable extends Error {}

/** What parameters say becomes of an item: `fail`, `exit`, `uncaught`, `skip`. */
function perform(item: number, context: ArtifactContext): number {
  const { fail, exit, uncaught, skip } = context.job.parameters;
  if (item === Number(fail)) throw new RangeError(`item ${item}`, { cause: new Error('why') });
  if (skip?.split(' ').includes(String(item)) === true) throw new Skippable(`item ${item}`);
  if (item === Number(exit)) process.exit(7);
  if (item === Number(uncaught))
    queueMicrotask(() => {
      throw new TypeError('nobody catches this');
    });
  return item;
}

/** Each partition reads the numbers from `from` to `to`; the writer notes them. */
export const rangesWith = (
  id: string,
  partition: PartitionOptions,
  limits: { skipLimit?: number; limits?: 'execution' | 'instance' } = {},
): JobBuilder =>
  job(id, here).chunk({
    id: 'load',
    reader: {
      from: (cursor: number | null, context: ArtifactContext) => {
        const { from, to } = context.partition!.properties;
        const first = cursor === null ? Number(from) : cursor + 1;
        note(context, `open ${first}`);
        return Array.from({ length: Math.max(0, Number(to) - first + 1) }, (_, index) => first + index);
      },
      cursor: (item: number) => item,
    },
    processor: perform,
    writer: (items: readonly number[], context) => {
      context.step!.persistentUserData = new Map([['last', items.at(-1)]]);
      note(context, `thread ${threadId} writes ${items.join(' ')}`);
    },
    itemCount: 10,
    skip: [Skippable],
    partition,
    ...limits,
  });

const threeRanges = [range(1, 25), range(26, 50), range(51, 60)];

export const three = rangesWith('three', { over: threeRanges, workers: 3 });
export const one = rangesWith('one', { over: threeRanges, workers: 1 });

/** With all that goes with partitions; the analyzer's context says what it was told. */
const collecting = {
  over: [range(1, 30)],
  collector: ({ partition, step }) => ({ partition: partition!.index, last: step!.persistentUserData }),
  analyzer: (context) => ({
    analyzeCollectorData: (data: unknown) => {
      const { partition, last } = data as { partition: number; last: Map<string, number> };
      note(context, `analyze ${partition} ${last.get('last')}`);
    },
    analyzeStatus: (batchStatus: string, exitStatus: string | null) =>
      note(context, `status ${batchStatus} ${exitStatus}`),
  }),
} satisfies PartitionOptions;
export const collected = rangesWith('collected', { ...collecting, workers: 2 });

/** The same on other nodes. */
export const spread = rangesWith('spread', { over: threeRanges, nodes: 'all' });
export const spreadByOnes = rangesWith('spread by ones', { over: threeRanges, nodes: 'all', workers: 1 });
export const spreadCollected = rangesWith('spread collected', { ...collecting, nodes: 'all' });
export const spreadUnsendable = rangesWith('spread unsendable', {
  over: [range(1, 5)],
  nodes: 'all',
  collector: () => ({ call: () => 1 }),
});
const memory = new SqlTransactionResource(await openDatabase('sqlite::memory:'));
export const spreadToFile = job('spread to file', here).chunk({
  reader: [1, 2, 3],
  writer: inTransaction(
    memory,
    async (_items: readonly number[], { sql }) => void (await sql.query('SELECT 1')),
  ),
  partition: { over: 1, nodes: 'all' },
});
/** Another number at each start, as a mapper may say that overrides the partitions of before. */
export const spreadAnew = rangesWith('spread anew', {
  over: ({ job: { parameters } }: ArtifactContext) => {
    const ranges = parameters['fail'] === undefined ? [range(1, 30), range(31, 60)] : threeRanges;
    return { partitions: ranges.length, partitionProperties: ranges, partitionsOverride: true };
  },
  nodes: 'all',
});

export const unsendable = rangesWith('unsendable', {
  over: [range(1, 5)],
  workers: 1,
  collector: () => ({ call: () => 1 }),
});

/** Goes on until it is stopped, and waits for nothing. */
const endlessWith = (id: string, partition: PartitionOptions): JobBuilder =>
  job(id, here).chunk({
    reader: function* () {
      for (let item = 0; ; item++) yield item;
    },
    writer: (items: readonly number[], context) => {
      if (items[0] === 0) note(context, 'begun');
    },
    itemCount: 1000,
    partition,
  });
export const endless = endlessWith('endless', { over: 2, workers: 2 });
export const spreadEndless = endlessWith('spread endless', { over: 2, nodes: 'all' });

const batchletsWith = (id: string, partition: PartitionOptions): JobBuilder =>
  job(id, here).batchlet(
    'b',
    (context) => {
      const { step, partition, job: jobContext } = context;
      note(context, `${partition!.index} has ${String(step!.persistentUserData)}`);
      step!.persistentUserData = `of ${partition!.index}`;
      step!.transientUserData = jobContext.transientUserData = 'mine';
      jobContext.exitStatus = 'set by a partition';
      if (jobContext.parameters['fail'] === String(partition!.index)) throw new Error('no');
      return `partition ${partition!.index} of ${partition!.count}`;
    },
    { partition },
  );
export const batchlets = batchletsWith('batchlets', { over: 3, workers: 2 });
export const spreadBatchlets = batchletsWith('spread batchlets', { over: 3, nodes: 'all' });

export const registry = new ArtifactRegistry()
  .fromModule(import.meta.url)
  .add('numbers', ({ partition, properties }: ArtifactContext) => {
    let left = Number(properties['count']);
    return { readItem: () => (left-- > 0 ? `${partition!.index}:${left}` : null) };
  })
  .add('notes', (context: ArtifactContext) => ({
    writeItems: (items: readonly string[]) => note(context, items.join(' ')),
  }));

/** Four partitions, and three skips for all of them. */
export const limited = rangesWith(
  'limited',
  { over: [range(1, 20), range(21, 40), range(41, 60), range(61, 80)], workers: 2 },
  { skipLimit: 3, limits: 'instance' },
);
