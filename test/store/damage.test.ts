import {
  copyFileSync,
  cpSync,
  existsSync,
  openSync,
  readFileSync,
  closeSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredInstance } from '../../src/store/checkpoint-store.ts';
import { openSqliteStore, type SqliteCheckpointStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { inDataFolder } from './data-folder.ts';
import { isAfter } from './instance-plan.ts';
import { runAndKill } from './killed-writer.ts';
import { allUnfinished, bytesOf, checkpointOf, outcomeOf, textOf } from './writes.ts';

const DATABASE = 'waymark.db';
const LOG = 'waymark.db-wal';
const MARK = 'waymark-store.json';

const open = (directory: string, recentResults?: number): Promise<SqliteCheckpointStore> =>
  openSqliteStore({ directory, thread: 'main', recentResults });

async function refusal(directory: string): Promise<StoreError> {
  const error = await open(directory).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

describe('a log torn at its end', () => {
  it('opens with what was acknowledged before the tear, in order, and goes on', () =>
    inDataFolder(async (parent) => {
      const killed = join(parent, 'killed');
      const killAfter = { milliseconds: 0, acknowledgements: 60 };
      const acknowledged = await runAndKill({
        directory: killed,
        thread: 'main',
        life: 'a',
        writers: 1,
        mode: 'one',
        killAfter,
      });
      const ids = [...acknowledged.keys()];
      expect(ids.length).toBeGreaterThan(50);
      let lost = 0;
      let kept = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.boolean(),
          fc.integer({ min: 1, max: 255 }),
          async (where, cut, change) => {
            const directory = join(parent, 'torn');
            cpSync(killed, directory, { recursive: true });
            try {
              const log = join(directory, LOG);
              // As far as the acknowledged writes may reach; behind that are zeros, or what was written before.
              const at = Math.floor(where * Math.min(statSync(log).size, 32 + 2 * ids.length * 8216));
              if (cut) truncateSync(log, at);
              else overwrite(log, at, Uint8Array.of(readFileSync(log)[at]! ^ change));
              const store = await open(directory);
              const found = (await allUnfinished(store)).map(({ id }) => id).toSorted();
              // The last one may have become durable without its answer being heard.
              const all = [...ids, `a-${String(ids.length).padStart(6, '0')}`];
              expect(found).toEqual(all.slice(0, found.length));
              for (const id of found) expect(isAfter(await store.load(id), id, 1)).toBe(true);
              lost += all.length - found.length;
              kept += found.length;
              await store.save(checkpointOf('goes on', 1));
              await store.close();
              const again = await open(directory);
              expect((await allUnfinished(again)).length).toBe(found.length + 1);
              await again.close();
            } finally {
              rmSync(directory, { recursive: true, force: true });
            }
          },
        ),
        { numRuns: 60 },
      );
      expect(lost).toBeGreaterThan(0);
      expect(kept).toBeGreaterThan(0);
    }));
});

interface Contents {
  readonly directory: string;
  readonly instances: ReadonlyMap<string, StoredInstance>;
}

/** A closed store with instances of every status, code, and free rows. */
async function makeContents(directory: string, recentResults?: number): Promise<Contents> {
  const store = await open(directory, recentResults);
  const saves: Promise<unknown>[] = [];
  for (let index = 0; index < 120; index++) {
    const common = { requestId: `r${index}`, createdAt: index, codeHash: 'hash' };
    saves.push(
      store.save(
        checkpointOf(`i${index}`, 1, { ...common, snapshot: new Uint8Array(300 + 17 * index).fill(index) }),
      ),
    );
    if (index % 4 === 1) saves.push(store.complete(outcomeOf(`i${index}`, 1, common)));
    if (index % 4 === 2) saves.push(store.fail(outcomeOf(`i${index}`, 1, common)));
    if (index % 8 === 3)
      saves.push(store.complete(outcomeOf(`i${index}`, 1, { ...common, requestId: undefined })));
    if (index % 30 === 0) await Promise.all(saves);
  }
  await Promise.all([...saves, store.saveCode('hash', new Uint8Array(20_000).fill(9))]);
  const instances = new Map<string, StoredInstance>();
  for (const { id } of await store.list({ limit: 1000 })) instances.set(id, (await store.load(id))!);
  await store.close();
  expect(instances.size).toBe(105);
  return { directory, instances };
}

