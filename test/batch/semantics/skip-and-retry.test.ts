/** Skip, retry, no-rollback (Jakarta Batch 2.1, sections 8.2.1.4 and 11.7): what is called, what is written, what is counted. */
import { describe, expect, test } from 'vitest';
import {
  Both,
  Fatal,
  InPlace,
  jobOf,
  only,
  ref,
  Retryable,
  type Script,
  Skippable,
  step,
  World,
} from '../batch-world.ts';
import type { ChunkDefinition } from '../../../src/batch/definition/job-definition.ts';

const lines = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

const oneStep = (world: World, script: Script, changes: Partial<ChunkDefinition> = {}, listening = false) =>
  jobOf(
    step('s', {
      work: world.chunk(script, changes),
      listeners: listening ? [ref(world.listener())] : [],
    }),
  );

const QUIET = /^(before|after)(Step|Read|Process|Write)/;
const loud = (trace: readonly string[]): string[] => trace.filter((line) => !QUIET.test(line));
const writes = (trace: readonly string[]): string[] => trace.filter((line) => line.startsWith('W '));

describe('skip', () => {
  test('E2: an item that cannot be read is left out; the chunk goes on', async () => {
    const world = new World();
    const { trace, step: execution } = await world.start(
      oneStep(world, { items: 6, read: { 2: [Skippable] } }, { itemCount: 3 }, true),
    );
    expect(loud(trace).slice(2, 9)).toEqual([
      'beforeChunk',
      'R 1',
      'P 1',
      'R 2',
      'onReadError Skippable',
      'onSkipReadItem Skippable',
      'R 3',
    ]);
    expect(writes(trace)).toEqual(['W 1,3,4', 'W 5,6']);
    expect(execution.metrics).toMatchObject({
      readCount: 5,
      readSkipCount: 1,
      writeCount: 5,
      rollbackCount: 0,
    });
  });

  test('E3: an item that cannot be processed is left out, and is not counted as filtered', async () => {
    const world = new World();
    const { trace, step: execution } = await world.start(
      oneStep(world, { items: 6, process: { 2: [Skippable] } }, { itemCount: 3 }, true),
    );
    expect(loud(trace).slice(4, 9)).toEqual([
      'P 1',
      'R 2',
      'P 2',
      'onProcessError 2 Skippable',
      'onSkipProcessItem 2 Skippable',
    ]);
    expect(writes(trace)).toEqual(['W 1,3', 'W 4,5,6']);
    expect(execution.metrics).toMatchObject({
      readCount: 6,
      processSkipCount: 1,
      filterCount: 0,
      writeCount: 5,
    });
  });

  test('E9: an exception of the writer skips the whole buffer, counted once', async () => {
    const world = new World();
    const { trace, step: execution } = await world.start(
      oneStep(world, { items: 10, write: { 3: [Skippable] } }, {}, true),
    );
    const from = trace.indexOf('W 1,2,3,4,5');
    expect(trace.slice(from, from + 4)).toEqual([
      'W 1,2,3,4,5',
      'onWriteError [1,2,3,4,5] Skippable',
      'onSkipWriteItem [1,2,3,4,5] Skippable',
      'afterChunk',
    ]);
    expect(world.written).toEqual([6, 7, 8, 9, 10]);
    expect(execution.metrics).toMatchObject({
      writeSkipCount: 1,
      writeCount: 5,
      readCount: 10,
      commitCount: 3,
    });
    expect(execution.batchStatus).toBe('COMPLETED');
  });

  test('a chunk whose only item is skipped while processing is written as an empty list', async () => {
    const world = new World();
    const { trace } = await world.start(
      oneStep(world, { items: 2, process: { 1: [Skippable] } }, { itemCount: 1 }),
    );
    expect(writes(trace)).toEqual(['W ', 'W 2']);
  });

  test('E16: skip-limit 0 allows none; a limit is reached by the next one', async () => {
    const none = new World();
    const zero = await none.start(oneStep(none, { items: 3, read: { 2: [Skippable] } }, { skipLimit: 0 }));
    expect(zero.execution.batchStatus).toBe('FAILED');
    expect(zero.step.exception).toMatchObject({ message: 'read 2' });
    const world = new World();
    const script = {
      items: 9,
      read: { 2: [Skippable] },
      process: { 4: [Skippable] },
      write: { 7: [Skippable] },
    };
    const two = await world.start(oneStep(world, script, { skipLimit: 2, itemCount: 3 }));
    expect(two.execution.batchStatus).toBe('FAILED');
    expect(two.step.exception).toMatchObject({ message: 'write 7' });
  });

  test('E15: a restart begins to count anew', async () => {
    const world = new World();
    const job = oneStep(
      world,
      { items: 8, read: { 1: [Skippable], 6: [Skippable] }, process: { 5: [Fatal] } },
      { skipLimit: 1, itemCount: 2 },
    );
    const first = await world.start(job);
    expect(first.step).toMatchObject({ batchStatus: 'FAILED', metrics: { readSkipCount: 1 } });
    const second = await world.restart(first);
    expect(second.step).toMatchObject({ batchStatus: 'COMPLETED', metrics: { readSkipCount: 1 } });
    expect(world.written).toEqual([2, 3, 4, 5, 7, 8]);
  });
});

