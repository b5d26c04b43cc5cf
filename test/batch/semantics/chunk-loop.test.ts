/** The chunk loop (Jakarta Batch 2.1, sections 11.6 to 11.9): order of calls, checkpoint policies, what is written when. */
import { describe, expect, test } from 'vitest';
import type { ArtifactContext } from '../../../src/batch/index.ts';
import { Fatal, jobOf, only, ref, Retryable, step, World } from '../batch-world.ts';

const lines = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

test('E1: every call in its order, with listeners of every kind', async () => {
  const world = new World();
  const work = world.chunk({ items: 3, filter: (item) => item === 2 }, { itemCount: 2 });
  const { trace, step: execution } = await world.start(
    jobOf(step('s', { work, listeners: [ref(world.listener())] })),
  );
  expect(trace).toEqual(
    lines(`
      beforeStep
      open R null
      open W null
      beforeChunk
      beforeRead
      R 1
      afterRead 1
      beforeProcess 1
      P 1
      afterProcess 1 1
      beforeRead
      R 2
      afterRead 2
      beforeProcess 2
      P 2
      afterProcess 2 null
      beforeWrite [1]
      W 1
      afterWrite [1]
      afterChunk
      beforeChunk
      beforeRead
      R 3
      afterRead 3
      beforeProcess 3
      P 3
      afterProcess 3 3
      beforeRead
      R -
      afterRead null
      beforeWrite [3]
      W 3
      afterWrite [3]
      afterChunk
      close W
      close R
      afterStep
    `),
  );
  expect(execution).toMatchObject({
    batchStatus: 'COMPLETED',
    exitStatus: 'COMPLETED',
    metrics: { readCount: 3, writeCount: 2, filterCount: 1, commitCount: 2, rollbackCount: 0 },
  });
});

test('null at the first read of a chunk: nothing is written, but the chunk ends and is committed', async () => {
  const world = new World();
  const work = world.chunk({ items: 9 }, { itemCount: 3 });
  const { trace, step: execution } = await world.start(
    jobOf(step('s', { work, listeners: [ref({ afterChunk: () => world.note('afterChunk') })] })),
  );
  expect(trace.slice(-6)).toEqual(['W 7,8,9', 'afterChunk', 'R -', 'afterChunk', 'close W', 'close R']);
  expect(execution.metrics).toMatchObject({ readCount: 9, writeCount: 9, commitCount: 4 });
});

test('E4: a chunk that was filtered whole is written as an empty list', async () => {
  const world = new World();
  const work = world.chunk({ items: 4, filter: (item) => item <= 2 }, { itemCount: 2 });
  const { trace, step: execution } = await world.start(jobOf(step('s', { work })));
  expect(trace.filter((line) => line.startsWith('W'))).toEqual(['W ', 'W 3,4']);
  expect(execution.metrics).toMatchObject({ filterCount: 2, writeCount: 2, commitCount: 3 });
});

test('a reader with no items: open, one empty chunk, close', async () => {
  const world = new World();
  const { trace, step: execution } = await world.start(jobOf(step('s', { work: world.chunk({ items: 0 }) })));
  expect(trace).toEqual(['open R null', 'open W null', 'R -', 'close W', 'close R']);
  expect(execution).toMatchObject({ batchStatus: 'COMPLETED', metrics: { commitCount: 1 } });
});

test('item-count is 10 if nobody says otherwise', async () => {
  const world = new World();
  const work = world.chunk({ items: 25 }, { itemCount: undefined });
  const { trace } = await world.start(jobOf(step('s', { work })));
  const sizes = trace.filter((line) => line.startsWith('W')).map((line) => line.split(',').length);
  expect(sizes).toEqual([10, 10, 5]);
});

test('without a processor items are written as they were read', async () => {
  const world = new World();
  const work = world.chunk({ items: 3 }, { processor: undefined });
  const { trace } = await world.start(jobOf(step('s', { work, listeners: [ref(world.listener())] })));
  expect(trace.some((line) => line.includes('rocess'))).toBe(false);
  expect(world.written).toEqual([1, 2, 3]);
});

test('artifacts may answer later', async () => {
  const written: number[] = [];
  let at = 0;
  const later = <Value>(value: Value): Promise<Value> => new Promise((go) => void setImmediate(go, value));
  const world = new World();
  const { step: execution } = await world.start(
    jobOf(
      step('s', {
        work: {
          kind: 'chunk',
          itemCount: 2,
          reader: ref({ open: () => later(undefined), readItem: () => later(at < 5 ? ++at : null) }),
          processor: ref({ processItem: (item: number) => later(item * 2) }),
          writer: ref({
            writeItems: async (items: readonly number[]) => {
              await later(0);
              written.push(...items);
            },
            checkpointInfo: () => later({ at }),
          }),
        },
      }),
    ),
  );
  expect(execution.batchStatus).toBe('COMPLETED');
  expect(written).toEqual([2, 4, 6, 8, 10]);
});