/** Checks that a store says nothing wrong: what it gives is as it was, and what it cannot give it calls damaged. */
async function expectNothingWrong(
  store: SqliteCheckpointStore,
  instances: ReadonlyMap<string, StoredInstance>,
): Promise<number> {
  const listed = await store.list({ limit: 1000 });
  let damaged = 0;
  const seen = new Set<string>();
  for (const { id } of listed) {
    const found = (await store.load(id))!;
    seen.add(id);
    if (found.damaged === undefined) expect(found).toEqual(instances.get(id));
    else {
      damaged++;
      expect(found.snapshot).toBeUndefined();
      expect(found.outcome).toBeUndefined();
    }
  }
  const strangers = [...seen].filter((id) => !instances.has(id));
  for (const id of strangers) expect(id).toMatch(/^damaged-row-\d+$/);
  const missing = [...instances.keys()].filter((id) => !seen.has(id));
  expect(missing.length).toBeLessThanOrEqual(strangers.length);
  for (const [id, { requestId, status }] of instances) {
    if (missing.includes(id)) continue;
    const byRequest = await store.findRequest('payments', requestId!);
    expect(byRequest?.id, `request of ${id}, ${status}`).toBe(id);
  }
  const running = await allUnfinished(store);
  for (const instance of running) {
    if (instance.damaged === undefined) expect(instance).toEqual(instances.get(instance.id));
  }
  expect(running.filter(({ id }) => !strangers.includes(id)).length + missing.length).toBeGreaterThanOrEqual(
    [...instances.values()].filter(({ status }) => status === 'running').length,
  );
  return damaged;
}

