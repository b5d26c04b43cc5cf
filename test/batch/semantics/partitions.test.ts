/** Partitioned steps (Jakarta Batch 2.1, sections 8.2.6, 9.3, 11.4): plan, mapper, collector, analyzer, reducer, restart, stop. */
import { describe, expect, test } from 'vitest';
import {
  type ArtifactContext,
  artifact,
  job,
  type JobBuilder,
  type PartitionOptions,
} from '../../../src/batch/index.ts';
import { MemoryTransactions } from '../memory-transactions.ts';
import { inTransaction } from '../../../src/batch/index.ts';
import { Fatal, jobOf, step, World } from '../batch-world.ts';

/** Reducer, collector and analyzer that note their calls. */
const parts = (world: World): Pick<PartitionOptions, 'collector' | 'analyzer' | 'reducer'> => ({
  collector: ({ partition }) => `data of ${partition!.index}`,
  analyzer: {
    analyzeCollectorData: (data: unknown) => world.note(`analyze ${String(data)}`),
    analyzeStatus: (batchStatus: string, exitStatus: string | null) =>
      world.note(`status ${batchStatus} ${exitStatus}`),
  },
  reducer: {
    beginPartitionedStep: () => world.note('begin'),
    beforePartitionedStepCompletion: () => world.note('before completion'),
    rollbackPartitionedStep: () => world.note('rollback'),
    afterPartitionedStepCompletion: (status: string) => world.note(`after ${status}`),
  },
});

/** Each partition reads the numbers from `from` to `to`. */
function ranges(
  world: World,
  partition: PartitionOptions,
  process: (item: number, context: ArtifactContext) => void = () => undefined,
): JobBuilder {
  return job('ranges').chunk({
    id: 'load',
    reader: {
      from: (cursor: number | null, { partition }: ArtifactContext) => {
        const { properties } = partition!;
        const from = cursor === null ? Number(properties['from']) : cursor + 1;
        const to = Number(properties['to']);
        world.note(`open ${from}`);
        return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
      },
      cursor: (item: number) => item,
    },
    processor: (item: number, context) => {
      process(item, context);
      return item;
    },
    writer: (items: readonly number[]) => void world.written.push(...items),
    itemCount: 10,
    partition,
  });
}

const range = (from: number, to: number) => ({ from: String(from), to: String(to) });
const sorted = (items: readonly number[]): number[] => items.toSorted((a, b) => a - b);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('every partition runs its part; the step has the sums of their counts', async () => {
  const world = new World();
  const { step: execution, execution: run } = await world.start(
    ranges(world, { over: [range(1, 30), range(31, 60), range(61, 65)] }),
  );
  expect(run.batchStatus).toBe('COMPLETED');
  expect(sorted(world.written)).toEqual(upTo(65));
  expect(execution.metrics).toMatchObject({ readCount: 65, writeCount: 65, commitCount: 9 });
  const partitions = await world.operator.getPartitionExecutions(execution.id);
  expect(
    partitions.map(({ index, batchStatus, metrics }) => [index, batchStatus, metrics.readCount]),
  ).toEqual([
    [0, 'COMPLETED', 30],
    [1, 'COMPLETED', 30],
    [2, 'COMPLETED', 5],
  ]);
});

test('30 items in chunks of 10: the collector is called 4 times; its data reaches the analyzer, then the status', async () => {
  const world = new World();
  const { trace } = await world.start(ranges(world, { over: [range(1, 30)], ...parts(world) }));
  expect(trace).toEqual([
    'begin',
    'open 1',
    'analyze data of 0',
    'analyze data of 0',
    'analyze data of 0',
    'analyze data of 0',
    'status COMPLETED COMPLETED',
    'before completion',
    'after COMMIT',
  ]);
});

