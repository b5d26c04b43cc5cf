/** Chunks whose items and checkpoint are one transaction (Jakarta Batch 2.1, section 9.7), and the recovery mode `scan`. */
import { describe, expect, test } from 'vitest';
import {
  type ArtifactContext,
  type ChunkOptions,
  inTransaction,
  job,
  type JobBuilder,
  TransactionTimeoutError,
} from '../../../src/batch/index.ts';
import { MemoryTransactions } from '../memory-transactions.ts';
import type { VirtualEnvironment } from '../virtual-environment.ts';
import { Both, Fatal, Retryable, Skippable, World } from '../batch-world.ts';

interface Setting {
  readonly items?: number;
  /** Errors at the writes that have an item, one for each time. */
  readonly write?: Readonly<Record<number, readonly (new (message: string) => Error)[]>>;
  readonly recovery?: 'reread' | 'scan';
  readonly itemCount?: number;
  readonly onItem?: (item: number) => void;
  readonly transactionTimeout?: number;
}

function loading(resource: MemoryTransactions, setting: Setting, world?: World): JobBuilder {
  const { items = 6, write = {}, itemCount = 3 } = setting;
  const times = new Map<number, number>();
  return job('load').chunk({
    id: 'load',
    reader: { from: (cursor: number | null) => numbers(cursor ?? 0, items, world), cursor: (item) => item },
    processor: (item: number) => {
      setting.onItem?.(item);
      return item;
    },
    writer: inTransaction(resource, (chunk: readonly number[], { client }) => {
      world?.note(`W ${chunk.join(',')}`);
      for (const item of chunk) {
        client.insert(item);
        const thrown = times.get(item) ?? 0;
        const errorClass = write[item]?.[thrown];
        if (errorClass === undefined) continue;
        times.set(item, thrown + 1);
        throw new errorClass(`write ${item}`);
      }
    }),
    itemCount,
    skip: [Skippable, Both],
    retry: [Retryable, Both],
    ...(setting.recovery === undefined ? {} : { recovery: setting.recovery }),
    ...(setting.transactionTimeout === undefined ? {} : { transactionTimeout: setting.transactionTimeout }),
  });
}

function* numbers(from: number, to: number, world?: World): Generator<number> {
  for (let item = from + 1; item <= to; item++) {
    world?.note(`R ${item}`);
    yield item;
  }
}