describe('time-limit', () => {
  test('E19: asked after each item, so a slow item makes a chunk longer than the limit', async () => {
    const world = new World();
    const work = world.chunk(
      { items: 9, onItem: () => world.environment.pass(300) },
      { itemCount: 1000, timeLimit: 1 },
    );
    await world.start(jobOf(step('s', { work })));
    expect(world.trace.filter((line) => line.startsWith('W'))).toEqual(['W 1,2,3,4', 'W 5,6,7,8', 'W 9']);
  });

  test('whichever comes first, items or time', async () => {
    const world = new World();
    const work = world.chunk(
      { items: 8, onItem: (item) => world.environment.pass(item <= 4 ? 100 : 600) },
      { itemCount: 3, timeLimit: 1 },
    );
    await world.start(jobOf(step('s', { work })));
    expect(world.trace.filter((line) => line.startsWith('W'))).toEqual(['W 1,2,3', 'W 4,5,6', 'W 7,8']);
  });

  test('0 is none', async () => {
    const world = new World();
    const work = world.chunk({ items: 3, onItem: () => world.environment.pass(5000) }, { timeLimit: 0 });
    await world.start(jobOf(step('s', { work })));
    expect(world.trace.filter((line) => line.startsWith('W'))).toEqual(['W 1,2,3']);
  });
});