describe('a damaged database', () => {
  it.each([
    ['with the keys of its results in memory', undefined],
    ['with some of them on disk', 12],
  ])('is refused by name, or gives each value as it was or calls it damaged, %s', (_, recentResults) =>
    inDataFolder(async (parent) => {
      const { directory, instances } = await makeContents(join(parent, 'whole'), recentResults);
      const size = statSync(join(directory, DATABASE)).size;
      const outcomes = { refused: 0, damaged: 0, unharmed: 0 };
      const damage = fc.record({
        where: fc.nat(size - 1),
        bytes: fc.oneof(
          fc.uint8Array({ minLength: 1, maxLength: 1 }),
          fc.uint8Array({ minLength: 2, maxLength: 600 }),
          fc.integer({ min: 1, max: 8192 }).map((length) => new Uint8Array(length)),
        ),
      });
      await fc.assert(
        fc.asyncProperty(damage, async ({ where, bytes }) => {
          const torn = join(parent, 'torn');
          cpSync(directory, torn, { recursive: true });
          try {
            overwrite(join(torn, DATABASE), where, bytes.subarray(0, size - where));
            let store: SqliteCheckpointStore | undefined;
            try {
              store = await open(torn);
              const damaged = await expectNothingWrong(store, instances);
              outcomes[damaged > 0 ? 'damaged' : 'unharmed']++;
            } catch (error) {
              if (!(error instanceof StoreError)) throw error;
              expect(['WM5003', 'WM5004', 'WM5005', 'WM5009']).toContain(error.code);
              expect(error.message).toContain(join(torn, ''));
              expect(error.fix).toBeTypeOf('string');
              outcomes.refused++;
            } finally {
              await store?.close();
            }
          } finally {
            rmSync(torn, { recursive: true, force: true });
          }
        }),
        { numRuns: 100 },
      );
      expect(outcomes.refused).toBeGreaterThan(0);
      expect(outcomes.damaged).toBeGreaterThan(0);
    }),
  );

  it('is refused when a column has another name', () =>
    inDataFolder(async (parent) => {
      const { directory } = await makeContents(join(parent, 'whole'));
      const database = join(directory, DATABASE);
      const where = readFileSync(database).indexOf('ended REAL');
      expect(where).toBeGreaterThan(0);
      overwrite(database, where, new TextEncoder().encode('ender'));
      const error = await refusal(directory);
      expect(error.code).toBe('WM5003');
      expect(error.message).toContain('ended');
    }));

  it('is refused when it was cut off, emptied or removed', () =>
    inDataFolder(async (parent) => {
      const { directory } = await makeContents(join(parent, 'whole'));
      const database = join(directory, DATABASE);
      const copy = join(parent, 'copy');
      copyFileSync(database, copy);
      const size = statSync(database).size;
      for (const length of [size - 8192, Math.floor(size / 2), 8192, 4000, 100, 1, 0]) {
        copyFileSync(copy, database);
        truncateSync(database, length);
        const error = await refusal(directory);
        expect(error.code, `cut to ${length} bytes`).toBe('WM5003');
        expect(error.message).toContain(database);
        expect(error.fix).toContain('copy');
      }
      rmSync(database);
      expect((await refusal(directory)).code).toBe('WM5003');
      expect(existsSync(database), 'no empty database was made in its place').toBe(false);
      copyFileSync(copy, database);
      await (await open(directory)).close();
    }));

  it('is refused when it is something else, or newer', () =>
    inDataFolder(async (directory) => {
      const database = join(directory, DATABASE);
      writeFileSync(database, 'this is no database at all, but long enough to look at'.repeat(20));
      expect(await refusal(directory)).toMatchObject({ code: 'WM5003' });

      rmSync(database);
      const foreign = new DatabaseSync(database);
      foreign.exec('CREATE TABLE customer (name TEXT)');
      foreign.close();
      expect(await refusal(directory)).toMatchObject({ code: 'WM5005' });
      expect((await refusal(directory)).message).toContain('customer');

      rmSync(database);
      await (await open(directory)).close();
      const ours = new DatabaseSync(database);
      ours.exec('UPDATE format SET version = 99');
      ours.close();
      expect(await refusal(directory)).toMatchObject({ code: 'WM5004' });
      expect((await refusal(directory)).message).toContain('format 99');
      writeFileSync(join(directory, MARK), JSON.stringify({ format: 7, createdAt: 'x' }));
      expect((await refusal(directory)).message).toContain('format 7');
    }));
});

/** Changes one byte of the row of an instance, counted from the beginning or (negative) the end of what it holds. */
function damageRow(directory: string, slot: number, change: (record: Uint8Array) => void): void {
  const database = new DatabaseSync(join(directory, DATABASE));
  const record = database.prepare('SELECT record FROM live WHERE slot = ?').get(slot)?.[
    'record'
  ] as Uint8Array;
  change(record);
  database.prepare('UPDATE live SET record = ? WHERE slot = ?').run(record, slot);
  database.close();
}

async function threeInstances(directory: string): Promise<void> {
  const store = await open(directory);
  for (const id of ['a', 'b', 'c'])
    await store.save(checkpointOf(id, 1, { snapshot: bytesOf(`the snapshot of ${id}`) }));
  await store.close();
}

