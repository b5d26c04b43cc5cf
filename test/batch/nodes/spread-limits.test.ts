/** How many nodes a step uses, and how many it may lose: with nodes that only say what becomes of their workers. */
import { expect, test } from 'vitest';
import { JobOperator, NodeLostError } from '../../../src/batch/index.ts';
import type {
  PartitionEvent,
  PartitionNode,
  PartitionNodes,
} from '../../../src/batch/nodes/partition-nodes.ts';
import type { WorkerLinkEvents } from '../../../src/batch/workers/worker-link.ts';
import type { ToWorker } from '../../../src/batch/workers/worker-messages.ts';
import { noMetrics } from '../../../src/batch/engine/metrics.ts';
import { range, rangesWith } from '../partitions/partition-jobs.ts';

type Told = (message: ToWorker, on: WorkerLinkEvents) => void;

class TestNodes implements PartitionNodes {
  readonly capacity = 0;
  readonly events: PartitionEvent[] = [];
  readonly opened: string[] = [];
  nodes: PartitionNode[] = [];
  /** What a partition of a worker comes to. */
  readonly #told: Told;

  constructor(told: Told) {
    this.#told = told;
  }

  nodesFor(): readonly PartitionNode[] {
    return this.nodes;
  }

  onChange(): () => void {
    return () => {};
  }

  report(event: PartitionEvent): void {
    this.events.push(event);
    // A node that is lost comes back as another one.
    if (event.kind === 'moved') this.nodes = [this.node(`after ${this.events.length}`)];
  }

  node(name: string): PartitionNode {
    return {
      id: name,
      name,
      free: 10,
      open: (_setup, on) => {
        this.opened.push(name);
        return { post: (message) => void setImmediate(() => this.#told(message, on)), end: async () => {} };
      },
    };
  }
}

const done: Told = (message, on) => {
  if (message.kind === 'end') on.message({ kind: 'ended' });
  if (message.kind === 'run')
    on.message({
      kind: 'done',
      result: {
        batchStatus: 'COMPLETED',
        exitStatus: 'COMPLETED',
        error: undefined,
        guarantee: undefined,
        metrics: { ...noMetrics(), readCount: 1 },
      },
    });
};

const lost =
  (loss: NodeLostError['loss'], times: number): Told =>
  (message, on) => {
    if (message.kind === 'run' && times-- > 0) on.gone(new NodeLostError('n', loss));
    else done(message, on);
  };

async function run(nodes: TestNodes, on: number | 'all', partitions: number) {
  const over = Array.from({ length: partitions }, () => range(1, 1));
  const operator = new JobOperator({ nodes });
  const id = await operator.start(rangesWith('limits', import.meta.url, { over, nodes: on }));
  const { batchStatus } = await operator.finished(id);
  const [step] = await operator.getStepExecutions(id);
  const statuses = (await operator.getPartitionExecutions(step!.id)).map((each) => each.batchStatus);
  return { batchStatus, step: step!, statuses };
}

test.each([
  [2, ['a']],
  [3, ['a', 'b']],
  ['all', ['a', 'b', 'c']],
] as const)('nodes: %s', async (on, expected) => {
  const nodes = new TestNodes(done);
  nodes.nodes = ['a', 'b', 'c'].map((name) => nodes.node(name));
  const { batchStatus, step } = await run(nodes, on, 6);
  expect([batchStatus, step.metrics.readCount]).toEqual(['COMPLETED', 6]);
  expect([...new Set(nodes.opened)]).toEqual(expected);
});

test('a partition that has lost five nodes is FAILED with that, and goes to no sixth', async () => {
  const nodes = new TestNodes(lost('silent', 100));
  nodes.nodes = [nodes.node('first')];
  const { step, statuses } = await run(nodes, 'all', 1);
  expect(nodes.opened).toHaveLength(5);
  expect(nodes.events.map(({ kind }) => kind)).toEqual(Array.from({ length: 4 }, () => 'moved'));
  expect(step).toMatchObject({
    batchStatus: 'FAILED',
    exception: { message: 'The node n, which was to run a partition, is not heard of any more' },
  });
  expect(statuses).toEqual(['FAILED']);
});

test.each(['full', 'left'] as const)('a node that says %s does not count as lost', async (loss) => {
  const nodes = new TestNodes(lost(loss, 20));
  nodes.nodes = [nodes.node('first')];
  const { batchStatus, statuses } = await run(nodes, 'all', 1);
  expect(batchStatus).toBe('COMPLETED');
  expect(nodes.opened).toHaveLength(21);
  expect(nodes.events).toHaveLength(loss === 'full' ? 0 : 20);
  expect(statuses).toEqual(['STARTING']);
});