describe('exactly once', () => {
  test('what a failed chunk has written is undone; a restart writes it once', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    const first = await world.start(loading(resource, { write: { 5: [Fatal] } }));
    expect(resource.rows).toEqual([1, 2, 3]);
    expect(first.step).toMatchObject({
      batchStatus: 'FAILED',
      metrics: { readCount: 3, writeCount: 3, commitCount: 1, rollbackCount: 1 },
    });
    const second = await world.restart(first);
    expect(second.execution.batchStatus).toBe('COMPLETED');
    expect(resource.rows).toEqual([1, 2, 3, 4, 5, 6]);
    expect(second.step.guarantee).toContain('exactly once');
    expect(resource.open).toBe(0);
  });

  test('without transactions what was written stays, and is written again: at least once (E14)', async () => {
    const world = new World();
    const rows: number[] = [];
    let fails = true;
    const definition = job('load').chunk({
      reader: [1, 2, 3, 4, 5, 6],
      writer: (items: readonly number[]) => {
        for (const item of items) {
          if (item === 5 && fails) throw new Fatal('write 5');
          rows.push(item);
        }
      },
      itemCount: 3,
    });
    const first = await world.start(definition);
    fails = false;
    const second = await world.restart(first);
    expect(rows).toEqual([1, 2, 3, 4, 4, 5, 6]);
    expect(second.step.guarantee).toContain('at least once');
  });

  test('a write that is skipped leaves nothing behind', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    const { step } = await world.start(loading(resource, { write: { 2: [Skippable] } }));
    expect(resource.rows).toEqual([4, 5, 6]);
    expect(step.metrics).toMatchObject({ writeSkipCount: 1, writeCount: 3, rollbackCount: 1 });
  });

  test('open and close have transactions of their own, without a record', async () => {
    const resource = new MemoryTransactions();
    await new World().start(loading(resource, { items: 0 }));
    expect(resource.timeouts).toHaveLength(3);
  });

  test('what is called inside of the transaction of a chunk, and what is not', async () => {
    const resource = new MemoryTransactions();
    const calls: string[] = [];
    const noting = (context: ArtifactContext) => (call: string) =>
      void calls.push(`${call} ${context.transaction === undefined ? 'outside' : 'inside'}`);
    class Reader {
      #at = 0;
      readonly #note: (call: string) => void;
      constructor(context: ArtifactContext) {
        this.#note = noting(context);
      }
      open = (): void => this.#note('open');
      close = (): void => this.#note('close');
      readItem(): number | null {
        this.#note('read');
        return this.#at < 1 ? ++this.#at : null;
      }
      checkpointInfo(): number {
        this.#note('checkpointInfo');
        return this.#at;
      }
    }
    class Algorithm {
      readonly #note: (call: string) => void;
      constructor(context: ArtifactContext) {
        this.#note = noting(context);
      }
      checkpointTimeout(): number {
        this.#note('checkpointTimeout');
        return 0;
      }
      beginCheckpoint = (): void => this.#note('beginCheckpoint');
      isReadyToCheckpoint(): boolean {
        this.#note('isReady');
        return false;
      }
      endCheckpoint = (): void => this.#note('endCheckpoint');
    }
    const definition = job('load').chunk<number, number>({
      reader: Reader,
      processor: (item, context) => {
        noting(context)('process');
        return item;
      },
      writer: inTransaction(resource, (_items: readonly number[], transaction, context) => {
        expect(context.transaction).toBe(transaction);
        noting(context)('write');
      }),
      checkpoint: Algorithm,
      listeners: [
        (context) => ({
          beforeStep: () => noting(context)('beforeStep'),
          beforeChunk: () => noting(context)('beforeChunk'),
          afterChunk: () => noting(context)('afterChunk'),
          afterStep: () => noting(context)('afterStep'),
        }),
      ],
    });
    await new World().start(definition);
    expect(calls).toEqual([
      'beforeStep outside',
      'open inside',
      'checkpointTimeout outside',
      'beginCheckpoint outside',
      'beforeChunk inside',
      'read inside',
      'process inside',
      'isReady inside',
      'read inside',
      'write inside',
      'afterChunk inside',
      'checkpointInfo inside',
      'endCheckpoint outside',
      'close inside',
      'afterStep outside',
    ]);
  });

  test.each(['lost', 'unheard'] as const)(
    'a commit that fails, %s, and may be retried: once',
    async (failure) => {
      const resource = new MemoryTransactions();
      resource.error = Retryable;
      let commits = 0;
      resource.failCommit = () => (++commits === 3 ? failure : undefined);
      const { execution, step } = await new World().start(loading(resource, {}));
      expect(execution.batchStatus).toBe('COMPLETED');
      expect(resource.rows).toEqual([1, 2, 3, 4, 5, 6]);
      expect(step.metrics).toMatchObject({ readCount: 6, writeCount: 6 });
    },
  );

  test.each(['lost', 'unheard'] as const)(
    'a commit that fails for good, %s, and a restart: once',
    async (failure) => {
      const resource = new MemoryTransactions();
      resource.error = Fatal;
      let commits = 0;
      resource.failCommit = () => (++commits === 3 ? failure : undefined);
      const world = new World();
      const first = await world.start(loading(resource, {}));
      if (first.execution.batchStatus === 'FAILED') await world.restart(first);
      expect(resource.rows).toEqual([1, 2, 3, 4, 5, 6]);
    },
  );

  test('a step that runs again from the beginning forgets its record, and only its own', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    const definition = loading(resource, {});
    definition.elements[0] = { ...definition.elements[0]!, allowStartIfComplete: true } as never;
    definition.batchlet('after', () => {
      throw new Fatal('after');
    });
    const first = await world.start(definition);
    await world.restart(first);
    expect(resource.rows).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
  });

  test('purge removes the records too', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    const { JobOperator } = await import('../../../src/batch/index.ts');
    const { repository, environment } = world;
    const operator = new JobOperator({ repository, environment, resources: [resource] });
    await operator.finished(await operator.start(loading(resource, {})));
    expect(resource.recordCount).toBe(1);
    expect(await operator.purge({ before: Infinity })).toBe(1);
    expect(resource.recordCount).toBe(0);
  });
});

