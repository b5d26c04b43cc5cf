/** Partitions in worker threads: what holds in one thread holds in several, and a thread that dies takes only its partition with it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ArtifactRegistry,
  job,
  type JobDefinition,
  type JobExecution,
  JobOperator,
  parseJobXml,
  type PartitionExecution,
  type StepExecution,
} from '../../../src/batch/index.ts';
import {
  batchlets,
  collected,
  endless,
  limited,
  one,
  range,
  rangesWith,
  registry,
  three,
  unsendable,
} from './worker-jobs.ts';

let folder: string;
let log: string;
let operator: JobOperator;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-workers-'));
  log = join(folder, 'log');
  await writeFile(log, '');
  operator = new JobOperator({ registry: new ArtifactRegistry(registry) });
});
afterEach(async () => {
  await operator.close();
  await rm(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly execution: JobExecution;
  readonly step: StepExecution;
  readonly partitions: readonly PartitionExecution[];
  readonly lines: readonly string[];
}

async function outcome(id: number): Promise<Outcome> {
  const execution = await operator.finished(id);
  const step = (await operator.getStepExecutions(id))[0]!;
  const lines = (await readFile(log, 'utf8')).split('\n').slice(0, -1);
  return { execution, step, partitions: await operator.getPartitionExecutions(step.id), lines };
}

const start = async (definition: JobDefinition, parameters: Record<string, string> = {}): Promise<Outcome> =>
  outcome(await operator.start(definition, { log, ...parameters }));

async function restart({ execution }: Outcome): Promise<Outcome> {
  await writeFile(log, '');
  return outcome(await operator.restart(execution.id, { log }));
}

const written = (lines: readonly string[]): number[] =>
  lines
    .flatMap((line) => line.match(/ writes (.*)/)?.[1]?.split(' ') ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
const opened = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.startsWith('open')).toSorted();
const threadsOf = (lines: readonly string[]): Set<string> =>
  new Set(lines.flatMap((line) => line.match(/thread (\d+)/)?.[1] ?? []));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('every partition runs its part in a thread; the step has the sums of their counts', async () => {
  const { execution, step, partitions, lines } = await start(three);
  expect(execution.batchStatus).toBe('COMPLETED');
  expect(written(lines)).toEqual(upTo(60));
  expect(threadsOf(lines).size).toBe(3);
  expect(threadsOf(lines)).not.toContain('0');
  expect(step.metrics).toMatchObject({ readCount: 60, writeCount: 60, commitCount: 8 });
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

test('one worker runs all partitions, one after the other', async () => {
  const { lines } = await start(one);
  expect(threadsOf(lines).size).toBe(1);
  expect(lines.filter((line) => line.startsWith('open'))).toEqual(['open 1', 'open 26', 'open 51']);
  expect(written(lines)).toEqual(upTo(60));
});

test('30 items in chunks of 10: the collector is called 4 times; its data reaches the analyzer, then the status', async () => {
  const { lines } = await start(collected);
  expect(lines.filter((line) => /^(analyze|status)/.test(line))).toEqual([
    'analyze 0 10',
    'analyze 0 20',
    'analyze 0 30',
    'analyze 0 30',
    'status COMPLETED COMPLETED',
  ]);
});

test('an observer hears of every commit, whichever thread it was in', async () => {
  let writes = 0;
  let commits = 0;
  operator = new JobOperator({
    observer: {
      chunkCommitted: (jobName, { writeCount }, ms) => {
        expect([jobName, ms >= 0]).toEqual(['three', true]);
        commits++;
        writes += writeCount;
      },
    },
  });
  await start(three);
  expect([commits, writes]).toEqual([8, 60]);
});

test('what is collected must be data', async () => {
  const { step } = await start(unsendable);
  expect(step).toMatchObject({ batchStatus: 'FAILED', exception: { name: 'BatchError' } });
  expect(step.exception?.message).toContain('cannot be sent from its worker thread');
});

test('skips are counted by class, as in one thread', async () => {
  const { step, lines } = await start(three, { skip: '30' });
  expect(step).toMatchObject({ batchStatus: 'COMPLETED', metrics: { processSkipCount: 1, writeCount: 59 } });
  expect(written(lines)).toEqual(upTo(60).filter((item) => item !== 30));
});

test('contexts belong to a partition; user data and exit status of a batchlet come back', async () => {
  const first = await start(batchlets, { fail: '1' });
  expect(first.execution).toMatchObject({ batchStatus: 'FAILED', exitStatus: 'FAILED' });
  expect(
    first.partitions.map(({ exitStatus, persistentUserData }) => [exitStatus, persistentUserData]),
  ).toEqual([
    ['partition 0 of 3', 'of 0'],
    ['FAILED', 'of 1'],
    ['partition 2 of 3', 'of 2'],
  ]);
  const second = await restart(first);
  expect(second.lines).toEqual(['1 has of 1']);
  expect(second.execution).toMatchObject({ batchStatus: 'COMPLETED', exitStatus: 'COMPLETED' });
});

describe('a partition that fails', () => {
  test('an error: the others run to their ends; the step has its name, message and stack; a restart goes on at its checkpoint', async () => {
    const first = await start(three, { fail: '47' });
    expect(first.partitions.map(({ batchStatus }) => batchStatus)).toEqual([
      'COMPLETED',
      'FAILED',
      'COMPLETED',
    ]);
    expect(first.step.exception).toMatchObject({ name: 'RangeError', message: 'item 47' });
    expect(first.step.exception?.stack).toMatch(/worker-jobs\.ts:\d+/);
    const second = await restart(first);
    expect(opened(second.lines)).toEqual(['open 46']);
    expect(second.execution.batchStatus).toBe('COMPLETED');
    expect(written([...first.lines, ...second.lines])).toEqual(upTo(60));
  });

  test('process.exit: its thread is gone, the partition FAILED; a restart goes on at its checkpoint', async () => {
    const first = await start(one, { exit: '47' });
    expect(first.partitions.map(({ batchStatus }) => batchStatus)).toEqual([
      'COMPLETED',
      'FAILED',
      'COMPLETED',
    ]);
    expect(first.step.exception?.message).toBe(
      'The worker thread of partition 1 of step "load" has ended: exit code 7',
    );
    const second = await restart(first);
    expect(second.execution.batchStatus).toBe('COMPLETED');
    expect(opened(second.lines)).toEqual(['open 46']);
    expect(written([...first.lines, ...second.lines])).toEqual(upTo(60));
  });

  test('an error that nobody catches: the same; nothing is left out', async () => {
    const first = await start(one, { uncaught: '47' });
    expect(first.partitions.map(({ batchStatus }) => batchStatus)).toEqual([
      'COMPLETED',
      'FAILED',
      'COMPLETED',
    ]);
    expect(first.step.exception?.message).toContain('has ended: nobody catches this');
    const second = await restart(first);
    expect(second.execution.batchStatus).toBe('COMPLETED');
    // The chunk was on its way to the job repository when the thread ended.
    expect([...new Set(written([...first.lines, ...second.lines]))]).toEqual(upTo(60));
  });
});

test('stop: every partition writes and keeps what it has; a restart would go on', async () => {
  const id = await operator.start(endless, { log });
  await expect.poll(() => readFile(log, 'utf8'), { timeout: 240_000 }).toContain('begun');
  await operator.stop(id);
  const { execution, partitions, step } = await outcome(id);
  expect(execution.batchStatus).toBe('STOPPED');
  expect(partitions.map(({ batchStatus }) => batchStatus)).toEqual(['STOPPED', 'STOPPED']);
  expect(step.metrics.writeCount).toBe(step.metrics.readCount);
});

describe('job XML', () => {
  const xml = (
    workers: string,
  ): string => `<job id="xml" xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">
    <step id="load">
      <properties><property name="waymark.workers" value="${workers}"/></properties>
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

  test('a step property says how many workers; they load the module of the registry', async () => {
    operator.registry.alias('com.acme.Notes', 'notes');
    const { execution, lines } = await start(parseJobXml(xml("#{jobParameters['workers']}"), 'x.xml'), {
      workers: '2',
    });
    expect(execution.batchStatus).toBe('COMPLETED');
    expect(lines.toSorted()).toEqual(['0:0', '1:0', '1:2 1:1']);
  });

  test('without a module of the registry it does not start', async () => {
    const bare = new JobOperator({
      registry: new ArtifactRegistry().add('numbers', {}).add('com.acme.Notes', {}),
    });
    await expect(bare.start(parseJobXml(xml('2'), 'x.xml'))).rejects.toMatchObject({
      problems: [{ code: 'WM9070', place: { file: 'x.xml', line: 2 } }],
    });
  });
});

test('a job of functions that does not say its module does not start with workers', async () => {
  const unknown = job('unknown').batchlet('b', () => {}, { partition: { over: 2, workers: 2 } });
  await expect(operator.start(unknown)).rejects.toMatchObject({ problems: [{ code: 'WM9070' }] });
});

describe('a module that cannot be used', () => {
  test('it exports no such job', async () => {
    const other = rangesWith('other', { over: [range(1, 5)], workers: 1 });
    const { step } = await start(other);
    expect(step.batchStatus).toBe('FAILED');
    expect(step.exception?.message).toContain('exports no job named "other"');
  });

  test('it starts the job itself when it is loaded', async () => {
    const elsewhere: JobDefinition = three;
    const module = new URL('./self-starting-job.ts', import.meta.url).href;
    const { step } = await start({ ...elsewhere, module });
    expect(step.batchStatus).toBe('FAILED');
    expect(step.exception?.message).toMatch(/self-starting-job\.ts starts a job when it is loaded/);
  });
});

test('threads share limits that count over all partitions, and restarts', async () => {
  const enough = await start(limited, { skip: '1 21 41' });
  expect(enough.step).toMatchObject({ batchStatus: 'COMPLETED', metrics: { processSkipCount: 3 } });
  const first = await start(limited, { skip: '1 21 41 61' });
  expect(first.step.batchStatus).toBe('FAILED');
  expect(first.partitions.filter(({ batchStatus }) => batchStatus === 'FAILED')).toHaveLength(1);
  const second = await outcome(await operator.restart(first.execution.id, { log, skip: '1 21 41 61' }));
  expect(second.step.batchStatus).toBe('FAILED');
  expect((await restart(second)).step.batchStatus).toBe('COMPLETED');
});
