import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CheckpointStore, StoredInstance } from '../../src/store/checkpoint-store.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { allUnfinished, checkpointOf, outcomeOf } from './writes.ts';

/** The plainest thing that keeps the promises of the seam: a map. */
class Model {
  instances = new Map<string, StoredInstance>();
  code = new Map<string, string>();

  copy(): Model {
    const copy = new Model();
    copy.instances = new Map(this.instances);
    copy.code = new Map(this.code);
    return copy;
  }

  sorted(): StoredInstance[] {
    return [...this.instances.values()].sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  }
}

interface Operation {
  readonly name: string;
  /** Does it to the store; gives what the store answers. */
  readonly run: (store: CheckpointStore) => Promise<unknown>;
  /** Does it to the model; gives what the store has to answer. */
  readonly expect: (model: Model) => unknown;
}

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const length = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 1200 }) },
  fc.integer({ min: 0, max: 30_000 }),
);
const place = fc.record({
  script: fc.constantFrom('payments', 'refunds'),
  requestId: fc.option(fc.constantFrom('r1', 'r2', 'r3'), { nil: undefined }),
  codeHash: fc.constantFrom('h1', 'h2'),
  createdAt: fc.integer({ min: 0, max: 20 }),
});

function put(model: Model, instance: Omit<StoredInstance, 'damaged'>): void {
  model.instances.set(instance.id, { ...instance, damaged: undefined });
}

const save: fc.Arbitrary<Operation> = fc
  .record({
    id,
    place,
    length,
    fill: fc.integer({ min: 0, max: 255 }),
    sequence: fc.integer({ min: 1, max: 3 }),
    at: fc.integer({ min: 20, max: 60 }),
  })
  .map(({ id, place, length, fill, sequence, at }) => {
    const write = checkpointOf(id, sequence, { ...place, at, snapshot: new Uint8Array(length).fill(fill) });
    return {
      name: `save ${id} ${sequence}, ${length} bytes`,
      run: (store) => store.save(write),
      expect: (model) => {
        const { at: updatedAt, ...rest } = write;
        put(model, { ...rest, updatedAt, status: 'running', outcome: undefined });
      },
    };
  });

const end: fc.Arbitrary<Operation> = fc
  .record({ id, place, length, fails: fc.boolean(), at: fc.integer({ min: 20, max: 60 }) })
  .map(({ id, place, length, fails, at }) => {
    const write = outcomeOf(id, 3, { ...place, at, outcome: new Uint8Array(length).fill(at) });
    return {
      name: `${fails ? 'fail' : 'complete'} ${id}`,
      run: (store) => (fails ? store.fail(write) : store.complete(write)),
      expect: (model) => {
        const { at: updatedAt, ...rest } = write;
        const before = model.instances.get(id);
        const snapshot = fails ? before?.snapshot : undefined;
        if (fails || place.requestId !== undefined) {
          put(model, { ...rest, updatedAt, status: fails ? 'failed' : 'completed', snapshot });
        } else model.instances.delete(id);
      },
    };
  });

const changeCode: fc.Arbitrary<Operation> = fc
  .record({
    id,
    length,
    sequence: fc.integer({ min: 1, max: 3 }),
    before: fc.constantFrom('h1', 'h2'),
    codeHash: fc.constantFrom('h1', 'h2', 'h3'),
  })
  .map(({ id, length, sequence, before, codeHash }) => ({
    name: `change code ${id} from ${before}@${sequence} to ${codeHash}, ${length} bytes`,
    run: (store) => {
      const snapshot = new Uint8Array(length).fill(sequence);
      return store.changeCode({ id, from: { codeHash: before, sequence }, codeHash, snapshot });
    },
    expect: (model) => {
      const is = model.instances.get(id);
      const fits = is?.snapshot !== undefined && is.codeHash === before && is.sequence === sequence;
      if (!fits || !model.code.has(codeHash)) return false;
      put(model, { ...is, codeHash, snapshot: new Uint8Array(length).fill(sequence) });
      return true;
    },
  }));

