import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type SqliteCheckpointStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { checkpointOf, outcomeOf } from './writes.ts';

describe.each(['main', 'worker'] as const)('group commit, %s thread', (thread) => {
  let directory: string;
  let store: SqliteCheckpointStore;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waymark-group-'));
    store = await openSqliteStore({ directory, thread, walPages: 50 });
  });

  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('makes what many writers wait for durable in one transaction', async () => {
    await Promise.all(Array.from({ length: 500 }, (_, index) => store.save(checkpointOf(`i${index}`, 1))));
    const { transactions, operations } = await store.stats();
    expect(operations).toBe(500);
    expect(transactions).toBe(1);
  });

  it('groups writers that go on at their own pace', async () => {
    const writer = async (name: number): Promise<void> => {
      for (let sequence = 1; sequence <= 30; sequence++) {
        await store.save(checkpointOf(`i${name}`, sequence));
        for (let turns = name % 3; turns > 0; turns--) await new Promise(setImmediate);
      }
    };
    await Promise.all(Array.from({ length: 40 }, (_, name) => writer(name)));
    const { transactions, operations } = await store.stats();
    expect(operations).toBe(1200);
    expect(transactions).toBeLessThan(operations / 4);
  });

  it('uses one transaction each for writes that are awaited one by one', async () => {
    for (let sequence = 1; sequence <= 5; sequence++) await store.save(checkpointOf('a', sequence));
    expect((await store.stats()).transactions).toBe(5);
  });

  it('writes the last of several checkpoints of one instance only, when they share a group', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.save(checkpointOf('a', index + 1))));
    expect((await store.stats()).rows).toBe(1);
    expect((await store.load('a'))?.sequence).toBe(20);
  });

  it('gives the row of an instance that ends to one that begins in the same group', async () => {
    await store.save(checkpointOf('first', 1));
    await Promise.all([store.complete(outcomeOf('first', 1)), store.save(checkpointOf('other', 1))]);
    const { rows, slots, liveInstances } = await store.stats();
    expect({ rows, slots, liveInstances }).toEqual({ rows: 2, slots: 1, liveInstances: 1 });
  });

  it('counts the sizes of groups, what waits, and the results that are kept', async () => {
    for (const size of [1, 2, 3, 8, 9])
      await Promise.all(
        Array.from({ length: size }, (_, index) => store.save(checkpointOf(`i${index}`, size))),
      );
    const { groups, operations } = await store.stats();
    expect({ ...groups, atMost: groups.atMost.slice(0, 6) }).toEqual({
      count: 5,
      sum: 23,
      // At most 1, 2, 4, 8, 16, 32.
      atMost: [1, 2, 3, 4, 5, 5],
    });
    expect(groups.atMost.at(-1)).toBe(groups.count);
    expect(operations).toBe(23);
    const ends = Array.from({ length: 4 }, (_, index) =>
      store.complete(outcomeOf(`i${index}`, 9, { requestId: `r${index}`, at: 3000 + index })),
    );
    const during = store.stats();
    await Promise.all(ends);
    expect((await during).waiting).toBe(4);
    const after = await store.stats();
    expect(after).toMatchObject({ results: 4, liveInstances: 5, waiting: 0 });
    await store.expireResults(3002);
    expect((await store.stats()).results).toBe(2);
    await store.close();
    store = await openSqliteStore({ directory, thread });
    expect((await store.stats()).results).toBe(2);
    await store.expireResults(9000);
    expect((await store.stats()).results).toBe(0);
  });

  it('splits what is too much for one transaction', async () => {
    await Promise.all(Array.from({ length: 10_000 }, (_, index) => store.save(checkpointOf(`i${index}`, 1))));
    const { transactions, liveInstances } = await store.stats();
    expect(liveInstances).toBe(10_000);
    expect(transactions).toBeGreaterThan(1);
    expect(transactions).toBeLessThan(10);
  });

  it('copies the log into the database when it has grown long, and not after every write', async () => {
    for (let sequence = 1; sequence <= 200; sequence++)
      await store.save(checkpointOf(`i${sequence % 20}`, sequence));
    const { walCheckpoints } = await store.stats();
    expect(walCheckpoints).toBeGreaterThan(1);
    expect(walCheckpoints).toBeLessThan(10);
  });
});
