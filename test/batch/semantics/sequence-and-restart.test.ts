/** Statuses, transitions, flows, splits, decisions, restart, stop (Jakarta Batch 2.1, sections 8.3 to 8.9 and 10.8). */
import { describe, expect, test } from 'vitest';
import { end, fail, job, type JobDefinition, stop } from '../../../src/batch/index.ts';
import { Fatal, jobOf, step, World } from '../batch-world.ts';

/** A batchlet that notes its name and gives an exit status; `failing` times it throws. */
function named(world: World, name: string, exitStatus?: string, failing = 0): () => string | undefined {
  let calls = 0;
  return () => {
    world.note(name);
    if (++calls <= failing) throw new Fatal(name);
    return exitStatus;
  };
}

describe('statuses and transitions', () => {
  test('the exit status is that of the batch status if nobody sets one; the last one who sets it wins', async () => {
    const world = new World();
    const plain = await world.start(job('plain').batchlet('a', named(world, 'a')));
    expect(plain.execution).toMatchObject({ batchStatus: 'COMPLETED', exitStatus: 'COMPLETED' });
    expect(plain.step).toMatchObject({ batchStatus: 'COMPLETED', exitStatus: 'COMPLETED' });
    const set = await world.start(
      job('set', {
        listeners: [
          (context) => ({
            afterJob: () => {
              context.job.exitStatus = `${context.job.exitStatus} and after`;
            },
          }),
        ],
      }).batchlet('a', (context) => {
        context.step!.exitStatus = 'step';
        context.job.exitStatus = 'job';
      }),
    );
    expect(set.execution).toMatchObject({ batchStatus: 'COMPLETED', exitStatus: 'job and after' });
    expect(set.step.exitStatus).toBe('step');
  });

  test.each([
    ['GOOD', 'b'],
    ['GOOD ENOUGH', 'c'],
    ['BAD7', 'd'],
    ['BAD77', 'e'],
    ['', 'f'],
  ])(
    'exit status %j leads to %s: globs, in the order in which they are written',
    async (exitStatus, target) => {
      const world = new World();
      const { trace } = await world.start(
        job('globs')
          .batchlet('a', named(world, 'a', exitStatus), {
            on: { GOOD: 'b', 'GO*': 'c', 'BAD?': 'd', 'B*7': 'e' },
            next: 'f',
          })
          .batchlet('b', named(world, 'b'), { next: null })
          .batchlet('c', named(world, 'c'), { next: null })
          .batchlet('d', named(world, 'd'), { next: null })
          .batchlet('e', named(world, 'e'), { next: null })
          .batchlet('f', named(world, 'f')),
      );
      expect(trace).toEqual(['a', target]);
    },
  );

  test('a step that fails: its transitions first, then the job fails, whatever next says', async () => {
    const world = new World();
    const rescued = await world.start(
      job('rescued')
        .batchlet('a', named(world, 'a', undefined, 1), { on: { FAILED: 'b' } })
        .batchlet('b', named(world, 'b')),
    );
    expect(rescued.execution.batchStatus).toBe('COMPLETED');
    const failed = await world.start(
      job('failed')
        .batchlet('a', named(world, 'a', undefined, 1))
        .batchlet('b', named(world, 'b')),
    );
    expect(failed.trace).toEqual(['a']);
    expect(failed.execution).toMatchObject({ batchStatus: 'FAILED', exitStatus: 'FAILED' });
  });

  test.each([
    ['end', end('EARLY'), 'COMPLETED', 'EARLY'],
    ['end without an exit status', end(), 'COMPLETED', 'COMPLETED'],
    ['fail', fail('BAD'), 'FAILED', 'BAD'],
    ['stop', stop('b', 'LATER'), 'STOPPED', 'LATER'],
  ])('%s ends the job and leaves the step COMPLETED', async (_name, ending, batchStatus, exitStatus) => {
    const world = new World();
    const {
      execution,
      step: first,
      trace,
    } = await world.start(
      job('ending')
        .batchlet('a', named(world, 'a', 'RC4'), { on: { RC4: ending } })
        .batchlet('b', named(world, 'b')),
    );
    expect(trace).toEqual(['a']);
    expect(execution).toMatchObject({ batchStatus, exitStatus });
    expect(first).toMatchObject({ batchStatus: 'COMPLETED', exitStatus: 'RC4' });
  });

  test('listeners of the job and of the step, in their order; a listener of the job that fails fails the job', async () => {
    const world = new World();
    const listener = { beforeJob: () => world.note('beforeJob'), afterJob: () => world.note('afterJob') };
    const around = {
      beforeStep: () => world.note('beforeStep'),
      afterStep: () => world.note('afterStep'),
    };
    const { trace } = await world.start(
      job('listened', { listeners: [listener] }).batchlet('a', named(world, 'a'), { listeners: [around] }),
    );
    expect(trace).toEqual(['beforeJob', 'beforeStep', 'a', 'afterStep', 'afterJob']);
    const failing = {
      ...listener,
      beforeJob: () => {
        throw new Fatal('not today');
      },
    };
    const failed = await world.start(
      job('unlistened', { listeners: [failing] }).batchlet('a', named(world, 'a')),
    );
    expect(failed.trace).toEqual(['afterJob']);
    expect(failed.execution).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'not today' } });
  });

  test('a listener of a step that fails: before, afterStep still runs; after, the step is FAILED', async () => {
    const world = new World();
    const throws = (): never => {
      throw new Fatal('listener');
    };
    const before = await world.start(
      job('before').batchlet('a', named(world, 'a'), {
        listeners: [{ beforeStep: throws, afterStep: () => world.note('afterStep') }],
      }),
    );
    expect(before.trace).toEqual(['afterStep']);
    expect(before.step).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'listener' } });
    const after = await world.start(
      job('after').batchlet('a', named(world, 'a'), { listeners: [{ afterStep: throws }] }),
    );
    expect(after.trace).toEqual(['a']);
    expect(after.step).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'listener' } });
  });
});

