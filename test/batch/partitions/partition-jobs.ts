/**
 * Jobs whose partitions run somewhere else, to be made for each link there is: `thread-jobs.ts` and `node-jobs.ts` export them, for a worker finds a
 * job in the module that exports it. What a partition does it writes to the file of parameter `log`.
 */
import { appendFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import {
  type ArtifactContext,
  ArtifactRegistry,
  job,
  type JobBuilder,
  type PartitionOptions,
} from '../../../src/batch/index.ts';

export const range = (from: number, to: number): Record<string, string> => ({
  from: String(from),
  to: String(to),
});

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

/**
 * Each partition reads the numbers from `from` to `to`; the writer notes them.
 * @param module URL of the module that exports the job.
 */
export const rangesWith = (
  id: string,
  module: string,
  partition: PartitionOptions,
  limits: { skipLimit?: number; limits?: 'execution' | 'instance' } = {},
): JobBuilder =>
  job(id, { module }).chunk({
    id: 'load',
    reader: {
      from: (cursor: number | null, context: ArtifactContext) => {
        const { from, to } = context.partition!.properties;
        const first = cursor === null ? Number(from) : cursor + 1;
        note(context, `thread ${threadId} opens ${first}`);
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

/** Where the partitions of a link run. */
export type Elsewhere = Pick<PartitionOptions, 'workers' | 'nodes'>;

export interface PartitionJobs {
  /** Three ranges, 60 items in 8 chunks. */
  readonly three: JobBuilder;
  /** The same, with one worker at every place. */
  readonly oneEach: JobBuilder;
  /** The number of ranges of a restart is another one, and overrides that of before. */
  readonly anew: JobBuilder;
  /** Four ranges, and three skips for all of them. */
  readonly limited: JobBuilder;
  /** One range of 30, with all that goes with partitions; the analyzer's context says what it was told. */
  readonly collected: JobBuilder;
  readonly unsendable: JobBuilder;
  /** Goes on until it is stopped, and waits for nothing. */
  readonly endless: JobBuilder;
  readonly batchlets: JobBuilder;
}

/**
 * @param module URL of the module that exports them.
 * @param oneEach Where partitions run when every place has one worker.
 */
export function partitionJobs(module: string, elsewhere: Elsewhere, oneEach: Elsewhere): PartitionJobs {
  return {
    three: rangesWith('three', module, { over: threeRanges, ...elsewhere }),
    oneEach: rangesWith('one each', module, { over: threeRanges, ...oneEach }),
    anew: rangesWith('anew', module, {
      over: ({ job: { parameters } }: ArtifactContext) => {
        const ranges = parameters['fail'] === undefined ? [range(1, 30), range(31, 60)] : threeRanges;
        return { partitions: ranges.length, partitionProperties: ranges, partitionsOverride: true };
      },
      ...elsewhere,
    }),
    limited: rangesWith(
      'limited',
      module,
      { over: [range(1, 20), range(21, 40), range(41, 60), range(61, 80)], ...elsewhere },
      { skipLimit: 3, limits: 'instance' },
    ),
    collected: rangesWith('collected', module, {
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
      ...elsewhere,
    }),
    unsendable: rangesWith('unsendable', module, {
      over: [range(1, 5)],
      collector: () => ({ call: () => 1 }),
      ...elsewhere,
    }),
    endless: job('endless', { module }).chunk({
      reader: function* () {
        for (let item = 0; ; item++) yield item;
      },
      writer: (items: readonly number[], context) => {
        if (items[0] === 0) note(context, 'begun');
      },
      itemCount: 1000,
      partition: { over: 2, ...elsewhere },
    }),
    batchlets: job('batchlets', { module }).batchlet(
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
      { partition: { over: 3, ...elsewhere } },
    ),
  };
}

export const registry = new ArtifactRegistry()
  .fromModule(import.meta.url)
  .add('numbers', ({ partition, properties }: ArtifactContext) => {
    let left = Number(properties['count']);
    return { readItem: () => (left-- > 0 ? `${partition!.index}:${left}` : null) };
  })
  .add('notes', (context: ArtifactContext) => ({
    writeItems: (items: readonly string[]) => note(context, items.join(' ')),
  }));

/** @param property The step property that says where partitions run; its value is the parameter `where`. */
export const partitionXml = (
  property: 'waymark.workers' | 'waymark.nodes',
): string => `<job id="xml" xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">
  <step id="load">
    <properties><property name="${property}" value="#{jobParameters['where']}"/></properties>
    <chunk item-count="2">
      <reader ref="numbers"><properties><property name="count" value="#{partitionPlan['count']}"/></properties></reader>
      <writer ref="com.acme.Notes"/>
    </chunk>
    <partition><plan partitions="2">
      <properties partition="0"><property name="count" value="1"/></properties>
      <properties partition="1"><property name="count" value="3"/></properties>
    </plan></partition>
  </step>
</job>`;
