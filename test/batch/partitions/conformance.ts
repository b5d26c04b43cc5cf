/** What holds for partitions wherever they run; called by one test file for each link to them: worker threads, and other nodes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { job, type JobOperator, type JobOperatorOptions, parseJobXml } from '../../../src/batch/index.ts';
import { type Elsewhere, type PartitionJobs, partitionXml } from './partition-jobs.ts';
import { PartitionRuns, upTo } from './partition-runs.ts';

export interface PartitionHarness {
  /** Its jobs may run over the link as soon as this has resolved. */
  open(options?: JobOperatorOptions): Promise<JobOperator>;
  /** After the operator was closed: checks that nothing unexpected has happened, and closes the rest. */
  finish(): Promise<void>;
}

export interface PartitionLink {
  readonly jobs: PartitionJobs;
  readonly elsewhere: Elsewhere;
  /** In job XML. */
  readonly property: 'waymark.workers' | 'waymark.nodes';
  /** Threads that run partitions when every place has one worker. */
  readonly places: number;
  readonly makeHarness: () => Promise<PartitionHarness>;
}

/** Three ranges, the second of which has failed. */
const SECOND_FAILED = ['COMPLETED', 'FAILED', 'COMPLETED'];

/** Of the job `collected`: a collector is called after each chunk and at the end. */
export const COLLECTED = [
  'analyze 0 10',
  'analyze 0 20',
  'analyze 0 30',
  'analyze 0 30',
  'status COMPLETED COMPLETED',
];