describe('flows, splits, decisions', () => {
  test('a flow runs its elements, then what follows it', async () => {
    const world = new World();
    const { trace } = await world.start(
      job('flows')
        .flow('f', (flow) => flow.batchlet('a', named(world, 'a')).batchlet('b', named(world, 'b', 'X')), {
          on: { X: 'd' },
        })
        .batchlet('c', named(world, 'c'))
        .batchlet('d', named(world, 'd')),
    );
    expect(trace).toEqual(['a', 'b', 'd']);
  });

  test('an ending inside of a flow ends the job', async () => {
    const world = new World();
    const { trace, execution } = await world.start(
      job('flows')
        .flow('f', (flow) => flow.batchlet('a', named(world, 'a'), { on: { '*': stop('c', 'S') } }))
        .batchlet('c', named(world, 'c')),
    );
    expect(trace).toEqual(['a']);
    expect(execution).toMatchObject({ batchStatus: 'STOPPED', exitStatus: 'S', restartAt: 'c' });
  });

  test('the flows of a split run at the same time; then the split leads on', async () => {
    const world = new World();
    let open!: () => void;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const { trace, execution } = await world.start(
      job('splits')
        .split('s', {
          one: (flow) =>
            flow.batchlet('waits', async () => {
              await gate;
              world.note('waits');
            }),
          two: (flow) =>
            flow.batchlet('opens', () => {
              world.note('opens');
              open();
            }),
        })
        .batchlet('after', named(world, 'after')),
    );
    expect(trace).toEqual(['opens', 'waits', 'after']);
    expect(execution.batchStatus).toBe('COMPLETED');
  });

  test('a flow of a split that fails: the others run to their ends, then the job fails', async () => {
    const world = new World();
    const { trace, execution } = await world.start(
      job('splits')
        .split('s', {
          one: (flow) => flow.batchlet('a', named(world, 'a', undefined, 1)),
          two: (flow) => flow.batchlet('b', named(world, 'b')).batchlet('c', named(world, 'c')),
        })
        .batchlet('after', named(world, 'after')),
    );
    expect(trace).toEqual(['a', 'b', 'c']);
    expect(execution.batchStatus).toBe('FAILED');
  });

  test.each([
    ['fail', 'stop', 'FAILED'],
    ['stop', 'end', 'STOPPED'],
    ['end', 'end', 'COMPLETED'],
  ] as const)('flows that end the job with %s and %s: it is %s', async (first, second, batchStatus) => {
    const world = new World();
    const ending = { end: end(), fail: fail(), stop: stop() };
    const { execution, trace } = await world.start(
      job('splits')
        .split('s', {
          one: (flow) => flow.batchlet('a', named(world, 'a'), { on: { '*': ending[first] } }),
          two: (flow) => flow.batchlet('b', named(world, 'b'), { on: { '*': ending[second] } }),
        })
        .batchlet('after', named(world, 'after')),
    );
    expect(execution.batchStatus).toBe(batchStatus);
    expect(trace).toEqual(['a', 'b']);
  });

  test('transient user data belongs to a thread, the exit status of the job to all', async () => {
    const world = new World();
    const { execution } = await world.start(
      job('threads')
        .split('s', {
          one: (flow) =>
            flow
              .batchlet('a', (context) => void (context.job.transientUserData = 'of one'))
              .batchlet('b', (context) => world.note(`b ${String(context.job.transientUserData)}`)),
          two: (flow) =>
            flow
              .batchlet('c', (context) => void (context.job.exitStatus = 'set by two'))
              .batchlet('d', (context) => world.note(`d ${String(context.job.transientUserData)}`)),
        })
        .batchlet('e', (context) => world.note(`e ${String(context.job.transientUserData)}`)),
    );
    expect(world.trace.toSorted()).toEqual(['b of one', 'd null', 'e null']);
    expect(execution.exitStatus).toBe('set by two');
  });

  test('a decision: what it returns leads on, and is the exit status of the job', async () => {
    const world = new World();
    const { trace, execution } = await world.start(
      job('decisions')
        .batchlet('a', named(world, 'a', 'RC8'))
        .decision('d', ([last]) => `${last!.stepName} ${last!.exitStatus}`, { 'a RC?': 'c', '*': 'b' })
        .batchlet('b', named(world, 'b'))
        .batchlet('c', named(world, 'c')),
    );
    expect(trace).toEqual(['a', 'c']);
    expect(execution).toMatchObject({ batchStatus: 'COMPLETED', exitStatus: 'a RC8' });
  });

  test('after a split a decision gets the last step of each flow', async () => {
    const world = new World();
    const { execution } = await world.start(
      job('decisions')
        .split('s', {
          one: (flow) => flow.batchlet('a', named(world, 'a')).batchlet('b', named(world, 'b', 'B')),
          two: (flow) => flow.batchlet('c', named(world, 'c', 'C')),
        })
        .decision('d', (steps) => steps.map(({ exitStatus }) => exitStatus).join('+'), { '*': end() }),
    );
    expect(execution.exitStatus).toBe('B+C');
  });

  test('a decider that throws, or gives no text, fails the job', async () => {
    const world = new World();
    const deciding = (decide: () => string): JobDefinition =>
      job('decisions').batchlet('a', named(world, 'a')).decision('d', decide, { '*': end() });
    const thrown = await world.start(
      deciding(() => {
        throw new Fatal('cannot decide');
      }),
    );
    expect(thrown.execution).toMatchObject({
      batchStatus: 'FAILED',
      exception: { message: 'cannot decide' },
    });
    const nothing = await world.start(deciding(() => undefined as unknown as string));
    expect(nothing.execution.exception?.message).toContain('gave undefined instead of an exit status');
  });
});

