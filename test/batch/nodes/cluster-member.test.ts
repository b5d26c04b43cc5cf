/** Processes that share partitions, in virtual time: who is there, who has room, who has other code, who leaves or falls silent. */
import { beforeEach, describe, expect, test } from 'vitest';
import { NodeLostError, OtherCodeError } from '../../../src/batch/batch-error.ts';
import type { WorkerSource } from '../../../src/batch/definition/worker-source.ts';
import { ClusterMember } from '../../../src/batch/nodes/cluster-member.ts';
import type { PartitionEvent, PartitionNode } from '../../../src/batch/nodes/partition-nodes.ts';
import type { SharedSetup, WorkerLink, WorkerLinkEvents } from '../../../src/batch/workers/worker-link.ts';
import type { FromWorker, ToWorker } from '../../../src/batch/workers/worker-messages.ts';
import { VirtualEnvironment } from '../virtual-environment.ts';
import { TestBus } from './test-bus.ts';

const LEASE_MS = 1000;
const SETUP: SharedSetup = {
  parameters: { day: 'Monday' },
  systemProperties: {},
  stepId: 'load',
  stepExecutionId: 1,
  repositoryId: 'r',
  fence: 1,
  hosted: undefined,
  observed: false,
};

/** A thread that only notes what it is told. */
interface TestThread {
  readonly setup: SharedSetup;
  readonly on: WorkerLinkEvents;
  readonly told: ToWorker[];
  ended: boolean;
}

interface TestNode {
  readonly member: ClusterMember;
  readonly threads: TestThread[];
  readonly events: PartitionEvent[];
}

let environment: VirtualEnvironment;
let bus: TestBus;

beforeEach(() => {
  environment = new VirtualEnvironment();
  bus = new TestBus(environment);
});

async function join(id: string, { capacity = 2, codeHash = 'h' } = {}): Promise<TestNode> {
  const threads: TestThread[] = [];
  const events: PartitionEvent[] = [];
  const source: WorkerSource = {
    jobId: 'copy',
    module: 'file:///copy.ts',
    definition: undefined,
    registryModule: undefined,
    aliases: [],
  };
  const member = await ClusterMember.open({
    transport: bus.transport(id),
    prefix: 'test',
    id,
    name: `node ${id}`,
    host: 'h',
    capacity,
    leaseMs: LEASE_MS,
    environment,
    jobs: new Map([['copy', { source, codeHash }]]),
    onEvent: (event) => void events.push(event),
    onError: (error) => {
      throw error;
    },
    openThread: (_source, setup, on): WorkerLink => {
      const thread: TestThread = { setup, on, told: [], ended: false };
      threads.push(thread);
      return {
        post: (message) => void thread.told.push(message),
        end: async () => void (thread.ended = true),
      };
    },
  });
  return { member, threads, events };
}

interface Opened {
  readonly link: WorkerLink;
  readonly heard: FromWorker[];
  readonly gone: Error[];
}

function open(node: PartitionNode): Opened {
  const heard: FromWorker[] = [];
  const gone: Error[] = [];
  const link = node.open(SETUP, {
    message: (message) => void heard.push(message),
    gone: (why) => void gone.push(why),
  });
  return { link, heard, gone };
}

const lossesOf = ({ gone }: Opened): unknown[] =>
  gone.map((error) => (error instanceof NodeLostError ? error.loss : error));

const nodesOf = ({ member }: TestNode): string[] => member.nodesFor('copy').map(({ name }) => name);

test('who comes is known to all, and knows them, at once; nobody counts itself', async () => {
  const a = await join('a');
  environment.pass(500);
  const b = await join('b');
  environment.pass(10);
  expect([nodesOf(a), nodesOf(b)]).toEqual([['node b'], ['node a']]);
  expect(a.member.nodesFor('other')).toEqual([]);
});