describe('filters', () => {
  class Child extends Skippable {}
  class Grandchild extends Child {}

  test.each([
    ['a subclass of an included class', [Skippable], [], Child, true],
    ['a class that is excluded', [Skippable], [Child], Child, false],
    ['a subclass of an excluded class', [Skippable], [Child], Grandchild, false],
    ['included again below an excluded class', [Skippable, Grandchild], [Child], Grandchild, true],
    ['the same class in both: exclude wins', [Skippable], [Skippable], Skippable, false],
    ['nothing included', [], [Child], Skippable, false],
    ['any error', [Error], [], Fatal, true],
  ])('%s', async (_name, include, exclude, thrown, skipped) => {
    const world = new World();
    const { execution } = await world.start(
      oneStep(
        world,
        { items: 3, process: { 2: [thrown] } },
        { skippable: { ...only(...include), exclude: exclude.map((one) => ({ class: one })) } },
      ),
    );
    expect(execution.batchStatus).toBe(skipped ? 'COMPLETED' : 'FAILED');
  });

  test('what is no Error is skipped as the Error it becomes', async () => {
    const world = new World();
    const work: ChunkDefinition = {
      ...world.chunk({ items: 2 }, { skippable: only(Error) }),
      processor: ref({
        processItem: (item: number) => {
          // oxlint-disable-next-line typescript/only-throw-error -- that is what is tested
          if (item === 1) throw 'a text';
          return item;
        },
      }),
    };
    const { step: execution } = await world.start(jobOf(step('s', { work })));
    expect(execution).toMatchObject({ batchStatus: 'COMPLETED', metrics: { processSkipCount: 1 } });
  });
});