const change: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: changeCode },
  id.map((id): Operation => ({
    name: `retry ${id}`,
    run: (store) => store.retry(id, 77),
    expect: (model) => {
      const before = model.instances.get(id);
      if (before?.status !== 'failed' || before.snapshot === undefined) return false;
      put(model, { ...before, status: 'running', updatedAt: 77, outcome: undefined });
      return true;
    },
  })),
  id.map((id): Operation => ({
    name: `purge ${id}`,
    run: (store) => store.purge(id),
    expect: (model) => model.instances.delete(id),
  })),
  fc.integer({ min: 20, max: 60 }).map((before): Operation => ({
    name: `expire before ${before}`,
    run: (store) => store.expireResults(before),
    expect: (model) => {
      const expired = model
        .sorted()
        .filter(({ status, updatedAt }) => status === 'completed' && updatedAt < before);
      for (const { id } of expired) model.instances.delete(id);
      return expired.length;
    },
  })),
  fc.constantFrom('h1', 'h2', 'h3').map((hash): Operation => ({
    name: `save code ${hash}`,
    run: (store) => store.saveCode(hash, new Uint8Array(Buffer.from(`code of ${hash}`))),
    expect: (model) => void model.code.set(hash, `code of ${hash}`),
  })),
  fc.subarray(['h1', 'h2', 'h3']).map((keep): Operation => ({
    name: `drop code but ${keep.join()}`,
    run: (store) => store.dropUnusedCode(new Set(keep)),
    expect: (model) => {
      const used = new Set(keep);
      for (const { status, codeHash } of model.instances.values())
        if (status !== 'completed') used.add(codeHash);
      const dropped = [...model.code.keys()].filter((hash) => !used.has(hash)).sort();
      for (const hash of dropped) model.code.delete(hash);
      return dropped;
    },
  })),
);

const read: fc.Arbitrary<Operation> = fc.oneof(
  id.map((id): Operation => ({
    name: `load ${id}`,
    run: (store) => store.load(id),
    expect: (model) => model.instances.get(id),
  })),
  fc
    .record({ script: fc.constantFrom('payments', 'refunds'), requestId: fc.constantFrom('r1', 'r2', 'r3') })
    .map(({ script, requestId }): Operation => ({
      name: `find ${script} ${requestId}`,
      run: (store) => store.findRequest(script, requestId),
      expect: (model) => model.sorted().find((one) => one.script === script && one.requestId === requestId),
    })),
  fc
    .record({ script: fc.constantFrom('payments', 'refunds'), requestId: fc.constantFrom('r1', 'r2', 'r3') })
    .map(({ script, requestId }): Operation => ({
      name: `lacks ${script} ${requestId}, and has it`,
      run: async (store) =>
        store.lacksRequest(script, requestId) && (await store.findRequest(script, requestId)) !== undefined,
      expect: () => false,
    })),
  fc.constant<Operation>({
    name: 'unfinished',
    run: (store) => allUnfinished(store),
    expect: (model) =>
      model
        .sorted()
        .filter(({ status }) => status === 'running')
        .reverse(),
  }),
  fc
    .record({
      status: fc.constantFrom(undefined, 'running' as const, 'failed' as const, 'completed' as const),
      script: fc.constantFrom(undefined, 'payments', 'refunds'),
      limit: fc.option(fc.nat(5), { nil: undefined }),
    })
    .map((filter): Operation => ({
      name: `list ${JSON.stringify(filter)}`,
      run: async (store) => (await store.list(filter)).map(({ id, status }) => `${id} ${status}`),
      expect: (model) =>
        model
          .sorted()
          .filter(({ status }) => filter.status === undefined || filter.status === status)
          .filter(({ script }) => filter.script === undefined || filter.script === script)
          .slice(0, filter.limit ?? 100)
          .map(({ id, status }) => `${id} ${status}`),
    })),
  fc.constant<Operation>({
    name: 'used code',
    run: (store) => store.usedCode(),
    expect: (model) => {
      const used = model.sorted().filter(({ status }) => status !== 'completed');
      return [...model.code.keys()].filter((hash) => used.some(({ codeHash }) => codeHash === hash)).sort();
    },
  }),
  fc.constantFrom('h1', 'h2', 'h3').map((hash): Operation => ({
    name: `load code ${hash}`,
    run: async (store) => {
      const bundle = await store.loadCode(hash);
      return bundle === undefined ? undefined : Buffer.from(bundle).toString();
    },
    expect: (model) => model.code.get(hash),
  })),
);