describe('timeout', () => {
  test('a transaction that takes longer fails as a write does', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    const { step } = await world.start(
      loading(resource, { onItem: () => world.environment.pass(2000), transactionTimeout: 5 }),
    );
    expect(step).toMatchObject({ batchStatus: 'FAILED', exception: { name: 'TransactionTimeoutError' } });
    expect(step.exception?.message).toContain('has taken more than 5 s');
    expect(resource.rows).toEqual([]);
    expect(resource.timeouts).toEqual([5000, 5000]);
  });

  test('180 s if nobody says otherwise; 0 is without limit', async () => {
    const resource = new MemoryTransactions();
    await new World().start(loading(resource, { items: 0 }));
    expect(new Set(resource.timeouts)).toEqual(new Set([180_000]));
    const unlimited = new MemoryTransactions();
    await new World().start(loading(unlimited, { items: 0, transactionTimeout: 0 }));
    expect(new Set(unlimited.timeouts)).toEqual(new Set([0]));
  });

  test('that of the job does not count, only that of the step', async () => {
    const resource = new MemoryTransactions();
    const definition = job('properties', { properties: { 'jakarta.transaction.global.timeout': '7' } }).chunk(
      {
        reader: [1],
        writer: inTransaction(resource, () => undefined),
      },
    );
    await new World().start(definition);
    expect(new Set(resource.timeouts)).toEqual(new Set([180_000]));
  });

  test('the checkpoint algorithm says it for each chunk', async () => {
    const resource = new MemoryTransactions();
    const timeouts = [7, 0, 9];
    await new World().start(
      job('timed').chunk({
        reader: [1, 2],
        writer: inTransaction(resource, () => undefined),
        checkpoint: { checkpointTimeout: () => timeouts.shift()!, isReadyToCheckpoint: () => true },
      }),
    );
    // Opened with the default; closed with that of the last chunk.
    expect(resource.timeouts).toEqual([180_000, 7000, 0, 9000, 9000]);
  });
});

/** Between one and the next everything that is due has run. */
async function timePasses(environment: VirtualEnvironment, seconds: readonly number[]): Promise<void> {
  for (const passing of seconds) {
    await new Promise((resolve) => void setImmediate(resolve));
    environment.pass(passing * 1000);
  }
}

