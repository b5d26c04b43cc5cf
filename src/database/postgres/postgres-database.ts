/** Owns a pool of connections to one PostgreSQL database; see pooled-database.ts. */
import type { Pool, PoolClient } from 'pg';
import { loadDriver } from '../load-driver.ts';
import { PooledDatabase } from '../pooled-database.ts';
import type { SqlRow } from '../sql-database.ts';
import { PostgresDriver } from './postgres-driver.ts';
import { postgresFailure } from './postgres-failure.ts';
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

/** Longer than the time of a transaction: whoever lives has rolled it back by then, ms. */
const IDLE_MS = 1000;

export class PostgresDatabase extends PooledDatabase<PoolClient> {
  readonly #pool: Pool;

  private constructor(name: string, pool: Pool, names: PreparedNames | undefined) {
    super(name, new PostgresDriver(names));
    this.#pool = pool;
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

  override async *stream<Row extends SqlRow = SqlRow>(
    sql: string,
    parameters: readonly unknown[],
    options: { readonly rows: number },
  ): AsyncGenerator<Row[], void, undefined> {
    const { default: Cursor } = await loadDriver('pg-cursor', () => import('pg-cursor'), 'pg pg-cursor');
    const client = await this.connection();
    let whole = false;
    try {
      const cursor = client.query(
        new Cursor<Row>(
          sql,
          parameters.map((value) => this.dialect.parameter(value)),
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

  protected override async connect(): Promise<PoolClient> {
    try {
      const client = await this.#pool.connect();
      // A connection that breaks between two statements says so here and at the next statement.
      if (client.listenerCount('error') === 0) client.on('error', () => {});
      return client;
    } catch (error) {
      throw postgresFailure(this.name, undefined, error);
    }
  }

  protected override async beginOn(client: PoolClient, timeoutMs: number): Promise<void> {
    // The machine of this process may be lost: then nobody else tells the server that the transaction is over, and what it holds.
    const limits = `SET LOCAL statement_timeout = ${timeoutMs}; SET LOCAL idle_in_transaction_session_timeout = ${timeoutMs + IDLE_MS}`;
    await client.query(timeoutMs > 0 ? `BEGIN; ${limits}` : 'BEGIN');
  }

  protected override closePool(): Promise<void> {
    return this.#pool.end();
  }
}
