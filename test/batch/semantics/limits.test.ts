/** Limits that count over all executions and partitions of a step. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  type ArtifactContext,
  type ChunkOptions,
  job,
  type JobBuilder,
  JobOperator,
  openFolderRepository,
} from '../../../src/batch/index.ts';
import { Both, Fatal, InPlace, jobOf, only, ref, Retryable, Skippable, step, World } from '../batch-world.ts';

type Thrown = new (message: string) => Error;

/** Numbers from 1, or of a partition; what is thrown at a number is taken from the list, once each. */
function numbers(
  fails: Record<number, Thrown[]>,
  changes: Partial<ChunkOptions<number, number>>,
  written: number[] = [],
): JobBuilder {
  return job('load').chunk<number, number>({
    id: 'load',
    reader: {
      from: (cursor: number | null, { partition }: ArtifactContext) => {
        const first = (partition?.index ?? 0) * 10;
        const all = Array.from({ length: 9 }, (_, index) => first + index + 1);
        return all.filter((number) => cursor === null || number > cursor);
      },
      cursor: (number: number) => number,
    },
    processor: (number) => {
      const thrown = fails[number]?.shift();
      if (thrown !== undefined) throw new thrown(`number ${number}`);
      return number;
    },
    writer: (items) => void written.push(...items),
    itemCount: 3,
    skip: [Skippable, Both],
    retry: [Retryable, Both],
    noRollback: [InPlace],
    limits: 'instance',
    ...changes,
  });
}

test('skips are counted over restarts', async () => {
  const world = new World();
  const fails = { 1: [Skippable], 4: [Skippable], 7: [Fatal], 8: [Skippable] };
  const definition = numbers(fails, { skipLimit: 2 });
  const first = await world.start(definition);
  expect(first.step.metrics.processSkipCount).toBe(2);
  const second = await world.restart(first);
  expect(second.step).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'number 8' } });
  const third = await world.restart(second);
  expect(third.execution.batchStatus).toBe('COMPLETED');
});

test('another instance counts for itself', async () => {
  const world = new World();
  const written: number[] = [];
  const definition = numbers({ 1: [Skippable, Skippable] }, { skipLimit: 1 }, written);
  expect((await world.start(definition)).execution.batchStatus).toBe('COMPLETED');
  expect((await world.start(definition)).execution.batchStatus).toBe('COMPLETED');
  expect(written).toHaveLength(16);
});

test('retries are counted over restarts, also those in place', async () => {
  const world = new World();
  const definition = numbers(
    { 2: [Retryable, InPlace, Fatal], 5: [Retryable, Retryable] },
    { retryLimit: 3 },
  );
  const first = await world.start(definition);
  expect(first.step.exception).toMatchObject({ message: 'number 2' });
  const second = await world.restart(first);
  expect(second.step).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'number 5' } });
  expect((await world.restart(second)).execution.batchStatus).toBe('COMPLETED');
});

test('a chunk that is rolled back takes its skips back, whoever rolls it back', async () => {
  const world = new World();
  // 1 is skipped, skipped again after the rollback for 2, and again after the restart: it is one skip each time.
  const fails = { 1: [Skippable, Skippable, Skippable], 2: [Retryable], 3: [Fatal] };
  const first = await world.start(numbers(fails, { skipLimit: 1, itemCount: 9 }));
  expect(first.step.exception).toMatchObject({ message: 'number 3' });
  const again = numbers({ 1: [Skippable] }, { skipLimit: 1, itemCount: 9 });
  world.operator.define(again);
  expect((await world.restart(first)).execution.batchStatus).toBe('COMPLETED');
});

test('partitions share the limits', async () => {
  const fails = () => ({ 2: [Skippable], 3: [Skippable], 12: [Skippable], 13: [Skippable] });
  const world = new World();
  const enough = await world.start(numbers(fails(), { skipLimit: 4, partition: { over: 2 } }));
  expect(enough.step).toMatchObject({ batchStatus: 'COMPLETED', metrics: { processSkipCount: 4 } });
  const less = await world.start(numbers(fails(), { skipLimit: 3, partition: { over: 2 } }));
  expect(less.step.batchStatus).toBe('FAILED');
  const each = await world.start(
    numbers(fails(), { skipLimit: 2, partition: { over: 2 }, limits: 'execution' }),
  );
  expect(each.step.batchStatus).toBe('COMPLETED');
});

test('an item that is skipped while a chunk is scanned counts, too', async () => {
  const world = new World();
  const writeFails = [Both, Both, Both, Both];
  const definition = numbers(
    {},
    {
      skipLimit: 1,
      retryLimit: 2,
      recovery: 'scan',
      writer: (items) => {
        const thrown = items.includes(2) || items.includes(5) ? writeFails.shift() : undefined;
        if (thrown !== undefined) throw new thrown(`write ${items.join(' ')}`);
      },
    },
  );
  const { step: ended } = await world.start(definition);
  expect(ended).toMatchObject({ batchStatus: 'FAILED', metrics: { writeSkipCount: 1 } });
});

test('a step that runs again from the beginning counts from 0', async () => {
  const world = new World();
  const script = { items: 3, process: { 1: [Skippable, Skippable] } };
  const definition = jobOf(
    step('load', {
      work: world.chunk(script, { skipLimit: 1, limits: 'instance', skippable: only(Skippable) }),
      allowStartIfComplete: true,
      next: 'after',
    }),
    step('after', {
      work: {
        kind: 'batchlet',
        ...ref({
          process: () => {
            throw new Fatal('after');
          },
        }),
      },
    }),
  );
  const first = await world.start(definition);
  const second = await world.restart(first);
  expect(second.steps[0]).toMatchObject({ batchStatus: 'COMPLETED', metrics: { processSkipCount: 1 } });
});

test('what was counted survives the process', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wm-limits-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let id: number | undefined;
  const statuses: string[] = [];
  for (const number of [4, 5, 6]) {
    const repository = await openFolderRepository(folder);
    const operator = new JobOperator({ repository });
    operator.define(
      numbers(number === 4 ? { 1: [Skippable], 4: [Fatal] } : { [number]: [Skippable] }, { skipLimit: 1 }),
    );
    id = await (id === undefined ? operator.start('load') : operator.restart(id));
    statuses.push((await operator.finished(id)).batchStatus);
    await repository.close();
  }
  expect(statuses).toEqual(['FAILED', 'FAILED', 'FAILED']);
});
