import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { job } from '../../src/batch/builder/job-builder.ts';
import { JobOperator } from '../../src/batch/operator/job-operator.ts';
import type { StepProgress } from '../../src/batch/operator/step-progress.ts';
import { noMetrics } from '../../src/batch/engine/metrics.ts';
import { expectedItems } from '../../src/cli/jobs/expected-items.ts';
import { progressLine, StepPace } from '../../src/cli/jobs/progress-line.ts';
import { LiveLines } from '../../src/cli/live-lines.ts';

const step = (readCount: number, more: Partial<StepProgress> = {}): StepProgress => ({
  stepExecutionId: 1,
  stepName: 'load',
  metrics: { ...noMetrics(), readCount, commitCount: Math.floor(readCount / 100) },
  fraction: undefined,
  partitions: undefined,
  ...more,
});

describe('pace', () => {
  const colors = pc.createColors(false);

  test('items per second are those of the last seconds', () => {
    const pace = new StepPace(undefined);
    expect(pace.see(step(0), 0).rate).toBe(0);
    expect(pace.see(step(1000), 1000).rate).toBe(1000);
    for (let at = 2000; at <= 20_000; at += 1000) pace.see(step(1000), at);
    expect(pace.see(step(1000), 21_000)).toEqual({ rate: 0, fraction: undefined, leftMs: undefined });
  });

  test('the time left is what the rest takes at the pace since the beginning of this execution', () => {
    const pace = new StepPace(undefined);
    pace.see(step(0, { fraction: 0.5 }), 0);
    const seen = pace.see(step(500, { fraction: 0.75 }), 10_000);
    expect(seen).toMatchObject({ fraction: 0.75, leftMs: 10_000 });
    expect(progressLine(step(500, { fraction: 0.75 }), seen, colors)).toBe(
      'load  ███████████████░░░░░ 75 %  500 read  50/s  chunk 5  10 s left',
    );
  });

  test('without a reader that knows, the items of before are the guess; more than that is none', () => {
    const pace = new StepPace(1000);
    pace.see(step(0), 0);
    expect(pace.see(step(250), 1000)).toMatchObject({ fraction: 0.25, leftMs: 3000 });
    expect(pace.see(step(1001), 5000).fraction).toBeUndefined();
  });

  test('partitions, skips and rollbacks are told when there are any', () => {
    const metrics = { ...noMetrics(), readCount: 10, processSkipCount: 2, rollbackCount: 1 };
    const shown = step(10, { metrics, partitions: { completed: 1, count: 4 } });
    expect(progressLine(shown, new StepPace(undefined).see(shown, 0), colors)).toBe(
      'load  10 read  0/s  2 skipped  1 rolled back  1 of 4 partitions',
    );
  });
});

test('an operator says how far the steps are that run now', async () => {
  const seen: (readonly StepProgress[] | undefined)[] = [];
  const operator = new JobOperator();
  const copy = job('copy').chunk({
    id: 'load',
    reader: [1, 2, 3, 4],
    writer: (_items, { job: { executionId } }) => void seen.push(operator.getProgress(executionId)),
    itemCount: 2,
  });
  const id = await operator.start(copy);
  await operator.finished(id);
  expect(seen.slice(0, 2)).toMatchObject([
    [{ stepName: 'load', fraction: 0.5, metrics: { readCount: 2 }, partitions: undefined }],
    [{ stepName: 'load', fraction: 1, metrics: { readCount: 4 } }],
  ]);
  expect(operator.getProgress(id)).toBeUndefined();
});

test('partitions together are as far as their mean', async () => {
  const seen: (number | undefined)[] = [];
  const operator = new JobOperator();
  const copy = job('copy').chunk({
    reader: ({ partition }) => (partition!.index === 0 ? [1, 2] : [1, 2, 3, 4]),
    writer: (_items, { job: { executionId } }) =>
      void seen.push(operator.getProgress(executionId)?.[0]?.fraction),
    itemCount: 2,
    partition: { over: 2, threads: 1 },
  });
  await operator.finished(await operator.start(copy));
  expect(seen.filter((fraction) => fraction !== 1)).toEqual([0.5, 0.75]);
});

test('what a step will read is what it read before, less what this instance has read', async () => {
  const operator = new JobOperator();
  let failing = false;
  const copy = job('copy').chunk({
    id: 'load',
    reader: [1, 2, 3, 4, 5],
    processor: (item) => {
      if (failing && item === 4) throw new Error('broken');
      return item;
    },
    writer: () => {},
    itemCount: 1,
  });
  const first = await operator.finished(await operator.start(copy));
  failing = true;
  const second = await operator.finished(await operator.start(copy));
  expect([first.batchStatus, second.batchStatus]).toEqual(['COMPLETED', 'FAILED']);
  expect(await expectedItems(operator.repository, 'copy', second.instanceId)).toEqual(new Map([['load', 2]]));
});

test('lines stand below what others write, and are cut where the terminal ends', () => {
  const printed: string[] = [];
  const stream = {
    columns: 10,
    write: (text: string | Uint8Array) => {
      printed.push(String(text));
      return true;
    },
  };
  const live = new LiveLines([stream], stream);
  live.show(['a', 'b']);
  stream.write('above\n');
  live.show(['a line that is long']);
  live.show([]);
  stream.write('after\n');
  const up = (lines: number): string => `\u001B[${lines}A\u001B[0J`;
  expect(printed).toEqual(['a\nb\n', up(2), 'above\n', 'a line th\n', up(1), 'after\n']);
});