test('the order around partitions: beforeStep, reducer, mapper, partitions, reducer, afterStep', async () => {
  const world = new World();
  const definition = job('order').batchlet(
    'b',
    ({ partition }) => world.note(`run ${partition!.index} of ${partition!.count}`),
    {
      listeners: [{ beforeStep: () => world.note('beforeStep'), afterStep: () => world.note('afterStep') }],
      partition: {
        over: () => {
          world.note('map');
          return { partitions: 2, threads: 1 };
        },
        ...parts(world),
      },
    },
  );
  const { trace } = await world.start(definition);
  expect(trace).toEqual([
    'beforeStep',
    'begin',
    'map',
    'run 0 of 2',
    'analyze data of 0',
    'status COMPLETED COMPLETED',
    'run 1 of 2',
    'analyze data of 1',
    'status COMPLETED COMPLETED',
    'before completion',
    'after COMMIT',
    'afterStep',
  ]);
});

test('no more partitions at the same time than threads', async () => {
  const world = new World();
  let running = 0;
  let most = 0;
  await world.start(
    job('threads').batchlet(
      'b',
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => void setImmediate(resolve));
        running--;
      },
      { partition: { over: 7, threads: 3 } },
    ),
  );
  expect(most).toBe(3);
});

test('partitions of one process take turns, also if they never wait', async () => {
  const world = new World();
  const order: number[] = [];
  await world.start(
    ranges(world, { over: [range(1, 40), range(41, 80)] }, (item) => {
      order.push(item <= 40 ? 0 : 1);
      world.environment.pass(3);
    }),
  );
  const changes = order.filter((partition, index) => index > 0 && partition !== order[index - 1]).length;
  expect(changes).toBeGreaterThan(3);
});

describe('a partition that fails', () => {
  test('a chunk: the others run to their ends; rollback; its collector is not called at the end', async () => {
    const world = new World();
    const {
      trace,
      step: execution,
      execution: run,
    } = await world.start(
      ranges(world, { over: [range(1, 5), range(6, 10)], threads: 1, ...parts(world) }, (item) => {
        if (item === 3) throw new Fatal('item 3');
      }),
    );
    expect(trace).toEqual([
      'begin',
      'open 1',
      'status FAILED FAILED',
      'open 6',
      'analyze data of 1',
      'analyze data of 1',
      'status COMPLETED COMPLETED',
      'rollback',
      'after ROLLBACK',
    ]);
    expect(execution).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'item 3' } });
    expect(run.batchStatus).toBe('FAILED');
  });

  test('a batchlet: its collector is called all the same', async () => {
    const world = new World();
    const { trace } = await world.start(
      job('fails').batchlet(
        'b',
        ({ partition }) => {
          if (partition!.index === 1) throw new Fatal('1');
        },
        { partition: { over: 3, threads: 1, ...parts(world) } },
      ),
    );
    expect(trace.filter((line) => line.startsWith('analyze'))).toEqual([
      'analyze data of 0',
      'analyze data of 1',
      'analyze data of 2',
    ]);
  });

  test('an analyzer or a mapper that throws: rollback, the step is FAILED', async () => {
    const world = new World();
    const throwing = (): never => {
      throw new Fatal('no');
    };
    const analyzed = await world.start(
      ranges(world, { over: [range(1, 3)], ...parts(world), analyzer: { analyzeStatus: throwing } }),
    );
    expect(analyzed.trace.slice(-2)).toEqual(['rollback', 'after ROLLBACK']);
    expect(analyzed.step).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'no' } });
    const mapped = await world.start(ranges(world, { ...parts(world), over: throwing }));
    expect(mapped.trace).toEqual(['begin', 'rollback', 'after ROLLBACK']);
    expect(mapped.step).toMatchObject({ batchStatus: 'FAILED' });
  });
});

