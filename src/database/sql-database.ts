/**
 * The seam over SQL databases, for readers, writers and records of jobs, and for migrations: SQLite (node:sqlite), PostgreSQL (pg), MySQL and
 * MariaDB (mysql2). All run test/database/conformance.ts.
 *
 * What is the same everywhere:
 * 1. Statements are written in the database's own SQL, with its own placeholders (`$1` for PostgreSQL, `?` for the others); `dialect`
 *    writes those that differ.
 * 2. Whole numbers come back as numbers where these are exact, otherwise as bigint. Points in time come back as `Date` (SQLite: as
 *    stored), and those without a zone are taken as UTC; dates without a time are text. Decimals are text. Bytes are `Uint8Array`.
 * 3. Parameters may be null, undefined (null), booleans, numbers, bigints, text, `Date` and bytes; other objects are stored as JSON.
 * 4. A statement outside of a transaction is one of its own.
 * 5. What fails is a `DatabaseError` (WM95xx) that names the database and the statement.
 */
import type { SqlDialect } from './dialects/sql-dialect.ts';

export type SqlRow = Record<string, unknown>;

export interface SqlSession {
  readonly dialect: SqlDialect;
  /** As shown to people, without a password: `PostgreSQL billing@db1:5432`. */
  readonly name: string;
  query<Row extends SqlRow = SqlRow>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** @returns how many rows were inserted, changed (or matched, though their values were the same) or deleted */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
}

/** Ends once, with `commit` or `rollback`; after that every call rejects (WM9508). */
export interface SqlTransaction extends SqlSession {
  /** Of the driver: a `pg` client, a `mysql2` connection, a `DatabaseSync`. Not to be kept after the transaction. */
  readonly client: unknown;
  /**
   * @throws DatabaseError WM9504 if the connection broke while it waited: nobody knows then whether it was committed. Any other error: it was
   *   rolled back.
   */
  commit(): Promise<void>;
  /** Never rejects: a connection that cannot roll back is closed, which rolls back. Waits for no statement that is still running. */
  rollback(): Promise<void>;
}

export interface SqlDatabase extends SqlSession {
  /**
   * SQLite has one writer: `begin` waits for the transaction before.
   * @param options.timeoutMs The database's own limit for a statement of the transaction, where it has one; 0 or undefined: none
   */
  begin(options?: { readonly timeoutMs?: number | undefined }): Promise<SqlTransaction>;
  /** Commits when `work` is done, rolls back when it throws. */
  transaction<Result>(work: (transaction: SqlTransaction) => Promise<Result>): Promise<Result>;
  /**
   * The rows of one query, at most `rows` of them at a time in memory, all of one moment. Leaving the loop early ends the query. It holds a
   * connection of its own until it ends.
   */
  stream<Row extends SqlRow = SqlRow>(
    sql: string,
    parameters: readonly unknown[],
    options: { readonly rows: number },
  ): AsyncGenerator<Row[], void, undefined>;
  /** Waits for transactions that are open. Calls after it reject (WM9507). */
  close(): Promise<void>;
}

/** Shared by all databases: what `SqlDatabase.transaction` does. */
export async function inTransaction<Result>(
  database: Pick<SqlDatabase, 'begin'>,
  work: (transaction: SqlTransaction) => Promise<Result>,
): Promise<Result> {
  const transaction = await database.begin();
  let result: Result;
  try {
    result = await work(transaction);
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
  await transaction.commit();
  return result;
}