describe('what does not answer within the transaction', () => {
  const TIMEOUT_S = 5;

  /** Five items in chunks of two; what `hang` names is called at item 4, or at the place, and answers after so many seconds or never. */
  function hanging(
    world: World,
    resource: MemoryTransactions,
    place: 'read' | 'process' | 'write' | 'checkpoint' | 'listener' | 'open' | 'close',
    hangs: (number | undefined)[],
    changes: Partial<ChunkOptions<number, number>> = {},
  ): JobBuilder {
    const { environment } = world;
    // oxlint-disable-next-line typescript/no-invalid-void-type -- what a method without a result gives
    const at = <Value>(where: typeof place, value: Value): Value | Promise<Value> => {
      if (where !== place || hangs.length === 0) return value;
      const seconds = hangs.shift();
      return new Promise((resolve) => {
        if (seconds !== undefined) environment.after(seconds * 1000, () => resolve(value));
        void timePasses(environment, [TIMEOUT_S, 3, 3]);
      });
    };
    let item = 0;
    return job('load').chunk<number, number>({
      id: 'load',
      reader: {
        open(checkpoint: unknown) {
          world.note(`open ${checkpoint as string}`);
          item = (checkpoint as number | null) ?? 0;
          return at('open', undefined);
        },
        readItem() {
          if (item === 5) return null;
          item++;
          return item === 4 ? at('read', item) : item;
        },
        checkpointInfo: () => (item === 4 ? at('checkpoint', item) : item),
        close() {
          world.note('close');
          return at('close', undefined);
        },
      },
      processor: (number) => (number === 4 ? at('process', number) : number),
      writer: inTransaction(resource, async (numbers: readonly number[], { client }) => {
        if (numbers.includes(4)) await at('write', undefined);
        for (const number of numbers) client.insert(number);
      }),
      listeners: [
        () => ({ afterWrite: (numbers) => (numbers.includes(4) ? at('listener', undefined) : undefined) }),
      ],
      itemCount: 2,
      transactionTimeout: TIMEOUT_S,
      ...changes,
    });
  }

  test.each(['read', 'process', 'write', 'checkpoint', 'listener'] as const)(
    'is not waited for any longer: %s; a restart goes on after the last checkpoint',
    async (place) => {
      const resource = new MemoryTransactions();
      const world = new World();
      const first = await world.start(hanging(world, resource, place, [undefined]));
      expect(first.step).toMatchObject({
        batchStatus: 'FAILED',
        exception: { name: 'TransactionTimeoutError' },
        metrics: { readCount: 2, writeCount: 2, commitCount: 1, rollbackCount: 1 },
      });
      expect(first.step.exception?.message).toContain('has taken more than 5 s, and what it waits for');
      expect([resource.rows, resource.open]).toEqual([[1, 2], 0]);
      const second = await world.restart(first);
      expect(second.execution.batchStatus).toBe('COMPLETED');
      expect(resource.rows).toEqual([1, 2, 3, 4, 5]);
    },
  );

  test.each(['open', 'close'] as const)('also %s', async (place) => {
    const resource = new MemoryTransactions();
    const world = new World();
    const { step } = await world.start(hanging(world, resource, place, [undefined]));
    expect(step).toMatchObject({
      batchStatus: 'FAILED',
      exception: { name: 'TransactionTimeoutError' },
    });
    expect(resource.open).toBe(0);
  });

  test.each(['read', 'process', 'write'] as const)(
    'may be retried when it has come back: %s; then items are read again one by one',
    async (place) => {
      const resource = new MemoryTransactions();
      const world = new World();
      const { execution, step, trace } = await world.start(
        hanging(world, resource, place, [7], { retry: [TransactionTimeoutError] }),
      );
      expect(execution.batchStatus).toBe('COMPLETED');
      expect(resource.rows).toEqual([1, 2, 3, 4, 5]);
      expect(step.metrics).toMatchObject({ readCount: 5, writeCount: 5, rollbackCount: 1, commitCount: 4 });
      expect(trace).toEqual(['open null', 'close', 'open 2', 'close']);
    },
  );

  test('is not retried as long as it is under way', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    const { step } = await world.start(
      hanging(world, resource, 'write', [undefined], { retry: [TransactionTimeoutError] }),
    );
    expect(step).toMatchObject({ batchStatus: 'FAILED', exception: { name: 'TransactionTimeoutError' } });
    expect(resource.rows).toEqual([1, 2]);
  });

  test.each(['reread', 'scan'] as const)('is not skipped, %s', async (recovery) => {
    const resource = new MemoryTransactions();
    const world = new World();
    const { step } = await world.start(
      hanging(world, resource, 'write', [1000], { skip: [TransactionTimeoutError], recovery }),
    );
    expect(step).toMatchObject({ batchStatus: 'FAILED', exception: { name: 'TransactionTimeoutError' } });
    expect(resource.rows).toEqual([1, 2]);
  });

  test('what a call that was late writes after all is in no transaction', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    const late: string[] = [];
    let first = true;
    const definition = job('load').chunk<number>({
      reader: [1],
      writer: inTransaction(resource, async (_numbers: readonly number[], transaction) => {
        if (!first) return transaction.client.insert(1);
        first = false;
        await new Promise<void>((resolve) => {
          world.environment.after(7000, resolve);
          void timePasses(world.environment, [6, 2]);
        });
        transaction.client.insert(1);
        late.push('inserted');
      }),
      transactionTimeout: 5,
      retry: [TransactionTimeoutError],
    });
    const { execution } = await world.start(definition);
    expect([execution.batchStatus, resource.rows, late]).toEqual(['COMPLETED', [1], ['inserted']]);
  });

  test('the time is that of the checkpoint algorithm; 0 waits as long as it takes', async () => {
    const times = [0, 3, 3];
    const waits = [20, 2, 4];
    const world = new World();
    const resource = new MemoryTransactions();
    const { step } = await world.start(
      job('load').chunk<number, number>({
        reader: [1, 2, 3],
        processor: (number) =>
          new Promise((resolve) => {
            const ms = waits.shift()! * 1000;
            world.environment.after(ms, () => resolve(number));
            setImmediate(() => world.environment.pass(ms));
          }),
        writer: inTransaction(resource, (numbers: readonly number[], { client }) => {
          for (const number of numbers) client.insert(number);
        }),
        checkpoint: { checkpointTimeout: () => times.shift()!, isReadyToCheckpoint: () => true },
      }),
    );
    expect(step.exception?.message).toContain('more than 3 s');
    expect(resource.rows).toEqual([1, 2]);
  });

  test('nothing is left of it when a chunk has ended', async () => {
    const world = new World();
    const resource = new MemoryTransactions();
    const { execution } = await world.start(
      loading(resource, { itemCount: 1, onItem: () => world.environment.pass(3000), transactionTimeout: 5 }),
    );
    expect(execution.batchStatus).toBe('COMPLETED');
    expect(resource.rows).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('scan', () => {
  test('each item of the chunk alone, nothing is read again; the bad one is skipped', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    const { step, trace } = await world.start(
      loading(resource, { recovery: 'scan', write: { 2: [Both, Both] } }, world),
    );
    expect(trace).toEqual([
      'R 1',
      'R 2',
      'R 3',
      'W 1,2,3',
      'W 1',
      'W 2',
      'W 3',
      'R 4',
      'R 5',
      'R 6',
      'W 4,5,6',
    ]);
    expect(resource.rows).toEqual([1, 3, 4, 5, 6]);
    expect(step.metrics).toMatchObject({ readCount: 6, writeCount: 5, writeSkipCount: 1 });
  });

  test('an item that may be retried is tried again, alone', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    const { trace } = await world.start(
      loading(
        resource,
        { items: 3, recovery: 'scan', write: { 2: [Retryable, Retryable, Retryable] } },
        world,
      ),
    );
    expect(trace.filter((line) => line.startsWith('W'))).toEqual([
      'W 1,2,3',
      'W 1',
      'W 2',
      'W 2',
      'W 2',
      'W 3',
    ]);
    expect(resource.rows).toEqual([1, 2, 3]);
  });

  test('a failure in the middle, and a restart: what was written alone is not written again', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    const definition = loading(
      resource,
      { recovery: 'scan', items: 7, itemCount: 4, write: { 3: [Retryable, Fatal] } },
      world,
    );
    const first = await world.start(definition);
    expect(first.step).toMatchObject({ batchStatus: 'FAILED', exception: { message: 'write 3' } });
    expect(resource.rows).toEqual([1, 2]);
    const second = await world.restart(first);
    expect(second.execution.batchStatus).toBe('COMPLETED');
    expect(resource.rows).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('after such a restart a read that is repeated in place is still the same read', async () => {
    const resource = new MemoryTransactions();
    const world = new World();
    let at = 0;
    let fails = 0;
    const writeFailures = [Retryable, Fatal];
    const definition = job('load').chunk({
      reader: {
        open: (checkpoint: unknown) => void (at = (checkpoint as number | null) ?? 0),
        readItem: () => {
          if (at === 1 && fails-- > 0) throw new Retryable('read');
          return at < 5 ? ++at : null;
        },
        checkpointInfo: () => at,
      },
      writer: inTransaction(resource, (items: readonly number[], { client }) => {
        const failure = items.includes(3) ? writeFailures.shift() : undefined;
        if (failure !== undefined) throw new failure('write');
        for (const item of items) client.insert(item);
      }),
      itemCount: 5,
      retry: [Retryable],
      recovery: 'scan',
    });
    const first = await world.start(definition);
    expect(resource.rows).toEqual([1, 2]);
    fails = 2;
    const second = await world.restart(first);
    expect(second.execution.batchStatus).toBe('COMPLETED');
    expect(resource.rows).toEqual([1, 2, 3, 4, 5]);
  });

  test('a reader that cannot go back needs it', async () => {
    const once = (recovery: 'reread' | 'scan') => {
      const rows: number[] = [];
      let fails = true;
      const definition = job('once').chunk({
        reader: numbers(0, 6),
        writer: (items: readonly number[]) => {
          if (items.includes(5) && fails) {
            fails = false;
            throw new Retryable('write');
          }
          rows.push(...items);
        },
        itemCount: 3,
        retry: [Retryable],
        recovery,
      });
      return { definition, rows };
    };
    const scanning = once('scan');
    expect((await new World().start(scanning.definition)).execution.batchStatus).toBe('COMPLETED');
    expect(scanning.rows).toEqual([1, 2, 3, 4, 5, 6]);
    const rereading = once('reread');
    const { step } = await new World().start(rereading.definition);
    expect(step.exception?.message).toContain(
      'go back to item 4, but it was given an iterator, which is past item 6',
    );
  });
});
