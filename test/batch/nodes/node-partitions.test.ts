/** Partitions that run in the worker threads of other nodes: what holds in one thread holds there, also over a bad network. */
import { afterEach, describe, expect, test } from 'vitest';
import {
  ArtifactRegistry,
  type JobDefinition,
  job,
  JobOperator,
  type JobOperatorOptions,
  parseJobXml,
  processEnvironment,
} from '../../../src/batch/index.ts';
import { workerSourceOf } from '../../../src/batch/definition/worker-source.ts';
import { ClusterMember } from '../../../src/batch/nodes/cluster-member.ts';
import type { ServedCode } from '../../../src/batch/nodes/hosted-worker.ts';
import type { PartitionEvent } from '../../../src/batch/nodes/partition-nodes.ts';
import { codeHashOf } from '../../../src/batch/workers/code-hash.ts';
import { openLocalTransport } from '../../../src/transport/local/open-local-transport.ts';
import type { Transport } from '../../../src/transport/transport.ts';
import { randomOf } from '../killed-imports/random.ts';
import { COLLECTED, partitionConformance } from '../partitions/conformance.ts';
import { partitionXml, registry as artifacts } from '../partitions/partition-jobs.ts';
import { PartitionRuns, upTo } from '../partitions/partition-runs.ts';
import { type Line, lossyTransport } from './lossy-transport.ts';
import * as jobs from './node-jobs.ts';

const PERFECT = { lost: 0, repeated: 0, delayed: 0 };
const registry = new ArtifactRegistry(artifacts).alias('com.acme.Notes', 'notes');
const xml = parseJobXml(partitionXml('waymark.nodes'), 'x.xml');
let clusters = 0;
let code: ReturnType<typeof servedCode> | undefined;

/** What every node serves; it is found out once, as it takes a while. */
async function servedCode(): Promise<ReadonlyMap<string, ServedCode>> {
  const entries = [...Object.values<JobDefinition>(jobs), xml].map(async (definition) => {
    const source = workerSourceOf(definition, registry)!;
    return [definition.id, { source, codeHash: await codeHashOf(source) }] as const;
  });
  return new Map(await Promise.all(entries));
}

/** A node that runs jobs and no partitions, and others with room for two partitions each. */
class TestCluster {
  readonly events: PartitionEvent[] = [];
  /** Of the node with the job, then of the others. */
  readonly network: Line[] = [];
  readonly #members: ClusterMember[] = [];
  readonly #transports: Transport[] = [];

