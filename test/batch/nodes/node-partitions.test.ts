/** Partitions that run in the worker threads of other nodes: what holds in one thread holds there, also over a bad network. */
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
  processEnvironment,
  type StepExecution,
} from '../../../src/batch/index.ts';
import { workerSourceOf } from '../../../src/batch/definition/worker-source.ts';
import { ClusterMember } from '../../../src/batch/nodes/cluster-member.ts';
import type { PartitionEvent, PartitionNodes } from '../../../src/batch/nodes/partition-nodes.ts';
import { codeHashOf } from '../../../src/batch/workers/code-hash.ts';
import { openLocalTransport } from '../../../src/transport/local/open-local-transport.ts';
import type { Transport } from '../../../src/transport/transport.ts';
import { randomOf } from '../killed-imports/random.ts';
import {
  registry,
  spread,
  spreadAnew,
  spreadBatchlets,
  spreadCollected,
  spreadEndless,
  spreadByOnes,
  spreadToFile,
  spreadUnsendable,
} from '../workers/worker-jobs.ts';
import { type Line, lossyTransport } from './lossy-transport.ts';

const PERFECT = { lost: 0, repeated: 0, delayed: 0 };
const JOBS = [
  spread,
  spreadAnew,
  spreadBatchlets,
  spreadCollected,
  spreadEndless,
  spreadByOnes,
  spreadToFile,
  spreadUnsendable,
];

const XML = `<job id="xml" xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">
  <step id="load">
    <properties><property name="waymark.nodes" value="#{jobParameters['nodes']}?:all;"/></properties>
    <chunk item-count="2">
      <reader ref="numbers"><properties><property name="count" value="#{partitionPlan['count']}"/></properties></reader>
      <writer ref="notes"/>
    </chunk>
    <partition><plan partitions="2">
      <properties partition="0"><property name="count" value="1"/></properties>
      <properties partition="1"><property name="count" value="3"/></properties>
    </plan></partition>
  </step>
</job>`;

let folder: string;
let log: string;
let operator: JobOperator;
let members: ClusterMember[] = [];
let transports: Transport[] = [];
let events: PartitionEvent[] = [];
let network: Line[] = [];
let clusters = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-nodes-'));
  log = join(folder, 'log');
  await writeFile(log, '');
  events = [];
  network = [];
});
afterEach(async () => {
  await operator.close();
  for (const member of members.splice(0)) await member.close();
  for (const transport of transports.splice(0)) await transport.close();
  await rm(folder, { recursive: true, force: true });
});

/** A node that runs jobs and no partitions, and others with room for two partitions each. */
async function cluster(others: number, trouble = PERFECT, leaseMs = 5000, host = 'here'): Promise<void> {
  const hub = `nodes ${++clusters}`;
  const random = randomOf(7);
  const xml = parseJobXml(XML, 'x.xml');
  const jobs = new Map(
    await Promise.all(
      [...JOBS, xml].map(async (definition) => {
        const source = workerSourceOf(definition, registry)!;
        return [definition.id, { source, codeHash: await codeHashOf(source) }] as const;
      }),
    ),
  );
  for (const id of ['home', ...Array.from({ length: others }, (_, index) => `node${index}`)]) {
    const transport = await openLocalTransport({ name: hub, id });
    transports.push(transport);
    const line = { cut: false };
    network.push(line);
    members.push(
      await ClusterMember.open({
        transport: lossyTransport(transport, random, trouble, line),
        prefix: undefined,
        id,
        name: id,
        host: id === 'home' ? 'here' : host,
        capacity: id === 'home' ? 0 : 2,
        leaseMs,
        environment: processEnvironment,
        jobs,
        onEvent: (event) => void events.push(event),
        onError: (error) => {
          throw error;
        },
      }),
    );
  }
  const [home] = members as [ClusterMember];
  await expect.poll(() => home.nodesFor('spread').length, { timeout: 240_000 }).toBe(others);
  const nodes: PartitionNodes = {
    capacity: 0,
    nodesFor: (name) => home.nodesFor(name),
    onChange: (changed) => home.onChange(changed),
    report: (event) => home.report(event),
  };
  operator = new JobOperator({ registry: new ArtifactRegistry(registry), nodes, jobs: [xml] });
}

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