describe('a damaged row', () => {
  it('is reported for its instance only, and can be failed and purged', () =>
    inDataFolder(async (directory) => {
      await threeInstances(directory);
      damageRow(directory, 2, (record) => {
        const at = Buffer.from(record).indexOf('snapshot');
        record[at] = record[at]! ^ 1;
      });
      let store = await open(directory);
      const found = await allUnfinished(store);
      expect(found.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect(found.map(({ damaged }) => damaged !== undefined)).toEqual([false, true, false]);
      expect(found[1]).toMatchObject({
        script: 'payments',
        codeHash: 'code-1',
        sequence: 1,
        snapshot: undefined,
      });
      expect(textOf(found[2]?.snapshot)).toBe('the snapshot of c');

      await store.fail(outcomeOf('b', 1));
      expect(await store.retry('b', 1)).toBe(false);
      await store.close();
      store = await open(directory);
      expect((await allUnfinished(store)).map(({ id }) => id)).toEqual(['a', 'c']);
      expect(await store.load('b')).toMatchObject({ status: 'failed', snapshot: undefined });
      expect((await store.load('b'))?.damaged).toContain('earlier');
      expect(await store.purge('b')).toBe(true);
      expect(await store.load('b')).toBeUndefined();
      await store.close();
    }));

  it('has a made-up name when its own cannot be read', () =>
    inDataFolder(async (directory) => {
      await threeInstances(directory);
      damageRow(directory, 3, (record) => (record[72] = record[72]! ^ 1));
      let store = await open(directory);
      const found = await allUnfinished(store);
      expect(found.map(({ id }) => id)).toEqual(['damaged-row-3', 'a', 'b']);
      expect(found[0]?.damaged).toContain('checksum');
      expect(await store.load('c')).toBeUndefined();
      await store.fail(outcomeOf('damaged-row-3', 0));
      await store.close();
      store = await open(directory);
      expect((await allUnfinished(store)).map(({ id }) => id)).toEqual(['a', 'b']);
      expect((await store.list({ status: 'failed' })).map(({ id }) => id)).toEqual(['damaged-row-3']);
      expect(await store.purge('damaged-row-3')).toBe(true);
      await store.save(checkpointOf('c', 1));
      expect((await allUnfinished(store)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      await store.close();
    }));

  it('is one that reads as zeros, and one that holds the row of another instance', () =>
    inDataFolder(async (directory) => {
      await threeInstances(directory);
      let first = new Uint8Array(0);
      damageRow(directory, 1, (record) => (first = record.slice()));
      damageRow(directory, 2, (record) => record.fill(0));
      damageRow(directory, 3, (record) => record.set(first));
      const store = await open(directory);
      const found = await allUnfinished(store);
      expect(found.map(({ id, damaged }) => [id, damaged !== undefined])).toEqual([
        ['damaged-row-2', true],
        ['damaged-row-3', true],
        ['a', false],
      ]);
      await store.close();
    }));

  it('is still found by its request id when it is a result, so that the request does not run again', () =>
    inDataFolder(async (directory) => {
      let store = await open(directory);
      await store.complete(outcomeOf('a', 1, { requestId: 'r' }));
      await store.close();
      const database = new DatabaseSync(join(directory, DATABASE));
      const record = database.prepare('SELECT record FROM result').get()?.['record'] as Uint8Array;
      record[72] = record[72]! ^ 1;
      database.prepare('UPDATE result SET record = ?').run(record);
      database.close();
      store = await open(directory);
      const found = await store.findRequest('payments', 'r');
      expect(found).toMatchObject({ id: 'a', status: 'completed', outcome: undefined });
      expect(found?.damaged).toContain('checksum');
      expect(await store.findRequest('payments', 'another')).toBeUndefined();
      await store.close();
    }));

  it('tells damaged code from missing code', () =>
    inDataFolder(async (directory) => {
      let store = await open(directory);
      await store.saveCode('hash', bytesOf('the bundle'));
      await store.close();
      const database = new DatabaseSync(join(directory, DATABASE));
      database.prepare('UPDATE code SET bundle = ?').run(bytesOf('the bungle'));
      database.close();
      store = await open(directory);
      const error = await store.loadCode('hash').catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'WM5003', fatal: false });
      expect((error as StoreError).message).toContain('hash');
      await store.save(checkpointOf('a', 1));
      await store.close();
    }));
});