test('contexts belong to a partition; what it sets reaches neither the step nor the job', async () => {
  const world = new World();
  const { step: execution, execution: run } = await world.start(
    job('contexts').batchlet(
      'b',
      (context) => {
        world.note(`${String(context.step!.transientUserData)} ${String(context.job.transientUserData)}`);
        context.step!.exitStatus = `partition ${context.partition!.index}`;
        context.job.exitStatus = 'set by a partition';
        context.step!.transientUserData = context.job.transientUserData = 'mine';
      },
      { partition: { over: 2, threads: 1 } },
    ),
  );
  expect(world.trace).toEqual(['null null', 'null null']);
  expect(execution.exitStatus).toBe('COMPLETED');
  expect(run.exitStatus).toBe('COMPLETED');
  const partitions = await world.operator.getPartitionExecutions(execution.id);
  expect(partitions.map(({ exitStatus }) => exitStatus)).toEqual(['partition 0', 'partition 1']);
});

test('an analyzer may set the exit status of the step', async () => {
  const world = new World();
  const { step: execution } = await world.start(
    job('analyzed').batchlet('b', () => 'X', {
      partition: {
        over: 2,
        analyzer: (context) => ({
          analyzeStatus: (_batchStatus: string, exitStatus: string | null) => {
            context.step!.exitStatus = `${context.step!.exitStatus ?? ''}${exitStatus}`;
          },
        }),
      },
    }),
  );
  expect(execution.exitStatus).toBe('XX');
});

test("#{partitionPlan['x']} is known per partition, in properties of artifacts and in values", async () => {
  const world = new World();
  const registered = artifact(
    (context: ArtifactContext) => ({
      process: () => world.note(`${context.properties['file']} ${context.step!.properties['name']}`),
    }),
    { file: "#{jobProperties['name']}.csv" },
  );
  const definition = jobOf({
    kind: 'step',
    id: 'b',
    properties: [{ name: 'name', value: "part #{partitionPlan['x']}?:none;" }],
    listeners: [],
    transitions: [],
    work: { kind: 'batchlet', ...registered },
    partition: {
      plan: {
        partitions: "#{jobParameters['count']}",
        threads: 1,
        properties: [{ partition: 0, properties: [{ name: 'x', value: 'A' }] }],
      },
    },
  });
  const { trace } = await world.start(definition, { count: '2' });
  expect(trace).toEqual(['part A.csv part A', 'part none.csv part none']);
});

