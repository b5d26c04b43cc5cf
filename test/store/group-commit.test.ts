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