test('who is not heard of for a while is not there; nor is who leaves', async () => {
  const [a, b, c] = [await join('a'), await join('b'), await join('c')];
  environment.pass(10);
  let changes = 0;
  a.member.onChange(() => changes++);
  bus.silence('b');
  await c.member.leave(0);
  environment.pass(10);
  expect([nodesOf(a), nodesOf(c)]).toEqual([['node b'], []]);
  environment.pass(5000);
  expect(nodesOf(a)).toEqual([]);
  expect(changes).toBeGreaterThan(1);
  expect(nodesOf(b)).toEqual([]);
});

test('a worker elsewhere: what it is told and says passes as it is; its end ends the thread', async () => {
  const [a, b] = [await join('a'), await join('b')];
  environment.pass(10);
  const opened = open(a.member.nodesFor('copy')[0]!);
  opened.link.post({ kind: 'stop', lost: false });
  environment.pass(100);
  expect(b.threads).toMatchObject([
    {
      setup: { ...SETUP, hosted: { codeHash: 'h', node: 'node b', isElsewhere: false } },
      told: [{ kind: 'stop', lost: false }],
    },
  ]);
  b.threads[0]!.on.message({ kind: 'committed', counts: {} as never, ms: 3 });
  environment.pass(20 * LEASE_MS);
  expect(opened.heard).toEqual([{ kind: 'committed', counts: {}, ms: 3 }]);
  await opened.link.end();
  environment.pass(10);
  expect([b.threads[0]!.ended, opened.gone]).toEqual([true, []]);
});

test('a thread that dies: the reason is that of the thread, the node is not lost', async () => {
  const [a, b] = [await join('a'), await join('b')];
  environment.pass(10);
  const opened = open(a.member.nodesFor('copy')[0]!);
  environment.pass(100);
  b.threads[0]!.on.gone(new RangeError('exit code 7'));
  environment.pass(100);
  expect(opened.gone).toMatchObject([{ name: 'RangeError', message: 'exit code 7' }]);
  expect(nodesOf(a)).toEqual(['node b']);
});

test('room: said, counted down at once, refused when it was a mistake, and said again', async () => {
  const [a, b, c] = [await join('a'), await join('b', { capacity: 2 }), await join('c', { capacity: 0 })];
  environment.pass(10);
  const node = a.member.nodesFor('copy').find(({ name }) => name === 'node b')!;
  expect(c.member.nodesFor('copy').map(({ free }) => free)).toEqual([2, 2]);
  const first = open(node);
  open(node);
  expect(node.free).toBe(0);
  // Nobody holds one back from asking.
  const third = open(node);
  environment.pass(100);
  expect(lossesOf(third)).toEqual(['full']);
  expect(b.threads).toHaveLength(2);
  await first.link.end();
  environment.pass(1500);
  expect(node.free).toBe(1);
});

test('a node of the job that falls silent: the thread is ended within a lease, and before another begins', async () => {
  const [a, b] = [await join('a'), await join('b')];
  environment.pass(10);
  const opened = open(a.member.nodesFor('copy')[0]!);
  environment.pass(5 * LEASE_MS);
  bus.silence('a');
  environment.pass(LEASE_MS);
  expect(b.threads[0]!.ended).toBe(true);
  expect(opened.gone).toEqual([]);
  environment.pass(LEASE_MS);
  expect(lossesOf(opened)).toEqual(['silent']);
});

test('a node that is lost gets nothing for a while, though it is heard of, and then as a new one', async () => {
  const [a, b] = [await join('a'), await join('b')];
  environment.pass(10);
  const node = a.member.nodesFor('copy')[0]!;
  const opened = open(node);
  environment.pass(100);
  bus.silence('b');
  environment.pass(2 * LEASE_MS);
  expect(lossesOf(opened)).toEqual(['silent']);
  bus.speak('b');
  environment.pass(1100);
  expect(nodesOf(a)).toEqual([]);
  environment.pass(2 * LEASE_MS);
  const [again] = a.member.nodesFor('copy');
  expect(again?.name).toBe('node b');
  expect(again).not.toBe(node);
  expect(b.threads.map(({ ended }) => ended)).toEqual([true]);
});

