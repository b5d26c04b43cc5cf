import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutcomeWrite } from '../../src/store/checkpoint-store.ts';
import { openSqliteStore, type SqliteCheckpointStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { inDataFolder } from './data-folder.ts';
import { outcomeOf } from './writes.ts';

const IDS = 500;

const open = (directory: string, recentResults: number): Promise<SqliteCheckpointStore> =>
  openSqliteStore({ directory, thread: 'main', recentResults, walPages: 20 });

/** In no order, as ids made from request ids are. */
const idOf = (number: number): string => `i${String((number * 7919) % IDS).padStart(3, '0')}`;

type Step =
  | {
      readonly kind: 'complete';
      readonly numbers: readonly number[];
      readonly request: number;
      readonly at: number;
    }
  | { readonly kind: 'purge'; readonly number: number }
  | { readonly kind: 'expire'; readonly before: number }
  | { readonly kind: 'reopen' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('complete' as const),
      numbers: fc.array(fc.nat(IDS - 1), { minLength: 1, maxLength: 60 }),
      request: fc.nat(2),
      at: fc.integer({ min: 2000, max: 2100 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('purge' as const), number: fc.nat(IDS - 1) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('expire' as const),
      before: fc.integer({ min: 2000, max: 2080 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'reopen' as const }) },
);

/** A number belongs to one of three requests at a time: one instance may end under one and again under another. */
const writeOf = (number: number, request: number, at: number): OutcomeWrite =>
  outcomeOf(idOf(number), 1, { requestId: `r${number % 200}-${request}`, createdAt: number, at });

async function expectSame(
  store: SqliteCheckpointStore,
  model: ReadonlyMap<string, OutcomeWrite>,
  pageSize: number,
): Promise<void> {
  const seen: string[] = [];
  for (let after = ''; ;) {
    const page = await store.page(after, pageSize);
    seen.push(...page.map(({ id }) => id));
    if (page.length < pageSize) break;
    after = page.at(-1)!.id;
  }
  expect(seen).toEqual([...model.keys()].toSorted());
  for (let number = 0; number < IDS; number += 3) {
    const write = model.get(idOf(number));
    expect((await store.load(idOf(number)))?.requestId, idOf(number)).toBe(write?.requestId);
  }
  const newest = new Map<string, OutcomeWrite>();
  for (const write of model.values()) {
    const other = newest.get(write.requestId!);
    if (!other || other.createdAt < write.createdAt) newest.set(write.requestId!, write);
  }
  for (let number = 0; number < 200; number += 3) {
    for (let request = 0; request < 3; request++) {
      const requestId = `r${number}-${request}`;
      const found = await store.findRequest('payments', requestId);
      expect(found?.id, requestId).toBe(newest.get(requestId)?.id);
      if (store.lacksRequest('payments', requestId)) expect(found).toBeUndefined();
    }
  }
}

/** 400 results in groups of 20. */
async function completeAll(store: SqliteCheckpointStore): Promise<void> {
  for (let first = 0; first < 400; first += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, at) => store.complete(writeOf(first + at, 0, 2000))));
  }
}

describe('keys of results', () => {
  it.each([1, 7, 100])(
    'are found wherever they are, in the order of ids, with a round after %s results',
    async (recentResults) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 5, maxLength: 25 }),
          fc.integer({ min: 1, max: 90 }),
          async (steps, pageSize) =>
            inDataFolder(async (directory) => {
              let store = await open(directory, recentResults);
              const model = new Map<string, OutcomeWrite>();
              for (const one of steps) {
                if (one.kind === 'complete') {
                  const writes = one.numbers.map((number) => writeOf(number, one.request, one.at));
                  for (const write of writes) model.set(write.id, write);
                  await Promise.all(writes.map((write) => store.complete(write)));
                } else if (one.kind === 'purge') {
                  expect(await store.purge(idOf(one.number))).toBe(model.delete(idOf(one.number)));
                } else if (one.kind === 'expire') {
                  const expired = [...model.values()].filter(({ at }) => at < one.before);
                  for (const { id } of expired) model.delete(id);
                  expect(await store.expireResults(one.before)).toBe(expired.length);
                } else {
                  await store.close();
                  store = await open(directory, recentResults);
                }
              }
              await expectSame(store, model, pageSize);
              await store.close();
              store = await open(directory, recentResults);
              await expectSame(store, model, pageSize);
              await store.close();
            }),
        ),
        { numRuns: 12, verbose: 1, endOnFailure: true },
      );
    },
  );

  it('are on disk and no longer in memory after a round, all but the latest', () =>
    inDataFolder(async (directory) => {
      const store = await open(directory, 50);
      await completeAll(store);
      await store.close();
      const database = new DatabaseSync(join(directory, 'waymark.db'));
      const count = (query: string): number => Number(database.prepare(query).get()?.['n']);
      const upto = count('SELECT upto AS n FROM result_merged');
      expect(upto).toBeGreaterThanOrEqual(300);
      expect(count('SELECT count(*) AS n FROM result_id')).toBeGreaterThanOrEqual(upto);
      expect(count('SELECT count(*) AS n FROM result_request')).toBeGreaterThanOrEqual(upto);
      database.close();
    }));

  it('are not taken for those of rows that had the same numbers and are gone', () =>
    inDataFolder(async (directory) => {
      let store = await open(directory, 20);
      await completeAll(store);
      expect(await store.expireResults(3000)).toBe(400);
      for (let time = 0; time < 3; time++) {
        await store.close();
        store = await open(directory, 20);
        const write = writeOf(time, 1, 4000);
        await store.complete(write);
        expect((await store.findRequest('payments', write.requestId!))?.id).toBe(write.id);
      }
      expect((await store.page('', 10)).length).toBe(3);
      await store.close();
    }));

  it.each([
    ['an id is gone', 'DELETE FROM result_id WHERE number = 17', 'result_id'],
    [
      'a request number is another',
      'UPDATE result_request SET request = request + 1 WHERE number = 17',
      'result_request',
    ],
    ['the row on disk has another id', `UPDATE result SET id = 'other' WHERE number = 17`, 'result_id'],
    ['more is said to be on disk than is', 'UPDATE result_merged SET upto = 400', 'lacks result'],
    ['nothing is said of it', 'DELETE FROM result_merged', 'result_merged'],
    [
      'a recent row has another request number',
      'UPDATE result SET request = request + 1 WHERE number = 400',
      'checksum',
    ],
    ['a recent row has another id', `UPDATE result SET id = 'other' WHERE number = 400`, 'checksum'],
  ])('that contradict the rows are refused at opening: %s', (_, damage, said) =>
    inDataFolder(async (directory) => {
      const store = await open(directory, 100);
      await completeAll(store);
      await store.close();
      const database = new DatabaseSync(join(directory, 'waymark.db'));
      database.exec(damage);
      database.close();
      const error = await open(directory, 100).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code: 'WM5003' });
      expect((error as StoreError).message).toContain(said);
    }),
  );
});