describe('checkpoint algorithm', () => {
  const custom = (world: World, every: number, changes = {}) => ({
    checkpointPolicy: 'custom' as const,
    itemCount: 1,
    checkpointAlgorithm: ref(() => world.algorithm(every, changes)),
  });

  test('E20: the order of its calls; it is not asked after the read that found nothing', async () => {
    const world = new World();
    const work = world.chunk({ items: 3 }, custom(world, 2));
    const { trace } = await world.start(
      jobOf(
        step('s', {
          work,
          listeners: [
            ref({
              beforeChunk: () => world.note('beforeChunk'),
              afterChunk: () => world.note('afterChunk'),
            }),
          ],
        }),
      ),
    );
    expect(trace).toEqual(
      lines(`
        open R null
        open W null
        checkpointTimeout
        beginCheckpoint
        beforeChunk
        R 1
        P 1
        isReady
        R 2
        P 2
        isReady
        W 1,2
        afterChunk
        endCheckpoint
        checkpointTimeout
        beginCheckpoint
        beforeChunk
        R 3
        P 3
        isReady
        R -
        W 3
        afterChunk
        endCheckpoint
        close W
        close R
      `),
    );
  });

  test('E21: while a retry reads one by one it is not asked, but its other methods are called for each item', async () => {
    const world = new World();
    const work = world.chunk({ items: 3, process: { 3: [Retryable] } }, custom(world, 3));
    const { trace } = await world.start(jobOf(step('s', { work })));
    const from = trace.lastIndexOf('open R null');
    expect(trace.slice(from + 1)).toEqual(
      lines(`
        checkpointTimeout
        beginCheckpoint
        R 1
        P 1
        W 1
        endCheckpoint
        checkpointTimeout
        beginCheckpoint
        R 2
        P 2
        W 2
        endCheckpoint
        checkpointTimeout
        beginCheckpoint
        R 3
        P 3
        W 3
        endCheckpoint
        checkpointTimeout
        beginCheckpoint
        R -
        endCheckpoint
        close W
        close R
      `),
    );
  });

  test.each(['checkpointTimeout', 'beginCheckpoint', 'isReadyToCheckpoint'] as const)(
    'E22: %s throws: onError, the step fails, committed chunks stay',
    async (method) => {
      const world = new World();
      let calls = 0;
      const failing = {
        [method]: () => {
          if (++calls > (method === 'isReadyToCheckpoint' ? 4 : 2)) throw new Error('no');
          return method === 'isReadyToCheckpoint' ? calls % 2 === 0 : 0;
        },
      };
      const work = world.chunk({ items: 9 }, { ...custom(world, 2, failing), retryable: only(Error) });
      const { trace, execution } = await world.start(
        jobOf(step('s', { work, listeners: [ref({ onError: () => world.note('onError') })] })),
      );
      expect(execution.batchStatus).toBe('FAILED');
      expect(trace.filter((line) => line === 'onError')).toHaveLength(1);
      expect(world.written).toEqual([1, 2, 3, 4]);
    },
  );

  test('E22, E23: endCheckpoint throws: the step fails even if the exception may be retried, the checkpoint stands', async () => {
    const world = new World();
    let calls = 0;
    const failing = {
      endCheckpoint: () => {
        if (++calls === 2) throw new Error('no');
      },
    };
    const job = jobOf(
      step('s', {
        work: world.chunk({ items: 6 }, { ...custom(world, 2, failing), retryable: only(Error) }),
      }),
    );
    const first = await world.start(job);
    expect(first.execution.batchStatus).toBe('FAILED');
    const second = await world.restart(first);
    expect(second.trace[0]).toBe('open R 4');
    expect(second.execution.batchStatus).toBe('COMPLETED');
    expect(world.written).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

test('what answers at once is not awaited: no job of the process runs between the items of a run', async () => {
  const world = new World();
  let jobs = 0;
  let running = true;
  const seen: number[] = [];
  const chain = async (): Promise<void> => {
    while (running) {
      await Promise.resolve();
      jobs++;
    }
  };
  const work = world.chunk(
    {
      items: 200,
      onItem: (item) => {
        if (item === 1) void chain();
        seen.push(jobs);
      },
    },
    { itemCount: 10 },
  );
  await world.start(jobOf(step('s', { work })));
  running = false;
  expect(new Set(seen)).toEqual(new Set([0]));
});

test('the rest of the process gets its turn every 10 ms, also in the middle of a chunk', async () => {
  const world = new World();
  const work = world.chunk({ items: 100, onItem: () => world.environment.pass(1) }, { itemCount: 1000 });
  await world.start(jobOf(step('s', { work })));
  // One before the job begins, then one for each 10 ms.
  expect(world.environment.breaths).toBeGreaterThanOrEqual(9);
  expect(world.environment.breaths).toBeLessThanOrEqual(12);
});

test('two references to one artifact are two artifacts', async () => {
  const world = new World();
  let made = 0;
  const registered = ref(() => {
    const number = ++made;
    return { beforeChunk: () => world.note(`listener ${number}`) };
  });
  const work = world.chunk({ items: 0 });
  const { trace } = await world.start(jobOf(step('s', { work, listeners: [registered, registered] })));
  expect(trace.filter((line) => line.startsWith('listener'))).toEqual(['listener 1', 'listener 2']);
});

test('several listeners are called in the order in which they are named, also when one answers later', async () => {
  const world = new World();
  const noting = (name: string, later: boolean) =>
    ref({
      beforeRead: async () => {
        if (later) await new Promise((resolve) => void setImmediate(resolve));
        world.note(name);
      },
    });
  const work = world.chunk({ items: 1 });
  const { trace } = await world.start(
    jobOf(step('s', { work, listeners: [noting('first', true), noting('second', false)] })),
  );
  expect(trace.slice(2, 5)).toEqual(['first', 'second', 'R 1']);
});

test('the exception of a step can be seen by onError and afterStep', async () => {
  const world = new World();
  const work = world.chunk({ items: 3, process: { 2: [Fatal] } });
  const listener = ref(({ step: context }: ArtifactContext) => ({
    onError: () => world.note(`onError ${context!.exception?.message}`),
    afterStep: () => world.note(`afterStep ${context!.exception?.message} ${context!.batchStatus}`),
  }));
  const { trace } = await world.start(jobOf(step('s', { work, listeners: [listener] })));
  expect(trace).toContain('onError process 2');
  expect(trace.at(-1)).toBe('afterStep process 2 FAILED');
});

test('a checkpoint that cannot be saved fails the step, with the path to the value', async () => {
  const world = new World();
  const work = {
    ...world.chunk({ items: 3 }),
    reader: ref({ readItem: () => null, checkpointInfo: () => ({ socket: { handle: () => 1 } }) }),
  };
  const { step: execution } = await world.start(jobOf(step('s', { work })));
  expect(execution).toMatchObject({ batchStatus: 'FAILED', exception: { name: 'BatchError' } });
  expect(execution.exception?.message).toContain('The checkpoint of step "s" cannot be saved');
  expect(execution.exception?.message).toContain('socket');
});

test('checkpoints keep what the snapshot format keeps: dates, maps, identity', async () => {
  const world = new World();
  const shared = { at: new Date(5) };
  let opened: unknown;
  let fails = true;
  const reader = ref({
    open: (checkpoint: unknown) => void (opened = checkpoint),
    readItem: () => {
      if (fails && opened === null) return ((opened = undefined), 1);
      if (fails) throw new Fatal('read');
      return null;
    },
    checkpointInfo: () => ({ map: new Map([['a', shared]]), same: shared }),
  });
  const work = { ...world.chunk({ items: 3 }, { itemCount: 1 }), reader };
  const first = await world.start(jobOf(step('s', { work })));
  fails = false;
  await world.restart(first);
  expect(opened).toEqual({ map: new Map([['a', shared]]), same: shared });
  const { map, same } = opened as { map: Map<string, object>; same: object };
  expect(map.get('a')).toBe(same);
});