describe('restart', () => {
  const failOnce = (at: number): ((item: number) => void) => {
    let fails = true;
    return (item) => {
      if (item === at && fails) {
        fails = false;
        throw new Fatal(String(at));
      }
    };
  };

  test('only partitions that have not completed run again, each from its own checkpoint', async () => {
    const world = new World();
    const first = await world.start(
      ranges(world, { over: [range(1, 25), range(26, 50), range(51, 60)] }, failOnce(47)),
    );
    expect(first.execution.batchStatus).toBe('FAILED');
    const second = await world.restart(first);
    expect(second.trace).toEqual(['open 46']);
    expect(second.execution.batchStatus).toBe('COMPLETED');
    expect(sorted(world.written)).toEqual(upTo(60));
    const partitions = await world.operator.getPartitionExecutions(second.step.id);
    expect(partitions.map(({ batchStatus }) => batchStatus)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
  });

  test('a third time too', async () => {
    const world = new World();
    let failures = 2;
    const first = await world.start(
      ranges(world, { over: [range(1, 15), range(16, 30)] }, (item) => {
        if (item === 29 && failures-- > 0) throw new Fatal('29');
      }),
    );
    const second = await world.restart(first);
    const third = await world.restart(second);
    expect(second.trace).toEqual(['open 26']);
    expect(third.trace).toEqual(['open 26']);
    expect(sorted(world.written)).toEqual(upTo(30));
  });

  test('without override another number of partitions is refused', async () => {
    const world = new World();
    let count = 2;
    const mapping: PartitionOptions = {
      over: () => ({
        partitions: count,
        partitionProperties: Array.from({ length: count }, () => range(1, 5)),
      }),
    };
    const first = await world.start(ranges(world, mapping, failOnce(3)));
    count = 3;
    const second = await world.restart(first);
    expect(second.step.exception?.message).toContain('had 2 partitions and now has 3');
  });

  test('with override all begin anew, whatever their checkpoints were', async () => {
    const world = new World();
    let count = 2;
    const mapping: PartitionOptions = {
      over: () => ({
        partitions: count,
        partitionsOverride: true,
        partitionProperties: Array.from({ length: count }, (_, index) =>
          range(index * 20 + 1, index * 20 + 20),
        ),
      }),
    };
    const first = await world.start(ranges(world, mapping, failOnce(35)));
    expect(first.execution.batchStatus).toBe('FAILED');
    count = 3;
    const second = await world.restart(first);
    expect(second.trace.toSorted()).toEqual(['open 1', 'open 21', 'open 41']);
    expect(second.execution.batchStatus).toBe('COMPLETED');
  });

  test('user data of a partition is its own', async () => {
    const world = new World();
    let fails = true;
    const definition = job('data').batchlet(
      'b',
      ({ step: context, partition }) => {
        world.note(`${partition!.index} has ${String(context!.persistentUserData)}`);
        context!.persistentUserData = `of ${partition!.index}`;
        if (fails) throw new Fatal('first');
      },
      { partition: { over: 2, threads: 1 } },
    );
    const first = await world.start(definition);
    fails = false;
    const second = await world.restart(first);
    expect([...first.trace, ...second.trace]).toEqual([
      '0 has null',
      '1 has null',
      '0 has of 0',
      '1 has of 1',
    ]);
    expect(second.step.persistentUserData).toBe(null);
  });
});

test('stop: every partition finishes its item and its chunk; a restart goes on', async () => {
  const world = new World();
  const definition = ranges(
    world,
    { over: [range(1, 20), range(21, 40), range(41, 60)], threads: 2 },
    (item, context) => {
      if (item === 25) void world.operator.stop(context.job.executionId);
      world.environment.pass(6);
    },
  );
  const first = await world.start(definition);
  expect(first.execution.batchStatus).toBe('STOPPED');
  const partitions = await world.operator.getPartitionExecutions(first.step.id);
  expect(partitions.map(({ batchStatus }) => batchStatus)).toEqual(['STOPPED', 'STOPPED', 'STOPPED']);
  expect(world.written.length).toBeLessThan(60);
  const second = await world.restart(first);
  expect(second.execution.batchStatus).toBe('COMPLETED');
  expect(sorted(world.written)).toEqual(upTo(60));
});

test('a transactional writer: every partition has its own transactions and records', async () => {
  const resource = new MemoryTransactions();
  const world = new World();
  let fails = true;
  const definition = job('transactions').chunk({
    reader: {
      from: (cursor: number | null, { partition }: ArtifactContext) => {
        const first = cursor ?? partition!.index * 10;
        return Array.from({ length: (partition!.index + 1) * 10 - first }, (_, index) => first + index + 1);
      },
      cursor: (item: number) => item,
    },
    processor: async (item: number) => {
      await Promise.resolve();
      if (item === 17 && fails) throw new Fatal('17');
      return item;
    },
    writer: inTransaction(resource, (items: readonly number[], { client }) =>
      items.forEach((item) => client.insert(item)),
    ),
    itemCount: 3,
    partition: { over: 3 },
  });
  const first = await world.start(definition);
  fails = false;
  await world.restart(first);
  expect(sorted(resource.rows)).toEqual(upTo(30));
});

test('a plan that makes no sense', async () => {
  const world = new World();
  const zero = await world.start(ranges(world, { over: () => ({ partitions: 0 }) }));
  expect(zero.step.exception?.message).toContain('gave 0 partitions');
  const both = jobOf(step('s', { work: world.chunk({ items: 1 }), partition: {} }));
  await expect(world.start(both)).rejects.toMatchObject({
    problems: [{ message: 'a partition has either a plan or a mapper' }],
  });
});
