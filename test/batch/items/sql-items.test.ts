/** Readers and writers of databases, in SQLite, PostgreSQL and MariaDB. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ItemWriter } from '../../../src/batch/artifacts/chunk-artifacts.ts';
import {
  type ArtifactClass,
  compositeWriter,
  sqlCursorReader,
  sqlKeysetReader,
  sqlStatementWriter,
  sqlTableWriter,
} from '../../../src/batch/items/index.ts';
import { SqlTransactionResource } from '../../../src/batch/transaction/sql-transaction-resource.ts';
import type { SqlDatabase } from '../../../src/database/sql-database.ts';
import { insertRows } from '../../../src/database/statements/insert-statement.ts';
import { DATABASES, type DatabaseUnderTest } from '../../database/databases-under-test.ts';
import { expectRestartsEverywhere, made, outcomesOf } from './reading.ts';

const PLACES = [0, 1, 6, 7, 8, 20, 21, 40];

describe.each(Object.entries(DATABASES))('%s', (_kind, make) => {
  let under: DatabaseUnderTest;
  let database: SqlDatabase;
  let resource: SqlTransactionResource;

  beforeAll(async () => {
    under = await make();
    database = await under.open();
    resource = new SqlTransactionResource(database);
    await database.execute('CREATE TABLE source (a INTEGER, b VARCHAR(20), PRIMARY KEY (a, b))');
    const rows = Array.from({ length: 40 }, (_, index) => [index % 5, `b${String(index).padStart(3, '0')}`]);
    await insertRows(database, { table: 'source', columns: ['a', 'b'] }, rows);
    await database.execute('CREATE TABLE target (k INTEGER PRIMARY KEY, v VARCHAR(20) NOT NULL, n INTEGER)');
  });
  afterAll(async () => {
    await database?.close();
    await under?.remove();
  });

  const target = async (): Promise<unknown[][]> =>
    (await database.query('SELECT k, v, n FROM target ORDER BY k')).map(({ k, v, n }) => [k, v, n]);
  /** Writes a chunk in a transaction of its own, as the engine does. */
  async function writeChunk<Item>(
    writer: ArtifactClass<ItemWriter<Item>>,
    items: Item[],
    end: 'commit' | 'rollback' = 'commit',
  ): Promise<void> {
    const transaction = await resource.begin(0);
    try {
      await made(writer, { transaction }).writeItems(items);
      await transaction[end]();
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  test('keyset paging: every row once, in the order of the key, from any place', async () => {
    const at = database.dialect.placeholder(1);
    const found = await expectRestartsEverywhere(
      sqlKeysetReader({
        database,
        select: `SELECT a, b FROM source WHERE a < ${at}`,
        parameters: [4],
        key: ['a', 'b'],
        pageSize: 7,
      }),
      PLACES,
    );
    expect(found).toHaveLength(32);
    expect(found[0]).toEqual({ item: { a: 0, b: 'b000' } });
    expect(found.at(-1)).toEqual({ item: { a: 3, b: 'b038' } });
  });

  test('a keyset reader needs a key that is never null', async () => {
    const reader = (key: string[]) =>
      made(sqlKeysetReader({ database, select: 'SELECT a, NULL AS c FROM source', key }));
    expect(() => reader([])).toThrow('no key');
    const open = reader(['c']);
    await open.open(null);
    await expect((async () => open.readItem())()).rejects.toMatchObject({ code: 'WM9606' });
  });

  test('a cursor: every row once, from any place; fewer rows than at the checkpoint are noticed', async () => {
    const make = sqlCursorReader({
      database,
      select: 'SELECT a, b FROM source ORDER BY b DESC',
      pageSize: 7,
    });
    const found = await expectRestartsEverywhere(make, PLACES);
    expect(found).toHaveLength(40);
    expect(found[0]).toEqual({ item: { a: 4, b: 'b039' } });
    const fewer = made(sqlCursorReader({ database, select: 'SELECT a FROM source ORDER BY b LIMIT 3' }));
    await fewer.open({ at: 10 });
    await expect((async () => fewer.readItem())()).rejects.toMatchObject({ code: 'WM9603' });
    await fewer.close();
    const left = made(make);
    await left.open(null);
    expect(await outcomesOf(left, 2)).toHaveLength(2);
    await left.close();
  });

  test('inserts are there with the commit, gone with a rollback', async () => {
    await database.execute('DELETE FROM target');
    const writer = sqlTableWriter<{ k: number; v: string }>({
      resource,
      table: 'target',
      columns: ['k', 'v'],
    });
    await writeChunk(writer, [
      { k: 1, v: 'one' },
      { k: 2, v: 'two' },
    ]);
    await writeChunk(writer, [{ k: 3, v: 'three' }], 'rollback');
    await writeChunk(writer, []);
    expect(await target()).toEqual([
      [1, 'one', null],
      [2, 'two', null],
    ]);
    await expect(
      writeChunk(writer, [
        { k: 9, v: 'x' },
        { k: 1, v: 'again' },
      ]),
    ).rejects.toMatchObject({
      code: 'WM9506',
    });
    expect(await target()).toHaveLength(2);
  });

  test('upserts overwrite, and one chunk may hold a row twice: the last one counts', async () => {
    await database.execute('DELETE FROM target');
    const writer = sqlTableWriter<[number, string]>({
      resource,
      table: 'target',
      columns: ['k', 'v', 'n'],
      upsertKey: ['k'],
      upsertColumns: ['v'],
      row: ([k, v]) => ({ k, v, n: k }),
    });
    await writeChunk(writer, [
      [1, 'a'],
      [2, 'b'],
      [1, 'c'],
    ]);
    await writeChunk(writer, [[2, 'd']]);
    expect(await target()).toEqual([
      [1, 'c', 1],
      [2, 'd', 2],
    ]);
  });

  test('a statement per item, which may have to change a row', async () => {
    await database.execute('DELETE FROM target');
    await database.execute(`INSERT INTO target VALUES (1, 'a', 0), (2, 'b', 0)`);
    const [first, second] = [database.dialect.placeholder(1), database.dialect.placeholder(2)];
    const writer = sqlStatementWriter<[number, number]>({
      resource,
      statement: `UPDATE target SET n = ${first} WHERE k = ${second}`,
      parameters: ([k, n]) => [n, k],
      mustChange: true,
    });
    await writeChunk(writer, [
      [1, 10],
      [2, 20],
    ]);
    await writeChunk(writer, [[1, 10]]);
    await expect(
      writeChunk(writer, [
        [1, 11],
        [3, 30],
      ]),
    ).rejects.toMatchObject({ code: 'WM9604' });
    expect(await target()).toEqual([
      [1, 'a', 10],
      [2, 'b', 20],
    ]);
  });

  test('without the transaction of its database a writer writes nothing', async () => {
    const make = sqlTableWriter({ resource, table: 'target', columns: ['k', 'v'] });
    const alone = made(make);
    expect(alone.guarantee).toBe('transactional');
    await expect(alone.writeItems([{ k: 77, v: 'x' }])).rejects.toMatchObject({ code: 'WM9605' });
    const other = new SqlTransactionResource(database);
    const transaction = await other.begin(0);
    await expect(made(make, { transaction }).writeItems([{ k: 77, v: 'x' }])).rejects.toMatchObject({
      code: 'WM9605',
    });
    await transaction.rollback();
    expect(() =>
      made(compositeWriter(make, sqlTableWriter({ resource: other, table: 'target', columns: ['k'] }))),
    ).toThrow('different transactions');
    expect(made(compositeWriter(make, make)).transactionResource).toBe(resource);
  });
});