type Step = { readonly group: readonly Operation[] } | { readonly read: Operation } | 'reopen';

const writes = fc.array(fc.oneof({ weight: 5, arbitrary: save }, { weight: 3, arbitrary: end }, change), {
  minLength: 1,
  maxLength: 8,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: writes.map((group) => ({ group })) },
  { weight: 8, arbitrary: read.map((one) => ({ read: one })) },
  { weight: 1, arbitrary: fc.constant('reopen' as const) },
);

const shown = (steps: readonly Step[]): string =>
  steps
    .map((one) =>
      one === 'reopen' ? one : 'read' in one ? one.read.name : one.group.map(({ name }) => name).join(' & '),
    )
    .join('\n');

/**
 * Calls of one group are made without waiting, so they share a transaction: if there is no room, all of them are to be refused
 * and nothing is to have changed.
 */
async function follow(
  steps: readonly Step[],
  store: CheckpointStore,
  reopen: (store: CheckpointStore) => Promise<CheckpointStore>,
): Promise<number> {
  let model = new Model();
  let current = store;
  let refused = 0;
  try {
    for (const one of steps) {
      if (one === 'reopen') current = await reopen(current);
      else if ('read' in one)
        expect(await one.read.run(current), one.read.name).toEqual(one.read.expect(model));
      else {
        const next = model.copy();
        const expected = one.group.map((operation) => operation.expect(next));
        const results = await Promise.allSettled(one.group.map((operation) => operation.run(current)));
        if (results.some(({ status }) => status === 'rejected')) {
          refused++;
          for (const result of results)
            expect(result).toMatchObject({ status: 'rejected', reason: { code: 'WM5006' } });
        } else {
          expect(results.map((result) => (result.status === 'fulfilled' ? result.value : result))).toEqual(
            expected,
          );
          model = next;
        }
      }
    }
    current = await reopen(current);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      expect(await current.load(name), `${name} at the end`).toEqual(model.instances.get(name));
    }
    return refused;
  } finally {
    await current.close();
  }
}

const limits = { verbose: 1 as const };

it('the store in memory does what a map does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(step, { maxLength: 40 })
        .map((steps) => Object.assign(steps, { toString: () => shown(steps) })),
      async (steps) => {
        await follow(steps, new MemoryStore(), (store) => Promise.resolve(store));
      },
    ),
    { ...limits, numRuns: 150 },
  );
});

it.each([
  ['main', undefined, undefined, 120],
  ['worker', undefined, undefined, 10],
  // Keys of results go to the disk all the time.
  ['main', undefined, 1, 60],
  // So small that some groups do not fit.
  ['main', 20, 1, 120],
] as const)(
  'the store on disk does what a map does (%s thread, %s pages, %s recent results)',
  async (thread, maxPages, recentResults, numRuns) => {
    const parent = await mkdtemp(join(tmpdir(), 'waymark-model-'));
    let run = 0;
    let refused = 0;
    try {
      await fc.assert(
        fc.asyncProperty(
          fc
            .array(step, { maxLength: 40 })
            .map((steps) => Object.assign(steps, { toString: () => shown(steps) })),
          async (steps) => {
            const directory = join(parent, String(run++));
            const open = () => openSqliteStore({ directory, thread, maxPages, recentResults, walPages: 10 });
            refused += await follow(steps, await open(), async (store) => {
              await store.close();
              return open();
            });
            await rm(directory, { recursive: true, force: true });
          },
        ),
        { ...limits, numRuns },
      );
      if (maxPages !== undefined) expect(refused).toBeGreaterThan(0);
    } finally {
      await rm(parent, { recursive: true, force: true });
    }
  },
);
