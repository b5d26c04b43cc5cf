import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { requestHash, tagOf } from '../../src/store/sqlite/key-hash.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { COMPLETED, encodeRow, RUNNING } from '../../src/store/sqlite/record-format.ts';
import { inDataFolder } from './data-folder.ts';
import { allUnfinished, bytesOf, outcomeOf, textOf } from './writes.ts';

/** The tables of format 1. */
const FORMAT_1 = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE format (version INTEGER NOT NULL);
  INSERT INTO format VALUES (1);
  CREATE TABLE live (slot INTEGER PRIMARY KEY, record BLOB NOT NULL);
  CREATE TABLE result (number INTEGER PRIMARY KEY, id TEXT NOT NULL, request INTEGER NOT NULL, script INTEGER NOT NULL,
    created REAL NOT NULL, ended REAL NOT NULL, record BLOB NOT NULL);
  CREATE UNIQUE INDEX result_by_id ON result (id);
  CREATE INDEX result_by_request ON result (request);
  CREATE INDEX result_by_age ON result (created, ended);
  CREATE TABLE code (hash TEXT PRIMARY KEY, checksum INTEGER NOT NULL, bundle BLOB NOT NULL) WITHOUT ROWID;
`;
const RESULTS = 300;

const idOf = (number: number): string => `i${String((number * 7919) % 1000).padStart(3, '0')}`;

function recordOf(id: string, status: number, createdAt: number, requestId: string): Uint8Array {
  return encodeRow({
    id,
    script: 'payments',
    requestId,
    codeHash: 'code-1',
    status,
    sequence: 2,
    createdAt,
    updatedAt: createdAt + 10,
    snapshot: status === RUNNING ? bytesOf(`snapshot of ${id}`) : undefined,
    outcome: status === RUNNING ? undefined : bytesOf(`outcome of ${id}`),
    damaged: false,
  });
}

/** As the first versions left it: results with numbers that have gaps, and one instance under way. */
function makeFormat1(directory: string, results: number): void {
  const database = new DatabaseSync(join(directory, 'waymark.db'));
  database.exec(FORMAT_1);
  const insert = database.prepare(
    'INSERT INTO result (number, id, request, script, created, ended, record) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (let number = 0; number < results; number++) {
    const requestId = `r${number}`;
    const record = recordOf(idOf(number), COMPLETED, 1000 + number, requestId);
    const request = requestHash('payments', requestId);
    insert.run(
      3 * number + 5,
      idOf(number),
      request,
      tagOf('payments'),
      1000 + number,
      1010 + number,
      record,
    );
  }
  database
    .prepare('INSERT INTO live (slot, record) VALUES (1, ?)')
    .run(recordOf('running', RUNNING, 5000, 'r-running'));
  database.close();
  writeFileSync(
    join(directory, 'waymark-store.json'),
    JSON.stringify({ format: 1, createdAt: '2026-01-01T00:00:00.000Z', identity: 'the store of before' }),
  );
}

it.each(['main', 'worker'] as const)(
  'a store of format 1 opens with all that it holds (%s thread)',
  (thread) =>
    inDataFolder(async (directory) => {
      makeFormat1(directory, RESULTS);
      const open = () => openSqliteStore({ directory, thread, recentResults: 20, walPages: 20 });
      let store = await open();
      expect((await allUnfinished(store)).map(({ id }) => id)).toEqual(['running']);
      const numbers = Array.from({ length: RESULTS }, (_, number) => number);
      const ids = [...numbers.map(idOf), 'running'].toSorted();
      expect((await store.page('', 1000)).map(({ id }) => id)).toEqual(ids);
      expect((await store.page('', 40)).map(({ id }) => id)).toEqual(ids.slice(0, 40));

      // It goes on: new results, old ones that end again, and all of it once more from the disk.
      for (let number = 0; number < 100; number++)
        await store.complete(outcomeOf(`new-${number}`, 1, { requestId: `new-r${number}`, at: 9000 }));
      await store.complete(outcomeOf(idOf(7), 3, { requestId: 'r7', createdAt: 1007, at: 9000 }));
      await store.close();
      store = await open();
      for (const number of numbers) {
        const found = await store.findRequest('payments', `r${number}`);
        expect(found).toMatchObject({ id: idOf(number), status: 'completed', damaged: undefined });
        expect(textOf(found?.outcome)).toBe(`outcome of ${idOf(number)}`);
        expect(found?.sequence).toBe(number === 7 ? 3 : 2);
      }
      expect((await store.findRequest('payments', 'new-r99'))?.id).toBe('new-99');
      expect((await store.page('', 1000)).length).toBe(RESULTS + 1 + 100);
      expect(await store.expireResults(8000)).toBe(RESULTS - 1);
      expect((await store.page('', 1000)).length).toBe(2 + 100);
      expect(await store.findRequest('payments', 'r8')).toBeUndefined();
      await store.close();
      await (await open()).close();
    }),
);

it('an empty store of format 1 opens, and takes results', () =>
  inDataFolder(async (directory) => {
    makeFormat1(directory, 0);
    let store = await openSqliteStore({ directory, thread: 'main' });
    await store.complete(outcomeOf('a', 1, { requestId: 'r' }));
    await store.close();
    store = await openSqliteStore({ directory, thread: 'main' });
    expect((await store.findRequest('payments', 'r'))?.id).toBe('a');
    await store.close();
  }));