test('frames of a session that is over, in whatever order they come, begin nothing', async () => {
  const [a, b] = [await join('a'), await join('b')];
  environment.pass(10);
  const seen = bus.record();
  const opened = open(a.member.nodesFor('copy')[0]!);
  environment.pass(100);
  await opened.link.end();
  environment.pass(100);
  const late = [...seen];
  for (const { subject, data } of late) bus.deliver(subject, data);
  environment.pass(10 * LEASE_MS);
  expect(b.threads).toHaveLength(1);
});

test('bytes that nobody has written are ignored', async () => {
  const [a, b] = [await join('a'), await join('b')];
  for (const subject of ['test.waymark.job-nodes', 'test.waymark.job-partitions.a'])
    for (const bytes of [[], [1, 2, 3], [255, 15, 48]]) bus.deliver(subject, Uint8Array.from(bytes));
  environment.pass(100);
  expect([nodesOf(a), nodesOf(b)]).toEqual([['node b'], ['node a']]);
});

describe('other code', () => {
  test('it is not used, and told of once', async () => {
    const a = await join('a');
    await join('b', { codeHash: 'other' });
    environment.pass(10);
    for (let times = 0; times < 3; times++) expect(nodesOf(a)).toEqual([]);
    expect(a.events).toMatchObject([{ kind: 'refused', jobName: 'copy' }]);
    expect(a.events[0]!.error).toBeInstanceOf(OtherCodeError);
    expect(a.events[0]!.error.message).toContain('node b');
  });

  test('a worker that is asked in spite of it refuses', async () => {
    const a = await join('a');
    const b = await join('b');
    environment.pass(10);
    const node = a.member.nodesFor('copy')[0]!;
    await b.member.close();
    const changed = await join('b', { codeHash: 'new' });
    const opened = open(node);
    environment.pass(100);
    expect(opened.gone).toMatchObject([{ code: 'WM9075' }]);
    expect(changed.threads).toEqual([]);
  });
});

const RUN = { kind: 'run', request: {} as never } as const;
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('a node that leaves', () => {
  test('a worker without a partition ends; who runs the job hears that it has left', async () => {
    const [a, b] = [await join('a'), await join('b')];
    environment.pass(10);
    const opened = open(a.member.nodesFor('copy')[0]!);
    environment.pass(100);
    await b.member.leave(5000);
    environment.pass(10);
    expect([b.threads[0]!.ended, lossesOf(opened)]).toEqual([true, ['left']]);
  });

  test('a partition is given time for its next checkpoint, until who runs the job has taken it back', async () => {
    const [a, b] = [await join('a'), await join('b')];
    environment.pass(10);
    const opened = open(a.member.nodesFor('copy')[0]!);
    opened.link.post(RUN);
    environment.pass(100);
    const left = b.member.leave(5000);
    expect(b.threads[0]!.told).toEqual([RUN, { kind: 'leave' }]);
    environment.pass(3000);
    expect(b.threads[0]!.ended).toBe(false);
    b.threads[0]!.on.message({ kind: 'failed', error: {} as never });
    environment.pass(100);
    expect(opened.heard).toEqual([{ kind: 'failed', error: {} }]);
    await opened.link.end();
    environment.pass(10);
    await left;
    expect([b.threads[0]!.ended, opened.gone]).toEqual([true, []]);
  });

  test('one that does not come to a checkpoint in time is ended where it stands', async () => {
    const [a, b] = [await join('a'), await join('b')];
    environment.pass(10);
    const opened = open(a.member.nodesFor('copy')[0]!);
    opened.link.post(RUN);
    environment.pass(100);
    const left = b.member.leave(5000);
    environment.pass(5000);
    await settled();
    await left;
    environment.pass(10);
    expect([b.threads[0]!.ended, lossesOf(opened)]).toEqual([true, ['left']]);
  });
});

test('the process of the job closes: workers elsewhere end at once', async () => {
  const [a, b] = [await join('a'), await join('b')];
  environment.pass(10);
  open(a.member.nodesFor('copy')[0]!);
  environment.pass(100);
  await a.member.close();
  environment.pass(10);
  expect(b.threads[0]!.ended).toBe(true);
});