describe('retry with rollback', () => {
  test('E5: an exception of the processor: rollback, then one by one through the item, then chunks again', async () => {
    const world = new World();
    const { trace, step: execution } = await world.start(
      oneStep(world, { items: 8, process: { 3: [Retryable] } }, { itemCount: 4 }, true),
    );
    expect(loud(trace)).toEqual(
      lines(`
        open R null
        open W null
        beforeChunk
        R 1
        P 1
        R 2
        P 2
        R 3
        P 3
        onProcessError 3 Retryable
        onRetryProcessException 3 Retryable
        close W
        close R
        onError Retryable
        open W null
        open R null
        beforeChunk
        R 1
        P 1
        W 1
        afterChunk
        beforeChunk
        R 2
        P 2
        W 2
        afterChunk
        beforeChunk
        R 3
        P 3
        W 3
        afterChunk
        beforeChunk
        R 4
        P 4
        R 5
        P 5
        R 6
        P 6
        R 7
        P 7
        W 4,5,6,7
        afterChunk
        beforeChunk
        R 8
        P 8
        R -
        W 8
        afterChunk
        close W
        close R
      `),
    );
    expect(execution.metrics).toMatchObject({
      readCount: 8,
      writeCount: 8,
      commitCount: 5,
      rollbackCount: 1,
    });
  });

  test('E6: an exception of the reader, in the second chunk: back to the last checkpoint', async () => {
    const world = new World();
    const { trace, step: execution } = await world.start(
      oneStep(world, { items: 8, read: { 6: [Retryable] } }, { itemCount: 4 }, true),
    );
    const from = trace.indexOf('onReadError Retryable');
    expect(loud(trace.slice(from)).slice(0, 6)).toEqual([
      'onReadError Retryable',
      'onRetryReadException Retryable',
      'close W',
      'close R',
      'onError Retryable',
      'open W 4',
    ]);
    expect(writes(trace)).toEqual(['W 1,2,3,4', 'W 5', 'W 6', 'W 7,8']);
    expect(execution.metrics).toMatchObject({ readCount: 8, rollbackCount: 1 });
  });

  test('E7: an exception of the writer: the whole chunk one by one', async () => {
    const world = new World();
    const { trace, step: execution } = await world.start(
      oneStep(world, { items: 8, write: { 2: [Retryable] } }, { itemCount: 4 }, true),
    );
    expect(loud(trace)).toContain('onRetryWriteException [1,2,3,4] Retryable');
    expect(writes(trace)).toEqual(['W 1,2,3,4', 'W 1', 'W 2', 'W 3', 'W 4', 'W 5,6,7,8']);
    expect(world.written).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(execution.metrics).toMatchObject({
      readCount: 8,
      writeCount: 8,
      rollbackCount: 1,
      commitCount: 6,
    });
  });

  test('E8: what may be retried and skipped is retried first, and skipped while retrying: one bad item costs one item', async () => {
    const world = new World();
    const { trace, step: execution } = await world.start(
      oneStep(world, { items: 8, write: { 2: [Both, Both] } }, { itemCount: 4 }, true),
    );
    expect(writes(trace)).toEqual(['W 1,2,3,4', 'W 1', 'W 2', 'W 3', 'W 4', 'W 5,6,7,8']);
    expect(world.written).toEqual([1, 3, 4, 5, 6, 7, 8]);
    expect(execution.metrics).toMatchObject({ writeSkipCount: 1, writeCount: 7, rollbackCount: 1 });
    expect(loud(trace)).toContain('onSkipWriteItem [2] Both');
  });

  test('the same for the processor: retried, then skipped', async () => {
    const world = new World();
    const { trace, step: execution } = await world.start(
      oneStep(world, { items: 6, process: { 2: [Both, Both] } }, { itemCount: 3 }, true),
    );
    expect(writes(trace)).toEqual(['W 1', 'W ', 'W 3,4,5', 'W 6']);
    expect(execution.metrics).toMatchObject({ processSkipCount: 1, rollbackCount: 1, readCount: 6 });
  });

  test('the same for the reader', async () => {
    const world = new World();
    const { trace } = await world.start(
      oneStep(world, { items: 6, read: { 2: [Both, Both] } }, { itemCount: 3 }),
    );
    expect(writes(trace)).toEqual(['W 1', 'W 3,4,5', 'W 6']);
  });

  test('an item that fails again and again is retried as often as the limit allows', async () => {
    const failing = Array.from({ length: 3 }, () => Retryable);
    const enough = new World();
    const good = await enough.start(
      oneStep(enough, { items: 2, process: { 2: failing } }, { retryLimit: 3 }),
    );
    expect(good.step).toMatchObject({ batchStatus: 'COMPLETED', metrics: { rollbackCount: 3 } });
    const world = new World();
    const bad = await world.start(oneStep(world, { items: 2, process: { 2: failing } }, { retryLimit: 2 }));
    expect(bad.step).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'process 2' } });
    expect(world.written).toEqual([1]);
  });

  test('E16: retry-limit 0 allows none', async () => {
    const world = new World();
    const { execution } = await world.start(
      oneStep(world, { items: 2, process: { 2: [Retryable] } }, { retryLimit: 0 }),
    );
    expect(execution.batchStatus).toBe('FAILED');
  });

  test('when retries are used up, what may be skipped too is skipped', async () => {
    const world = new World();
    const { step: execution } = await world.start(
      oneStep(world, { items: 3, process: { 2: [Both] } }, { retryLimit: 0 }),
    );
    expect(execution).toMatchObject({
      batchStatus: 'COMPLETED',
      metrics: { processSkipCount: 1, rollbackCount: 0 },
    });
  });

  test('E31: a failure at an earlier item while retrying: one by one until the later one is past', async () => {
    const world = new World();
    const { trace } = await world.start(
      oneStep(world, { items: 8, process: { 5: [Retryable], 2: [undefined, Retryable] } }, { itemCount: 6 }),
    );
    expect(writes(trace)).toEqual(['W 1', 'W 2', 'W 3', 'W 4', 'W 5', 'W 6,7,8']);
  });

  test('a commit that fails is a write that fails', async () => {
    const world = new World();
    const { repository } = world;
    const save = repository.saveChunk.bind(repository);
    let calls = 0;
    repository.saveChunk = (...given) => {
      if (++calls === 2) throw new Retryable('commit');
      return save(...given);
    };
    const { trace, step: execution } = await world.start(
      oneStep(world, { items: 6 }, { itemCount: 3 }, true),
    );
    expect(loud(trace)).toContain('onWriteError [4,5,6] Retryable');
    expect(writes(trace)).toEqual(['W 1,2,3', 'W 4,5,6', 'W 4', 'W 5', 'W 6']);
    expect(execution).toMatchObject({
      batchStatus: 'COMPLETED',
      metrics: { writeCount: 6, rollbackCount: 1 },
    });
  });
});

