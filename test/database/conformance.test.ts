/** What is the same for all databases (src/database/sql-database.ts). */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConflictError, ConstraintViolationError, DatabaseError } from '../../src/database/database-error.ts';
import {
  type InsertShape,
  insertRows,
  insertStatement,
} from '../../src/database/statements/insert-statement.ts';
import { keysetPage } from '../../src/database/statements/keyset-statement.ts';
import type { SqlDatabase } from '../../src/database/sql-database.ts';
import { DATABASES, type DatabaseUnderTest } from './databases-under-test.ts';

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof DatabaseError ? error.code : String(error)),
  );

describe.each(Object.entries(DATABASES))('%s', (kind, make) => {
  let under: DatabaseUnderTest;
  let database: SqlDatabase;
  let tables = 0;

  beforeAll(async () => {
    under = await make();
    database = await under.open();
  });
  afterAll(async () => {
    await database?.close();
    await under?.remove();
  });

  const at = (position: number): string => database.dialect.placeholder(position);
  async function table(columns: string): Promise<string> {
    const name = `t${tables++}`;
    await database.execute(`CREATE TABLE ${name} (${columns})`);
    return name;
  }
  const count = async (name: string): Promise<unknown> =>
    (await database.query(`SELECT count(*) AS n FROM ${name}`))[0]!['n'];

  test('values come back as they went in', async () => {
    const types = {
      sqlite: 'i INTEGER, r REAL, t TEXT, b BLOB, o INTEGER',
      postgres: 'i BIGINT, r DOUBLE PRECISION, t TEXT, b BYTEA, o BOOLEAN',
      mysql: 'i BIGINT, r DOUBLE, t TEXT, b LONGBLOB, o BOOLEAN',
    }[kind]!;
    const name = await table(types);
    const rows: unknown[][] = [
      [1, 1.5, 'a', new Uint8Array([0, 255]), true],
      [9007199254740993n, -0.1, `'"\\ä\u{1F600}`, new Uint8Array(0), false],
      [-9007199254740991, 1e300, '', new Uint8Array(70_000).fill(7), null],
      [null, null, undefined, null, null],
    ];
    for (const row of rows)
      await database.execute(
        `INSERT INTO ${name} VALUES (${at(1)}, ${at(2)}, ${at(3)}, ${at(4)}, ${at(5)})`,
        row,
      );
    const back = await database.query(`SELECT * FROM ${name}`);
    const found = back.map(({ i, r, t, b, o }) => [
      i,
      r,
      t,
      b === null ? null : new Uint8Array(b as Uint8Array),
      o === null ? null : Boolean(o),
    ]);
    expect(found).toEqual(rows.map((row) => row.map((value) => value ?? null)));
  });

  test('points in time are UTC, dates are text, whatever the zone of this process', async () => {
    const type = { sqlite: 'TEXT', postgres: 'TIMESTAMP', mysql: 'DATETIME(3)' }[kind]!;
    const name = await table(`w ${type}, d DATE`);
    const when = new Date('2026-03-29T02:30:00.123Z');
    await database.execute(`INSERT INTO ${name} VALUES (${at(1)}, ${at(2)})`, [when, '2026-01-31']);
    const [row] = await database.query(`SELECT * FROM ${name}`);
    expect(new Date(row!['w'] as string | Date)).toEqual(when);
    expect(row!['d']).toBe('2026-01-31');
    const text = { sqlite: 'w', postgres: `to_char(w, 'HH24:MI')`, mysql: `date_format(w, '%H:%i')` }[kind]!;
    const [shown] = await database.query(`SELECT ${text} AS s FROM ${name}`);
    expect(String(shown!['s'])).toContain('02:30');
  });

  test('execute says how many rows it matched', async () => {
    const name = await table('a INTEGER, b INTEGER');
    expect(await database.execute(`INSERT INTO ${name} VALUES (1, 1), (2, 2), (3, 3)`)).toBe(3);
    expect(await database.execute(`UPDATE ${name} SET b = b WHERE a <= 2`)).toBe(2);
    expect(await database.execute(`DELETE FROM ${name} WHERE a > 5`)).toBe(0);
    expect(await database.execute(`DELETE FROM ${name}`)).toBe(3);
  });

  test('a transaction is seen after its commit, and not after a rollback', async () => {
    const name = await table('a INTEGER');
    const transaction = await database.begin();
    await transaction.execute(`INSERT INTO ${name} VALUES (1)`);
    expect(await transaction.query(`SELECT a FROM ${name}`)).toEqual([{ a: 1 }]);
    expect(await count(name)).toBe(0);
    await transaction.commit();
    expect(await count(name)).toBe(1);
    const failure = new Error('no');
    await expect(
      database.transaction(async (session) => {
        await session.execute(`INSERT INTO ${name} VALUES (2)`);
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(await count(name)).toBe(1);
  });

  test('an ended transaction says so', async () => {
    const transaction = await database.begin();
    await transaction.commit();
    expect(await codeOf(transaction.query('SELECT 1'))).toBe('WM9508');
    expect(await codeOf(transaction.commit())).toBe('WM9508');
    expect(() => transaction.client).toThrow(DatabaseError);
    await transaction.rollback();
  });

  test('errors name database and statement, and what can be skipped or retried is told apart', async () => {
    const name = await table('a INTEGER PRIMARY KEY, b INTEGER NOT NULL');
    const insert = `INSERT INTO ${name} (a, b) VALUES (${at(1)}, ${at(2)})`;
    await database.execute(insert, [1, 1]);
    for (const row of [
      [1, 2],
      [2, null],
    ]) {
      const error: unknown = await database.execute(insert, row).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(ConstraintViolationError);
      expect((error as DatabaseError).message).toContain(database.name);
      expect((error as DatabaseError).statement).toBe(insert);
      expect((error as DatabaseError).fix).toBeTruthy();
    }
    expect(await codeOf(database.query('SELECT * FROM nowhere'))).toBe('WM9503');
    expect(await codeOf(database.query('SELEKT'))).toBe('WM9503');
    expect(await count(name)).toBe(1);
  });

  test('two writers that wait for each other: one may go on, the other can try again', async () => {
    const name = await table('a INTEGER PRIMARY KEY, b INTEGER');
    await database.execute(`INSERT INTO ${name} VALUES (1, 0), (2, 0)`);
    const other = await under.open();
    const add = async (session: SqlDatabase, first: number, second: number): Promise<void> => {
      await session.transaction(async (transaction) => {
        await transaction.execute(`UPDATE ${name} SET b = b + 1 WHERE a = ${first}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await transaction.execute(`UPDATE ${name} SET b = b + 1 WHERE a = ${second}`);
      });
    };
    const outcomes = await Promise.allSettled([add(database, 1, 2), add(other, 2, 1)]);
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
    for (const { reason } of failed) expect(reason).toBeInstanceOf(ConflictError);
    expect(failed.length).toBeLessThan(2);
    const done = 2 - failed.length;
    expect(await database.query(`SELECT b FROM ${name}`)).toEqual([{ b: done }, { b: done }]);
    await other.close();
  });

  test('many rows are inserted in few statements, and upserts overwrite what they name', async () => {
    const name = await table('k INTEGER, l INTEGER, v INTEGER, w INTEGER, PRIMARY KEY (k, l)');
    const shape: InsertShape = { table: name, columns: ['k', 'l', 'v', 'w'] };
    const rows = Array.from({ length: 1234 }, (_, index) => [index, index % 7, index * 2, 1]);
    await insertRows(database, shape, rows);
    expect(await count(name)).toBe(1234);
    const upsert = { ...shape, upsertKey: ['k', 'l'], upsertColumns: ['v'] };
    await insertRows(database, upsert, [
      [0, 0, 100, 100],
      [5000, 0, 1, 2],
    ]);
    const found = await database.query(`SELECT * FROM ${name} WHERE k IN (0, 5000) ORDER BY k`);
    expect(found).toEqual([
      { k: 0, l: 0, v: 100, w: 1 },
      { k: 5000, l: 0, v: 1, w: 2 },
    ]);
    await insertRows(database, { ...shape, upsertKey: ['k', 'l'], upsertColumns: [] }, [[0, 0, 7, 7]]);
    expect(await database.query(`SELECT v FROM ${name} WHERE k = 0`)).toEqual([{ v: 100 }]);
  });

  test('names are quoted, whatever they hold', async () => {
    const column = `we"ird \`col\` 'x`;
    const quoted = database.dialect.quote(column);
    const name = await table(`${quoted} INTEGER`);
    await insertRows(database, { table: name, columns: [column] }, [[5]]);
    expect(await database.query(`SELECT ${quoted} FROM ${name}`)).toEqual([{ [column]: 5 }]);
    const statement = insertStatement(database.dialect, { table: 'a.b', columns: ['c'] }, 1);
    expect(statement).toContain(`${database.dialect.quote('a')}.${database.dialect.quote('b')}`);
  });

  test('keyset paging reads every row once, in order, for any page size', async () => {
    const name = await table('a INTEGER, b INTEGER, PRIMARY KEY (a, b)');
    const all = Array.from({ length: 60 }, (_, index) => [index % 6, Math.floor(index / 6)]);
    await insertRows(database, { table: name, columns: ['a', 'b'] }, all);
    const expected = all.toSorted(([a, b], [c, d]) => a! - c! || b! - d!);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), async (size) => {
        const seen: unknown[][] = [];
        for (;;) {
          const select = `SELECT a, b FROM ${name} WHERE b < ${at(1)}`;
          const page = keysetPage(
            database.dialect,
            { select, parameters: [100], key: ['a', 'b'] },
            seen.at(-1),
            size,
          );
          const rows = await database.query(page.sql, page.parameters);
          if (rows.length === 0) break;
          seen.push(...rows.map(({ a, b }) => [a, b]));
        }
        expect(seen).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  test('a stream gives all rows, page by page, and may be left early', async () => {
    const name = await table('a BIGINT');
    await insertRows(
      database,
      { table: name, columns: ['a'] },
      Array.from({ length: 1000 }, (_, a) => [a]),
    );
    const sql = `SELECT a FROM ${name} WHERE a >= ${at(1)} ORDER BY a`;
    const sizes: number[] = [];
    const values: unknown[] = [];
    for await (const page of database.stream(sql, [10], { rows: 64 })) {
      sizes.push(page.length);
      values.push(...page.map(({ a }) => a));
    }
    expect(values).toEqual(Array.from({ length: 990 }, (_, index) => index + 10));
    expect(Math.max(...sizes)).toBe(64);
    for (let round = 0; round < 12; round++) {
      for await (const page of database.stream(sql, [0], { rows: 10 })) {
        expect(page.length).toBe(10);
        break;
      }
    }
    expect(await count(name)).toBe(1000);
    await expect(database.stream('SELECT * FROM nowhere', [], { rows: 5 }).next()).rejects.toBeInstanceOf(
      DatabaseError,
    );
  });

  test('a closed database says so', async () => {
    const other = await under.open();
    await other.close();
    await other.close();
    expect(await codeOf(other.query('SELECT 1'))).toBe('WM9507');
    expect(await codeOf(other.begin())).toBe('WM9507');
  });
});