  /**
   * @param leaseMs So long a node may be silent; the default is longer than any machine stands still.
   * @param host Name of the machine of the others; that of the job is `here`.
   */
  static async open(
    others: number,
    { trouble = PERFECT, leaseMs = 30_000, host = 'here' } = {},
  ): Promise<TestCluster> {
    const cluster = new TestCluster();
    const hub = `nodes ${++clusters}`;
    const random = randomOf(7);
    const served = await (code ??= servedCode());
    for (const id of ['home', ...Array.from({ length: others }, (_, index) => `node${index}`)]) {
      const transport = await openLocalTransport({ name: hub, id });
      cluster.#transports.push(transport);
      const line = { cut: false };
      cluster.network.push(line);
      cluster.#members.push(
        await ClusterMember.open({
          transport: lossyTransport(transport, random, trouble, line),
          prefix: undefined,
          id,
          name: id,
          host: id === 'home' ? 'here' : host,
          capacity: id === 'home' ? 0 : 2,
          leaseMs,
          environment: processEnvironment,
          jobs: served,
          onEvent: (event) => void cluster.events.push(event),
          onError: (error) => {
            throw error;
          },
        }),
      );
    }
    const known = (): number => cluster.#members[0]!.nodesFor('three').length;
    await expect.poll(known, { timeout: 240_000 }).toBe(others);
    return cluster;
  }

  /** Its jobs begin on the first node. */
  operator(options?: JobOperatorOptions): JobOperator {
    const home = this.#members[0]!;
    return new JobOperator({
      registry,
      nodes: {
        capacity: 0,
        nodesFor: (name) => home.nodesFor(name),
        onChange: (changed) => home.onChange(changed),
        report: (event) => home.report(event),
      },
      jobs: [xml],
      ...options,
    });
  }

  async close(): Promise<void> {
    for (const member of this.#members) await member.close();
    for (const transport of this.#transports) await transport.close();
  }
}

partitionConformance('other nodes', {
  jobs,
  elsewhere: { nodes: 2 },
  property: 'waymark.nodes',
  places: 2,
  makeHarness: async () => {
    const cluster = await TestCluster.open(2);
    return {
      open: async (options) => cluster.operator(options),
      finish: async () => {
        await cluster.close();
        // No partition has lost its node, and no node has refused a job.
        expect(cluster.events).toEqual([]);
      },
    };
  },
});

describe('clusters of other kinds', () => {
  const opened: { close(): Promise<void> }[] = [];
  const cluster = async (...given: Parameters<typeof TestCluster.open>): Promise<TestCluster> => {
    const made = await TestCluster.open(...given);
    opened.push(made);
    return made;
  };
  const runsOn = async (on: TestCluster): Promise<PartitionRuns> => {
    const runs = await PartitionRuns.open(on.operator());
    opened.push(runs);
    return runs;
  };
  afterEach(async () => {
    for (const one of opened.splice(0).toReversed()) await one.close();
  });

  test('a network that loses a tenth of all, repeats and delays a fifth: the analyzer hears each thing once, in order', async () => {
    const trouble = { lost: 0.1, repeated: 0.2, delayed: 0.2 };
    const runs = await runsOn(await cluster(2, { leaseMs: 5000, trouble }));
    const { execution, notes } = await runs.start(jobs.collected);
    expect(execution.batchStatus).toBe('COMPLETED');
    expect(notes.analyzed).toEqual(COLLECTED);
    expect(notes.written).toEqual(upTo(30));
  });

  test('a node that is cut off: the partition goes on elsewhere, and counts what was counted', async () => {
    const made = await cluster(2, { leaseMs: 2000 });
    const { network, events } = made;
    const runs = await runsOn(made);
    const { operator } = runs;
    const id = await operator.start(jobs.endless, { log: runs.log });
    const writeCount = (): number | undefined => operator.getProgress(id)?.[0]?.metrics.writeCount;
    await expect.poll(writeCount, { timeout: 240_000 }).toBeGreaterThan(5000);
    const before = writeCount()!;
    network[1]!.cut = true;
    await expect.poll(() => events.map(({ kind }) => kind), { timeout: 240_000 }).toContain('moved');
    await expect.poll(writeCount, { timeout: 240_000 }).toBeGreaterThan(before);
    await operator.stop(id);
    const { execution, step } = await runs.outcome(id);
    expect(execution.batchStatus).toBe('STOPPED');
    expect(step.metrics.writeCount).toBeGreaterThan(before);
    expect(step.metrics.writeCount).toBe(step.metrics.readCount);
  });

  test.each([
    ['there', 'FAILED', expect.stringContaining('and the job runs on another machine')],
    ['here', 'COMPLETED', undefined],
  ])('a writer to a file of SQLite on a node that is %s: %s', async (host, batchStatus, message) => {
    const runs = await runsOn(await cluster(1, { host }));
    const { execution, step } = await runs.start(jobs.toFile);
    expect([execution.batchStatus, step.exception?.message]).toEqual([batchStatus, message]);
  });
});

test('without a cluster all partitions run where the job is', async () => {
  const runs = await PartitionRuns.open(new JobOperator());
  try {
    const { notes } = await runs.start(jobs.three);
    expect(notes.written).toEqual(upTo(60));
    expect([...notes.threads]).toEqual([0]);
  } finally {
    await runs.close();
  }
});

describe('what does not start', () => {
  test.each(['0', 'some', '1.5'])('waymark.nodes %s', async (where) => {
    await expect(new JobOperator({ registry }).start(xml, { where })).rejects.toMatchObject({
      problems: [{ code: 'WM9041', message: expect.stringContaining('waymark.nodes') }],
    });
  });

  test('a job of functions that does not say its module: nodes are told from threads', async () => {
    const unknown = job('unknown').batchlet('b', () => {}, { partition: { over: 2, nodes: 2 } });
    await expect(new JobOperator().start(unknown)).rejects.toMatchObject({
      problems: [{ code: 'WM9070', message: expect.stringContaining('other nodes cannot find') }],
    });
  });
});