describe('retry without rollback', () => {
  test('E10: only the call that has failed is repeated', async () => {
    const world = new World();
    const script = { items: 4, read: { 1: [InPlace] }, process: { 2: [InPlace] }, write: { 3: [InPlace] } };
    const { trace, step: execution } = await world.start(oneStep(world, script, { itemCount: 4 }, true));
    expect(loud(trace)).toEqual(
      lines(`
        open R null
        open W null
        beforeChunk
        R 1
        onReadError InPlace
        onRetryReadException InPlace
        R 1
        P 1
        R 2
        P 2
        onProcessError 2 InPlace
        onRetryProcessException 2 InPlace
        P 2
        R 3
        P 3
        R 4
        P 4
        W 1,2,3,4
        onWriteError [1,2,3,4] InPlace
        onRetryWriteException [1,2,3,4] InPlace
        W 1,2,3,4
        afterChunk
        beforeChunk
        R -
        afterChunk
        close W
        close R
      `),
    );
    expect(execution.metrics).toMatchObject({
      readCount: 4,
      writeCount: 4,
      rollbackCount: 0,
      commitCount: 2,
    });
  });

  test('a write of the last chunk that is repeated in place reads nothing more', async () => {
    const world = new World();
    const { trace } = await world.start(oneStep(world, { items: 2, write: { 1: [InPlace, InPlace] } }));
    expect(trace.filter((line) => line === 'R -')).toHaveLength(1);
    expect(writes(trace)).toEqual(['W 1,2', 'W 1,2', 'W 1,2']);
  });
});

describe('no item is lost', () => {
  test('E11: a skip, then a rollback in the same chunk: the item before is written', async () => {
    const world = new World();
    const { step: execution } = await world.start(
      oneStep(world, { items: 6, read: { 2: [Skippable, Skippable] }, process: { 4: [Retryable] } }),
    );
    expect(world.written).toEqual([1, 3, 4, 5, 6]);
    // Read again and skipped again, it is still one item that was skipped.
    expect(execution.metrics).toMatchObject({ readSkipCount: 1, readCount: 5, rollbackCount: 1 });
  });

  test('E12, E29: a skip, then a failure in the same chunk, and a restart', async () => {
    const world = new World();
    const job = oneStep(world, {
      items: 9,
      read: { 7: [Skippable, Skippable] },
      process: { 6: [], 8: [Fatal] },
    });
    const first = await world.start(job);
    expect(first.step).toMatchObject({ batchStatus: 'FAILED', metrics: { readCount: 5, rollbackCount: 1 } });
    const second = await world.restart(first);
    expect(second.trace[0]).toBe('open R 5');
    expect(world.written).toEqual([1, 2, 3, 4, 5, 6, 8, 9]);
  });

  test('E13: a process skip, then a write that fails for good, and a restart', async () => {
    const world = new World();
    const job = oneStep(world, {
      items: 6,
      process: { 2: [Skippable, Skippable] },
      write: { 3: [Fatal] },
    });
    const first = await world.start(job);
    expect(first.execution.batchStatus).toBe('FAILED');
    await world.restart(first);
    expect(world.written).toEqual([1, 3, 4, 5, 6]);
  });
});

