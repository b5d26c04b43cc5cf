/** The builders: what each form of an artifact becomes, and the types. */
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  artifact,
  type ArtifactContext,
  ArtifactRegistry,
  idempotent,
  type ItemReader,
  job,
  type JobDefinition,
  JobOperator,
} from '../../src/batch/index.ts';
import { Fatal, Skippable, World } from './batch-world.ts';

async function run(definition: JobDefinition, registry = new ArtifactRegistry()) {
  const operator = new JobOperator({ registry });
  const id = await operator.start(definition);
  const execution = await operator.finished(id);
  return { execution, steps: await operator.getStepExecutions(id) };
}

describe('readers', () => {
  const reads = async (
    reader: Parameters<ReturnType<typeof job>['chunk']>[0]['reader'],
  ): Promise<unknown[]> => {
    const items: unknown[] = [];
    const { execution } = await run(
      job('reads').chunk({ reader, writer: (chunk) => void items.push(...chunk), itemCount: 2 }),
    );
    expect(execution.batchStatus).toBe('COMPLETED');
    return items;
  };

  class Counter implements ItemReader<number> {
    #at = 0;
    readItem(): number | null {
      return this.#at < 3 ? ++this.#at : null;
    }
  }

  test.each([
    ['a list', [1, 2, 3]],
    ['a set', new Set([1, 2, 3])],
    [
      'a generator',
      (function* () {
        yield* [1, 2, 3];
      })(),
    ],
    [
      'a generator function',
      function* () {
        yield* [1, 2, 3];
      },
    ],
    [
      'an async generator function',
      async function* () {
        yield* [1, 2, 3];
      },
    ],
    ['a function that gives a list', () => [1, 2, 3]],
    ['a class', Counter],
    ['an object', new Counter()],
    ['an artifact of a class', artifact(Counter)],
    [
      'a source with cursors',
      { from: (cursor: number | null) => [1, 2, 3].slice(cursor ?? 0), cursor: (item: number) => item },
    ],
  ])('%s', async (_name, reader) => {
    expect(await reads(reader as never)).toEqual([1, 2, 3]);
  });

  test('a name in the registry, with properties', async () => {
    const registry = new ArtifactRegistry().add(
      'counting',
      (context: ArtifactContext) =>
        [Number(context.properties['to'])].map((to) => ({
          at: 0,
          readItem(this: { at: number }) {
            return this.at < to ? ++this.at : null;
          },
        }))[0]!,
    );
    const items: unknown[] = [];
    const { execution } = await run(
      job('named').chunk({
        reader: artifact('counting', { to: '4' }),
        writer: (chunk) => void items.push(...chunk),
      }),
      registry,
    );
    expect(execution.batchStatus).toBe('COMPLETED');
    expect(items).toEqual([1, 2, 3, 4]);
  });

  test('a restart goes on after the items that were dealt with: counted, or by the cursor', async () => {
    for (const withCursor of [false, true]) {
      const world = new World();
      const from: unknown[] = [];
      const rows = [10, 20, 30, 40, 50];
      let fails = true;
      const definition = job('goes on').chunk({
        reader: withCursor
          ? {
              from: (cursor: number | null) => {
                from.push(cursor);
                return rows.filter((row) => row > (cursor ?? 0));
              },
              cursor: (row: number) => row,
            }
          : rows,
        processor: (row: number) => {
          if (row === 40 && fails) throw new Fatal('40');
          return row;
        },
        writer: (items: readonly number[]) => void world.written.push(...items),
        itemCount: 2,
      });
      const first = await world.start(definition);
      fails = false;
      await world.restart(first);
      expect(world.written).toEqual(rows);
      if (withCursor) expect(from).toEqual([null, 20]);
    }
  });

  test('an iterable that gives nothing in between is refused: it would end the step', async () => {
    const { steps } = await run(job('holes').chunk({ reader: [1, undefined, 3], writer: () => undefined }));
    expect(steps[0]?.exception?.message).toContain('gave undefined as item 2');
  });

  test('an iterator is closed when the step ends before it does', async () => {
    let closed = 0;
    function* endless(): Generator<number> {
      try {
        for (let item = 1; ; item++) yield item;
      } finally {
        closed++;
      }
    }
    await run(
      job('endless').chunk({
        reader: endless,
        processor: (item: number) => {
          if (item === 5) throw new Fatal('5');
          return item;
        },
        writer: () => undefined,
      }),
    );
    expect(closed).toBe(1);
  });
});

test('errors to skip by class, with exceptions to that', async () => {
  class Worse extends Skippable {}
  const failing = (errorClass: new (message: string) => Error) =>
    job('skips').chunk({
      reader: [1, 2, 3],
      processor: (item: number) => {
        if (item === 2) throw new errorClass('2');
        return item;
      },
      writer: () => undefined,
      skip: { include: [Skippable], exclude: [Worse] },
    });
  expect((await run(failing(Skippable))).steps[0]?.metrics).toMatchObject({
    processSkipCount: 1,
    writeCount: 2,
  });
  expect((await run(failing(Worse))).execution.batchStatus).toBe('FAILED');
});

test('time-limit alone is the only limit', async () => {
  const world = new World();
  const sizes: number[] = [];
  await world.start(
    job('timed').chunk({
      reader: Array.from({ length: 100 }, (_, index) => index),
      processor: (item: number) => {
        world.environment.pass(100);
        return item;
      },
      writer: (items) => void sizes.push(items.length),
      timeLimit: 3,
    }),
  );
  expect(sizes).toEqual([30, 30, 30, 10]);
});

test('what an idempotent writer does is said', async () => {
  const { steps } = await run(job('upserts').chunk({ reader: [1], writer: idempotent(() => undefined) }));
  expect(steps[0]?.guarantee).toContain('idempotent');
});

test('values that the types cannot refuse are refused at the start', async () => {
  const operator = new JobOperator();
  const bad = job('bad')
    .chunk({ reader: [1], writer: () => undefined, itemCount: 0 })
    .batchlet('step1', () => undefined, { startLimit: 1.5, next: 'nowhere' });
  await expect(operator.start(bad)).rejects.toMatchObject({
    code: 'WM9040',
    problems: [
      { code: 'WM9041', message: 'item-count must be a whole number of at least 1, not "0"' },
      { code: 'WM9041', message: 'start-limit must be a whole number of at least 0, not "1.5"' },
      { code: 'WM9044' },
      { code: 'WM9043' },
    ],
  });
  expect(await operator.getJobInstanceCount('bad')).toBe(0);
});

test('the types of reader, processor and writer fit together', () => {
  interface Row {
    readonly id: number;
  }
  const rows: readonly Row[] = [];
  job('typed').chunk({
    reader: rows,
    processor: (row) => {
      expectTypeOf(row).toEqualTypeOf<Row>();
      return String(row.id);
    },
    writer: (items) => {
      expectTypeOf(items).toEqualTypeOf<readonly string[]>();
    },
  });
  job('untransformed').chunk({
    reader: rows,
    writer: (items) => {
      expectTypeOf(items).toEqualTypeOf<readonly Row[]>();
    },
  });
  job('filtered').chunk({
    reader: rows,
    processor: async ({ id }) => (id > 3 ? id : null),
    writer: (items) => {
      expectTypeOf(items).toEqualTypeOf<readonly number[]>();
    },
  });
});