describe('restart', () => {
  test('steps that have completed are left out; the one that has failed goes on at its checkpoint', async () => {
    const world = new World();
    const definition = job('restarts').batchlet('a', named(world, 'a'));
    definition.elements.push(
      step('b', { work: world.chunk({ items: 7, process: { 6: [Fatal] } }, { itemCount: 2 }) }),
    );
    definition.elements[0] = { ...definition.elements[0]!, next: 'b' } as (typeof definition.elements)[0];
    const first = await world.start(definition);
    expect(first.execution.batchStatus).toBe('FAILED');
    const second = await world.restart(first);
    expect(second.trace.slice(0, 3)).toEqual(['open R 4', 'open W 4', 'R 5']);
    expect(second.steps.map(({ stepName }) => stepName)).toEqual(['b']);
    expect(second.execution.batchStatus).toBe('COMPLETED');
    expect(world.written).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('a null checkpoint is given back as null', async () => {
    const world = new World();
    const opened: unknown[] = [];
    let fails = true;
    const definition = job('nulls').chunk({
      reader: {
        open: (checkpoint: unknown) => void opened.push(checkpoint),
        readItem: () => {
          if (fails) throw new Fatal('read');
          return null;
        },
        checkpointInfo: () => null,
      },
      writer: () => undefined,
    });
    const first = await world.start(definition);
    fails = false;
    await world.restart(first);
    expect(opened).toEqual([null, null]);
  });

  test('allow-start-if-complete: again from the beginning (E24)', async () => {
    const world = new World();
    const definition = jobOf(
      step('a', { work: world.chunk({ items: 3 }), allowStartIfComplete: true, next: 'b' }),
      step('b', { work: world.chunk({ items: 4, process: { 1: [Fatal] } }) }),
    );
    const first = await world.start(definition);
    const second = await world.restart(first);
    expect(second.trace.slice(0, 3)).toEqual(['open R null', 'open W null', 'R 1']);
    expect(second.steps.map(({ stepName }) => stepName)).toEqual(['a', 'b']);
    expect(world.written).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3, 4]);
  });

  test('a step that completed with an exit status leads on by it', async () => {
    const world = new World();
    const definition = job('exits')
      .batchlet('a', named(world, 'a', 'LEFT'), { on: { LEFT: 'c' } })
      .batchlet('b', named(world, 'b'))
      .batchlet('c', named(world, 'c', undefined, 1));
    const first = await world.start(definition);
    const second = await world.restart(first);
    expect(second.trace).toEqual(['c']);
    expect(second.execution.batchStatus).toBe('COMPLETED');
  });

  test('a step with <fail> stays COMPLETED: a restart fails again without running it', async () => {
    const world = new World();
    const first = await world.start(
      job('fails').batchlet('a', named(world, 'a', 'BAD'), { on: { BAD: fail() } }),
    );
    const second = await world.restart(first);
    expect(second.trace).toEqual([]);
    expect(second.execution.batchStatus).toBe('FAILED');
  });

  test('stop with restart: it begins there', async () => {
    const world = new World();
    const first = await world.start(
      job('stops')
        .batchlet('a', named(world, 'a'), { on: { '*': stop('c') } })
        .batchlet('b', named(world, 'b'))
        .batchlet('c', named(world, 'c')),
    );
    const second = await world.restart(first);
    expect(second.trace).toEqual(['c']);
  });

  test('deciders always run again, with the executions of before where steps did not', async () => {
    const world = new World();
    const definition = job('decides')
      .batchlet('a', named(world, 'a', 'A'))
      .decision(
        'd',
        ([last]) => {
          world.note(`d ${last!.jobExecutionId} ${last!.exitStatus}`);
          return 'on';
        },
        { on: 'b' },
      )
      .batchlet('b', named(world, 'b', undefined, 1));
    const first = await world.start(definition);
    const second = await world.restart(first);
    expect(second.trace).toEqual([`d ${first.id} A`, 'b']);
  });

  test('parameters are not remembered', async () => {
    const world = new World();
    const definition = job('parameters', { properties: { day: "#{jobParameters['day']}?:none;" } }).batchlet(
      'a',
      (context) => {
        world.note(`${context.job.properties['day']} ${context.job.parameters['day']}`);
        if (context.job.parameters['day'] === '1') throw new Fatal('first');
      },
    );
    const first = await world.start(definition, { day: '1' });
    const second = await world.restart(first);
    expect([...first.trace, ...second.trace]).toEqual(['1 1', 'none undefined']);
    expect(await world.operator.getParameters(first.id)).toEqual({ day: '1' });
    expect(await world.operator.getParameters(second.id)).toEqual({});
  });

  test('persistent user data: saved with each checkpoint, given back at a restart; transient data never', async () => {
    const world = new World();
    let failing = true;
    const definition = jobOf(
      step('s', {
        work: world.chunk(
          {
            items: 6,
            onItem: (item, { step: context }) => {
              const seen = (context!.persistentUserData as { seen: number[] } | null)?.seen ?? [];
              world.note(`has ${seen.join(',')} ${String(context!.transientUserData)}`);
              context!.persistentUserData = { seen: [...seen, item] };
              context!.transientUserData = item;
              if (item === 4 && failing) throw new Fatal('4');
            },
          },
          { itemCount: 3 },
        ),
      }),
    );
    const first = await world.start(definition);
    failing = false;
    const second = await world.restart(first);
    expect(second.trace.filter((line) => line.startsWith('has'))).toEqual([
      'has 1,2,3 null',
      'has 1,2,3,4 4',
      'has 1,2,3,4,5 5',
    ]);
    expect(second.step.persistentUserData).toEqual({ seen: [1, 2, 3, 4, 5, 6] });
  });

  test("a batchlet's user data is saved at its end, also when it fails", async () => {
    const world = new World();
    const definition = job('data').batchlet('a', ({ step: context }) => {
      const count = ((context!.persistentUserData as number | null) ?? 0) + 1;
      context!.persistentUserData = count;
      if (count < 3) throw new Fatal(String(count));
    });
    const first = await world.start(definition);
    const second = await world.restart(first);
    const third = await world.restart(second);
    expect([first, second, third].map(({ step: one }) => one.persistentUserData)).toEqual([1, 2, 3]);
  });

  test('start-limit counts the starts of an instance; beyond it the job fails and the step has no execution', async () => {
    const world = new World();
    const definition = job('limited').batchlet('a', named(world, 'a', undefined, 9), { startLimit: 2 });
    const first = await world.start(definition);
    const second = await world.restart(first);
    const third = await world.restart(second);
    expect(second.steps).toHaveLength(1);
    expect(third.steps).toHaveLength(0);
    expect(third.execution).toMatchObject({ batchStatus: 'FAILED', exitStatus: 'FAILED' });
    expect(third.execution.exception?.message).toContain('has been started 2 times; its start-limit is 2');
    const another = await world.start(definition);
    expect(another.steps).toHaveLength(1);
  });
});