test('an exception that is neither skipped nor retried: onError, close, afterStep; the step is FAILED', async () => {
  const world = new World();
  const {
    trace,
    step: execution,
    execution: job,
  } = await world.start(oneStep(world, { items: 6, process: { 4: [Fatal] } }, { itemCount: 2 }, true));
  expect(loud(trace).slice(-5)).toEqual([
    'P 4',
    'onProcessError 4 Fatal',
    'onError Fatal',
    'close W',
    'close R',
  ]);
  expect(trace.at(-1)).toBe('afterStep');
  expect(execution).toMatchObject({
    batchStatus: 'FAILED',
    exitStatus: 'FAILED',
    exception: { name: 'Error', message: 'process 4' },
    metrics: { readCount: 2, writeCount: 2, commitCount: 1, rollbackCount: 1 },
  });
  expect(job).toMatchObject({ batchStatus: 'FAILED', exitStatus: 'FAILED' });
});

describe('E26, E27: an exception of a listener fails the step, even if it may be skipped or retried', () => {
  test.each([
    'beforeRead',
    'afterRead',
    'beforeProcess',
    'afterProcess',
    'beforeWrite',
    'afterWrite',
    'beforeChunk',
    'afterChunk',
  ] as const)('%s', async (event) => {
    const world = new World();
    const work = world.chunk({ items: 3 }, { itemCount: 2 });
    const failing = {
      [event]: () => {
        throw new Both('listener');
      },
      onError: (error: Error) => world.note(`onError ${error.message}`),
    };
    const { trace, step: execution } = await world.start(
      jobOf(step('s', { work, listeners: [ref(failing)] })),
    );
    expect(execution).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'listener' } });
    expect(trace).toContain('onError listener');
  });

  test.each([
    ['onReadError', { read: { 1: [Skippable] } }],
    ['onSkipReadItem', { read: { 1: [Skippable] } }],
    ['onRetryProcessException', { process: { 1: [Retryable] } }],
    ['onWriteError', { write: { 1: [Skippable] } }],
  ] as const)('%s', async (event, script) => {
    const world = new World();
    const work = world.chunk({ items: 3, ...script });
    const failing = {
      [event]: () => {
        throw new Both('listener');
      },
    };
    const { step: execution } = await world.start(jobOf(step('s', { work, listeners: [ref(failing)] })));
    expect(execution).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'listener' } });
  });

  test('onError that throws too: the step fails with the first exception, and tells of the second', async () => {
    const world = new World();
    const work = world.chunk({ items: 3, process: { 1: [Fatal] } });
    const failing = {
      onError: () => {
        throw new Error('also this');
      },
    };
    const { step: execution, trace } = await world.start(
      jobOf(step('s', { work, listeners: [ref(failing)] })),
    );
    expect(execution.exception).toMatchObject({ message: 'process 1' });
    expect(execution.exception?.stack).toContain('Then also: Error: also this');
    expect(trace.slice(-2)).toEqual(['close W', 'close R']);
  });
});

test('an error of open or close fails the step; what was opened is closed', async () => {
  const world = new World();
  const work = {
    ...world.chunk({ items: 3 }),
    writer: ref({
      open: () => {
        throw new Both('open');
      },
      writeItems: () => undefined,
    }),
  };
  const opening = await world.start(jobOf(step('s', { work })));
  expect(opening.step).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'open' } });
  expect(opening.trace).toEqual(['open R null', 'close R']);
  const closing = {
    ...world.chunk({ items: 3 }),
    writer: ref({
      writeItems: () => undefined,
      close: () => {
        throw new Both('close');
      },
    }),
  };
  const closed = await world.start(jobOf(step('s', { work: closing })));
  expect(closed.step).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'close' } });
  expect(closed.trace.at(-1)).toBe('close R');
});