const start = async (
  definition: JobDefinition | string,
  parameters: Record<string, string> = {},
): Promise<Outcome> => outcome(await operator.start(definition, { log, ...parameters }));

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
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('every partition runs its part elsewhere; the step has the sums of their counts, user data comes back', async () => {
  await cluster(2);
  const { execution, step, partitions, lines } = await start(spread);
  expect(execution.batchStatus).toBe('COMPLETED');
  expect(written(lines)).toEqual(upTo(60));
  expect(lines.filter((line) => line.startsWith('thread 0 '))).toEqual([]);
  expect(step.metrics).toMatchObject({ readCount: 60, writeCount: 60, commitCount: 8 });
  expect(step.guarantee).toContain('at least once');
  expect(partitions.map(({ batchStatus, persistentUserData }) => [batchStatus, persistentUserData])).toEqual([
    ['COMPLETED', new Map([['last', 25]])],
    ['COMPLETED', new Map([['last', 50]])],
    ['COMPLETED', new Map([['last', 60]])],
  ]);
  expect(events).toEqual([]);
});

test('workers per node: with one, three partitions take turns in one thread here and one there', async () => {
  await cluster(1);
  const { lines } = await start(spreadByOnes);
  expect(written(lines)).toEqual(upTo(60));
  expect(new Set(lines.flatMap((line) => line.match(/thread (\d+)/)?.[1] ?? [])).size).toBe(2);
});

test('a network that loses a tenth of all, repeats and delays a fifth: the analyzer hears each thing once, in order', async () => {
  await cluster(2, { lost: 0.1, repeated: 0.2, delayed: 0.2 });
  const { execution, lines } = await start(spreadCollected);
  expect(execution.batchStatus).toBe('COMPLETED');
  expect(lines.filter((line) => /^(analyze|status)/.test(line))).toEqual([
    'analyze 0 10',
    'analyze 0 20',
    'analyze 0 30',
    'analyze 0 30',
    'status COMPLETED COMPLETED',
  ]);
  expect(written(lines)).toEqual(upTo(30));
});

test('what is collected must be data', async () => {
  await cluster(1);
  const { step } = await start(spreadUnsendable);
  expect(step).toMatchObject({ batchStatus: 'FAILED', exception: { name: 'BatchError' } });
  expect(step.exception?.message).toContain('cannot be sent');
});

test('contexts belong to a partition; user data and exit status of a batchlet come back', async () => {
  await cluster(2);
  const first = await start(spreadBatchlets, { fail: '1' });
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
  test('an error keeps its class and stack; a restart goes on at the checkpoint', async () => {
    await cluster(2);
    const first = await start(spread, { fail: '47' });
    expect(first.step.exception).toMatchObject({ name: 'RangeError', message: 'item 47' });
    expect(first.step.exception?.stack).toMatch(/worker-jobs\.ts:\d+/);
    const second = await restart(first);
    expect(opened(second.lines)).toEqual(['open 46']);
    expect(written([...first.lines, ...second.lines])).toEqual(upTo(60));
  });

  test('process.exit ends its thread and not its node: it is not given to another one', async () => {
    await cluster(2);
    const first = await start(spread, { exit: '47' });
    expect(first.partitions.map(({ batchStatus }) => batchStatus)).toEqual([
      'COMPLETED',
      'FAILED',
      'COMPLETED',
    ]);
    expect(first.step.exception?.message).toBe(
      'The worker thread of partition 1 of step "load" has ended: exit code 7',
    );
    expect(events).toEqual([]);
    const second = await restart(first);
    expect(opened(second.lines)).toEqual(['open 46']);
    expect(second.execution.batchStatus).toBe('COMPLETED');
  });

  test('a mapper that overrides the partitions of before: all begin anew', async () => {
    await cluster(2);
    const first = await start(spreadAnew, { fail: '47' });
    expect(first.execution.batchStatus).toBe('FAILED');
    const second = await restart(first);
    expect(opened(second.lines)).toEqual(['open 1', 'open 31']);
    expect(written(second.lines)).toEqual(upTo(60));
  });
});