describe('stop', () => {
  test('E25: the item at hand is finished, what is buffered is written, a checkpoint is made', async () => {
    const world = new World();
    const definition = jobOf(
      step('s', {
        work: world.chunk(
          {
            items: 20,
            onItem: (item, { job: context }) =>
              item === 8 ? world.operator.stop(context.executionId) : undefined,
          },
          { itemCount: 10 },
        ),
        next: 'after',
      }),
      step('after', { work: world.chunk({ items: 1 }) }),
    );
    const first = await world.start(definition);
    expect(first.execution).toMatchObject({ batchStatus: 'STOPPED', exitStatus: 'STOPPED' });
    expect(first.steps).toMatchObject([
      { batchStatus: 'STOPPED', metrics: { readCount: 8, writeCount: 8, commitCount: 1 } },
    ]);
    expect(world.written).toHaveLength(8);
    const second = await world.restart(first);
    expect(second.trace[0]).toBe('open R 8');
    expect(second.execution.batchStatus).toBe('COMPLETED');
    expect(world.written).toHaveLength(21);
  });

  test('a batchlet is told while it runs', async () => {
    const world = new World();
    let id!: number;
    let release!: () => void;
    class Waiting {
      process(): Promise<string> {
        world.note('process');
        void world.operator.stop(id);
        return new Promise((resolve) => (release = () => resolve('HALF')));
      }
      stop(): void {
        world.note('stop');
        release();
      }
    }
    world.operator.define(job('waiting').batchlet('a', Waiting).batchlet('b', named(world, 'b')));
    id = await world.operator.start('waiting');
    const execution = await world.operator.finished(id);
    expect(world.trace).toEqual(['process', 'stop']);
    expect(execution.batchStatus).toBe('STOPPED');
    expect(await world.operator.getStepExecutions(id)).toMatchObject([
      { batchStatus: 'STOPPED', exitStatus: 'HALF' },
    ]);
  });

  test('between two steps', async () => {
    const world = new World();
    const first = await world.start(
      job('between')
        .chunk({
          id: 'a',
          reader: [1],
          processor: (_item, { job: context }) => world.operator.stop(context.executionId).then(() => 1),
          writer: () => undefined,
        })
        .batchlet('b', named(world, 'b')),
    );
    expect(first.execution.batchStatus).toBe('STOPPED');
    expect(first.trace).toEqual([]);
    const second = await world.restart(first);
    expect(second.trace).toEqual(['b']);
    expect(second.execution.batchStatus).toBe('COMPLETED');
  });
});
