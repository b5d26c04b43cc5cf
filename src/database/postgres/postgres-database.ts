/**
 * Owns a pool of connections to one PostgreSQL database.
 *
 * 1. Each transaction and each stream has a connection of its own from `begin` to its end.
 * 2. A connection that failed, or that was left in the middle of a statement, does not go back into the pool.
 */
import type { Pool, PoolClient } from 'pg';
import { closedError } from '../database-error.ts';
import { POSTGRES_DIALECT } from '../dialects/postgres-dialect.ts';
import { loadDriver } from '../load-driver.ts';
import { inTransaction, type SqlDatabase, type SqlRow, type SqlTransaction } from '../sql-database.ts';
import { isConnectionLost, postgresFailure } from './postgres-failure.ts';
import { PostgresTransaction } from './postgres-transaction.ts';
import { postgresTypes } from './postgres-types.ts';
import { PreparedNames } from './prepared-names.ts';

export interface PostgresDatabaseOptions {
  /** `postgres://user:password@host:port/database?sslmode=...`, as libpq takes it. */
  readonly url: string;
  /** Default 10. */
  readonly connections?: number | undefined;
  /** False behind a pooler that gives each transaction another server connection. Default true. */
  readonly prepareStatements?: boolean | undefined;
  /** How long to wait for a free connection. Default 30,000. */
  readonly connectTimeoutMs?: number | undefined;
}

export class PostgresDatabase implements SqlDatabase {
  readonly dialect = POSTGRES_DIALECT;
  readonly name: string;
  readonly #pool: Pool;
  readonly #names: PreparedNames | undefined;
  #closed = false;

  private constructor(name: string, pool: Pool, names: PreparedNames | undefined) {
    this.name = name;
    this.#pool = pool;
    this.#names = names;
  }

  /** Connects once, to say at once what is wrong. @throws DatabaseError */
  static async open(options: PostgresDatabaseOptions): Promise<PostgresDatabase> {
    const { default: pg } = await loadDriver('pg', () => import('pg'), 'pg pg-cursor');
    const url = new URL(options.url);
    const database = decodeURIComponent(url.pathname.slice(1)) || url.username;
    const name = `PostgreSQL ${database}@${url.hostname}:${url.port === '' ? 5432 : url.port}`;
    const pool = new pg.Pool({
      connectionString: options.url,
      max: options.connections ?? 10,
      connectionTimeoutMillis: options.connectTimeoutMs ?? 30_000,
      types: postgresTypes(pg.types),
      application_name: 'waymark',
    });
    // An idle connection that breaks has no one to tell: the next statement opens another.
    pool.on('error', () => {});
    const names = options.prepareStatements === false ? undefined : new PreparedNames();
    const opened = new PostgresDatabase(name, pool, names);
    try {
      await opened.query('SELECT 1');
    } catch (error) {
      await pool.end();
      throw error;
    }
    return opened;
  }

  async query<Row extends SqlRow = SqlRow>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#run(sql, parameters)).rows as Row[];
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.#run(sql, parameters)).rowCount ?? 0;
  }

  async begin(options: { readonly timeoutMs?: number | undefined } = {}): Promise<PostgresTransaction> {
    const client = await this.#client();
    try {
      const timeout = Math.ceil(options.timeoutMs ?? 0);
      await client.query(timeout > 0 ? `BEGIN; SET LOCAL statement_timeout = ${timeout}` : 'BEGIN');
    } catch (error) {
      client.release(true);
      throw postgresFailure(this.name, 'BEGIN', error);
    }
    return new PostgresTransaction(this.name, client, (sql, parameters) =>
      runPostgres(client, this.#names, sql, parameters),
    );
  }

  transaction<Result>(work: (transaction: SqlTransaction) => Promise<Result>): Promise<Result> {
    return inTransaction(this, work);
  }

  async *stream<Row extends SqlRow = SqlRow>(
    sql: string,
    parameters: readonly unknown[],
    options: { readonly rows: number },
  ): AsyncGenerator<Row[], void, undefined> {
    const { default: Cursor } = await loadDriver('pg-cursor', () => import('pg-cursor'), 'pg pg-cursor');
    const client = await this.#client();
    let whole = false;
    try {
      const cursor = client.query(
        new Cursor<Row>(
          sql,
          parameters.map((value) => POSTGRES_DIALECT.parameter(value)),
        ),
      );
      for (;;) {
        const page = await cursor.read(options.rows);
        if (page.length > 0) yield page;
        if (page.length < options.rows) break;
      }
      await cursor.close();
      whole = true;
    } catch (error) {
      throw postgresFailure(this.name, sql, error);
    } finally {
      // What was left early is not worth finding out its state.
      client.release(!whole);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
  }

  /** A statement on a connection of its own. */
  async #run(sql: string, parameters: readonly unknown[]): Promise<PostgresResult> {
    const client = await this.#client();
    try {
      const result = await runPostgres(client, this.#names, sql, parameters);
      client.release();
      return result;
    } catch (error) {
      client.release(isConnectionLost(error));
      throw postgresFailure(this.name, sql, error);
    }
  }

  async #client(): Promise<PoolClient> {
    if (this.#closed) throw closedError(this.name);
    try {
      const client = await this.#pool.connect();
      // A connection that breaks between two statements says so here and at the next statement.
      if (client.listenerCount('error') === 0) client.on('error', () => {});
      return client;
    } catch (error) {
      throw postgresFailure(this.name, undefined, error);
    }
  }
}

interface PostgresResult {
  readonly rows: unknown[];
  readonly rowCount: number | null;
  readonly command: string;
}

async function runPostgres(
  client: PoolClient,
  names: PreparedNames | undefined,
  sql: string,
  parameters: readonly unknown[],
): Promise<PostgresResult> {
  const values = parameters.map((value) => POSTGRES_DIALECT.parameter(value));
  const name = values.length === 0 ? undefined : names?.nameOf(sql);
  return client.query(name === undefined ? { text: sql, values } : { name, text: sql, values });
}