test('stop: every partition writes and keeps what it has', async () => {
  await cluster(2);
  const id = await operator.start(spreadEndless, { log });
  await expect.poll(() => readFile(log, 'utf8'), { timeout: 240_000 }).toContain('begun');
  await operator.stop(id);
  const { execution, partitions, step } = await outcome(id);
  expect(execution.batchStatus).toBe('STOPPED');
  expect(partitions.map(({ batchStatus }) => batchStatus)).toEqual(['STOPPED', 'STOPPED']);
  expect(step.metrics.writeCount).toBe(step.metrics.readCount);
});

test('a node that is cut off: the partition goes on elsewhere, and counts what was counted', async () => {
  await cluster(2, PERFECT, 1500);
  const id = await operator.start(spreadEndless, { log });
  await expect
    .poll(() => operator.getProgress(id)?.[0]?.metrics.writeCount, { timeout: 240_000 })
    .toBeGreaterThan(5000);
  const before = operator.getProgress(id)![0]!.metrics.writeCount;
  network[1]!.cut = true;
  await expect.poll(() => events.map(({ kind }) => kind), { timeout: 240_000 }).toContain('moved');
  await expect
    .poll(() => operator.getProgress(id)![0]!.metrics.writeCount, { timeout: 240_000 })
    .toBeGreaterThan(before);
  await operator.stop(id);
  const { execution, step } = await outcome(id);
  expect(execution.batchStatus).toBe('STOPPED');
  expect(step.metrics.writeCount).toBeGreaterThan(before);
  expect(step.metrics.writeCount).toBe(step.metrics.readCount);
});

test('a writer to a file of SQLite is refused on another machine, and not on the same one', async () => {
  await cluster(1, PERFECT, 5000, 'there');
  const { execution, step } = await start(spreadToFile);
  expect(execution.batchStatus).toBe('FAILED');
  expect(step.exception?.message).toContain('and the job runs on another machine');
  await operator.close();
  for (const member of members.splice(0)) await member.close();
  await cluster(1);
  expect((await start(spreadToFile)).execution.batchStatus).toBe('COMPLETED');
});

describe('job XML', () => {
  test('a step property says on how many nodes', async () => {
    await cluster(2);
    const { execution, lines } = await start('xml');
    expect(execution.batchStatus).toBe('COMPLETED');
    expect(lines.toSorted()).toEqual(['0:0', '1:0', '1:2 1:1']);
  });

  test.each(['0', 'some', '1.5'])('waymark.nodes %s is refused', async (nodes) => {
    await cluster(0);
    await expect(operator.start('xml', { log, nodes })).rejects.toMatchObject({
      problems: [{ code: 'WM9041', message: expect.stringContaining('waymark.nodes') }],
    });
  });
});

test('a job of functions that does not say its module does not start on several nodes', async () => {
  operator = new JobOperator();
  const unknown = job('unknown').batchlet('b', () => {}, { partition: { over: 2, nodes: 2 } });
  await expect(operator.start(unknown)).rejects.toMatchObject({
    problems: [{ code: 'WM9070', message: expect.stringContaining('other nodes cannot find') }],
  });
});

test('without a cluster all partitions run where the job is', async () => {
  operator = new JobOperator();
  const { lines } = await start(spread);
  expect(written(lines)).toEqual(upTo(60));
  expect(new Set(lines.flatMap((line) => line.match(/thread (\d+)/)?.[1] ?? []))).toEqual(new Set(['0']));
});