export function partitionConformance(name: string, link: PartitionLink): void {
  const { jobs } = link;

  describe(`${name}: conformance of partitions`, () => {
    let harness: PartitionHarness;
    let runs: PartitionRuns | undefined;
    const open = async (options?: JobOperatorOptions): Promise<PartitionRuns> =>
      (runs = await PartitionRuns.open(await harness.open(options)));

    beforeEach(async () => {
      harness = await link.makeHarness();
    });
    afterEach(async () => {
      await runs?.close();
      runs = undefined;
      await harness.finish();
    });

    test('every partition runs its part in a thread of its own; the step has the sums of their counts, an observer hears of every commit', async () => {
      let commits = 0;
      let writes = 0;
      const { start } = bound(
        await open({
          observer: {
            chunkCommitted: (jobName, { writeCount }, ms) => {
              expect([jobName, ms >= 0]).toEqual(['three', true]);
              commits++;
              writes += writeCount;
            },
          },
        }),
      );
      const { execution, step, partitions, notes } = await start(jobs.three);
      expect(execution.batchStatus).toBe('COMPLETED');
      expect(notes.written).toEqual(upTo(60));
      expect(notes.threads.size).toBe(3);
      expect(notes.threads).not.toContain(0);
      expect(step.metrics).toMatchObject({ readCount: 60, writeCount: 60, commitCount: 8 });
      expect([commits, writes]).toEqual([8, 60]);
      expect(step.guarantee).toContain('at least once');
      expect(
        partitions.map(({ batchStatus, metrics, persistentUserData }) => [
          batchStatus,
          metrics.readCount,
          persistentUserData,
        ]),
      ).toEqual([
        ['COMPLETED', 25, new Map([['last', 25]])],
        ['COMPLETED', 25, new Map([['last', 50]])],
        ['COMPLETED', 10, new Map([['last', 60]])],
      ]);
    });

    test('with one worker at every place partitions take turns in it, one after the other', async () => {
      const { start } = bound(await open());
      const { notes } = await start(jobs.oneEach);
      expect(notes.opened).toEqual([1, 26, 51]);
      expect(notes.written).toEqual(upTo(60));
      expect(notes.threads.size).toBe(link.places);
      for (const thread of notes.threads) {
        const { lines, opened, written } = notes.ofThread(thread);
        // A partition is written to its end before the next one is opened.
        const inTurn = opened.flatMap((first) => [
          `opens ${first}`,
          ...chunksOf(written.filter((item) => item >= first && item < first + 25)),
        ]);
        expect(lines).toEqual(inTurn.map((line) => `thread ${thread} ${line}`));
      }
    });

    test('30 items in chunks of 10: the collector is called 4 times; its data reaches the analyzer once and in order, then the status', async () => {
      const { start } = bound(await open());
      const { notes } = await start(jobs.collected);
      expect(notes.analyzed).toEqual(COLLECTED);
      expect(notes.written).toEqual(upTo(30));
    });

    test('what is collected must be data', async () => {
      const { start } = bound(await open());
      const { step } = await start(jobs.unsendable);
      expect(step).toMatchObject({ batchStatus: 'FAILED', exception: { name: 'BatchError' } });
      expect(step.exception?.message).toContain('cannot be sent from its worker thread');
    });

    test('skips are counted by class, as in one thread', async () => {
      const { start } = bound(await open());
      const { step, notes } = await start(jobs.three, { skip: '30' });
      expect(step).toMatchObject({
        batchStatus: 'COMPLETED',
        metrics: { processSkipCount: 1, writeCount: 59 },
      });
      expect(notes.written).toEqual(upTo(60).filter((item) => item !== 30));
    });

    test('limits that count over all partitions, and restarts, are shared', async () => {
      const { start, restart } = bound(await open());
      const enough = await start(jobs.limited, { skip: '1 21 41' });
      expect(enough.step).toMatchObject({ batchStatus: 'COMPLETED', metrics: { processSkipCount: 3 } });
      const first = await start(jobs.limited, { skip: '1 21 41 61' });
      expect(first.step.batchStatus).toBe('FAILED');
      expect(first.partitions.filter(({ batchStatus }) => batchStatus === 'FAILED')).toHaveLength(1);
      const second = await restart(first, { skip: '1 21 41 61' });
      expect(second.step.batchStatus).toBe('FAILED');
      expect((await restart(second)).step.batchStatus).toBe('COMPLETED');
    });

    test('contexts belong to a partition; user data and exit status of a batchlet come back', async () => {
      const { start, restart } = bound(await open());
      const first = await start(jobs.batchlets, { fail: '1' });
      expect(first.execution).toMatchObject({ batchStatus: 'FAILED', exitStatus: 'FAILED' });
      expect(
        first.partitions.map(({ exitStatus, persistentUserData }) => [exitStatus, persistentUserData]),
      ).toEqual([
        ['partition 0 of 3', 'of 0'],
        ['FAILED', 'of 1'],
        ['partition 2 of 3', 'of 2'],
      ]);
      const second = await restart(first);
      expect(second.notes.lines).toEqual(['1 has of 1']);
      expect(second.execution).toMatchObject({ batchStatus: 'COMPLETED', exitStatus: 'COMPLETED' });
    });

    test('an error: the others run to their ends; the step has its name, message and stack; a restart goes on at its checkpoint', async () => {
      const { start, restart } = bound(await open());
      const first = await start(jobs.three, { fail: '47' });
      expect(first.partitions.map(({ batchStatus }) => batchStatus)).toEqual(SECOND_FAILED);
      expect(first.step.exception).toMatchObject({ name: 'RangeError', message: 'item 47' });
      expect(first.step.exception?.stack).toMatch(/partition-jobs\.ts:\d+/);
      const second = await restart(first);
      expect(second.notes.opened).toEqual([46]);
      expect(second.execution.batchStatus).toBe('COMPLETED');
      expect([...first.notes.written, ...second.notes.written].toSorted((a, b) => a - b)).toEqual(upTo(60));
    });

    test('process.exit: its thread is gone, the partition FAILED and given to nobody else; a restart goes on at its checkpoint', async () => {
      const { start, restart } = bound(await open());
      const first = await start(jobs.oneEach, { exit: '47' });
      expect(first.partitions.map(({ batchStatus }) => batchStatus)).toEqual(SECOND_FAILED);
      expect(first.step.exception?.message).toBe(
        'The worker thread of partition 1 of step "load" has ended: exit code 7',
      );
      const second = await restart(first);
      expect(second.execution.batchStatus).toBe('COMPLETED');
      expect(second.notes.opened).toEqual([46]);
      expect([...first.notes.written, ...second.notes.written].toSorted((a, b) => a - b)).toEqual(upTo(60));
    });

    test('an error that nobody catches: the same; nothing is left out', async () => {
      const { start, restart } = bound(await open());
      const first = await start(jobs.oneEach, { uncaught: '47' });
      expect(first.partitions.map(({ batchStatus }) => batchStatus)).toEqual(SECOND_FAILED);
      expect(first.step.exception?.message).toContain('has ended: nobody catches this');
      const second = await restart(first);
      expect(second.execution.batchStatus).toBe('COMPLETED');
      // The chunk was on its way to the job repository when the thread ended.
      const written = new Set([...first.notes.written, ...second.notes.written]);
      expect([...written].toSorted((a, b) => a - b)).toEqual(upTo(60));
    });

    test('a mapper that overrides the partitions of before: all begin anew', async () => {
      const { start, restart } = bound(await open());
      const first = await start(jobs.anew, { fail: '47' });
      expect(first.execution.batchStatus).toBe('FAILED');
      const second = await restart(first);
      expect(second.notes.opened).toEqual([1, 31]);
      expect(second.notes.written).toEqual(upTo(60));
    });

    test('stop: every partition writes and keeps what it has', async () => {
      const running = await open();
      const id = await running.operator.start(jobs.endless, { log: running.log });
      await expect.poll(async () => (await running.notes()).lines, { timeout: 240_000 }).toContain('begun');
      await running.operator.stop(id);
      const { execution, partitions, step } = await running.outcome(id);
      expect(execution.batchStatus).toBe('STOPPED');
      expect(partitions.map(({ batchStatus }) => batchStatus)).toEqual(['STOPPED', 'STOPPED']);
      expect(step.metrics.writeCount).toBe(step.metrics.readCount);
    });

    test('job XML: a step property says where; workers load the module of the registry', async () => {
      const { start } = bound(await open());
      const xml = parseJobXml(partitionXml(link.property), 'x.xml');
      const { execution, notes } = await start(xml, { where: '2' });
      expect(execution.batchStatus).toBe('COMPLETED');
      expect(notes.lines.toSorted()).toEqual(['0:0', '1:0', '1:2 1:1']);
    });

    test('a job of functions that does not say its module does not start', async () => {
      const { operator } = await open();
      const unknown = job('unknown').batchlet('b', () => {}, { partition: { over: 2, ...link.elsewhere } });
      await expect(operator.start(unknown)).rejects.toMatchObject({ problems: [{ code: 'WM9070' }] });
    });
  });
}

function bound(runs: PartitionRuns): Pick<PartitionRuns, 'start' | 'restart'> {
  return { start: (...given) => runs.start(...given), restart: (...given) => runs.restart(...given) };
}

/** How a writer notes items, ten at a time. */
function chunksOf(items: readonly number[]): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < items.length; at += 10) chunks.push(`writes ${items.slice(at, at + 10).join(' ')}`);
  return chunks;
}
