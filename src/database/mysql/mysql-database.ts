/**
 * Owns a pool of connections to one database of MySQL or MariaDB.
 *
 * 1. Each transaction and each stream has a connection of its own from `begin` to its end.
 * 2. A connection that failed, or that was left in the middle of a statement, does not go back into the pool.
 * 3. Every session is in UTC, strict about values, and reads what was committed (not an old moment, as is MySQL's default).
 */
import type { FieldPacket, Pool, PoolConnection } from 'mysql2/promise';
import type { Connection as CallbackConnection } from 'mysql2';
import { closedError } from '../database-error.ts';
import { MYSQL_DIALECT } from '../dialects/mysql-dialect.ts';
import { loadDriver } from '../load-driver.ts';
import { inTransaction, type SqlDatabase, type SqlRow, type SqlTransaction } from '../sql-database.ts';
import { isConnectionLost, mysqlFailure } from './mysql-failure.ts';
import { exactNumbers, runMysql } from './mysql-statement.ts';
import { MysqlTransaction } from './mysql-transaction.ts';

export interface MysqlDatabaseOptions {
  /** `mysql://user:password@host:port/database`. */
  readonly url: string;
  /** Default 10. */
  readonly connections?: number | undefined;
  /** How long connecting may take. Default 30,000. */
  readonly connectTimeoutMs?: number | undefined;
}

const SESSION = `SET SESSION time_zone = '+00:00', sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), tx_isolation = 'READ-COMMITTED'`;
/** MySQL 8 has another name for it. */
const SESSION_MYSQL_8 = SESSION.replace('tx_isolation', 'transaction_isolation');

export class MysqlDatabase implements SqlDatabase {
  readonly dialect = MYSQL_DIALECT;
  readonly name: string;
  readonly #pool: Pool;
  readonly #ready = new WeakSet<object>();
  #closed = false;

  private constructor(name: string, pool: Pool) {
    this.name = name;
    this.#pool = pool;
  }

  /** Connects once, to say at once what is wrong. @throws DatabaseError */
  static async open(options: MysqlDatabaseOptions): Promise<MysqlDatabase> {
    const { createPool } = await loadDriver('mysql2', () => import('mysql2/promise'));
    const url = new URL(options.url);
    const database = decodeURIComponent(url.pathname.slice(1));
    const name = `MySQL ${database}@${url.hostname}:${url.port === '' ? 3306 : url.port}`;
    const pool = createPool({
      uri: options.url,
      connectionLimit: options.connections ?? 10,
      connectTimeout: options.connectTimeoutMs ?? 30_000,
      supportBigNumbers: true,
      dateStrings: ['DATE'],
      timezone: 'Z',
    });
    const opened = new MysqlDatabase(name, pool);
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
    return (await this.#run(sql, parameters)).changed;
  }

  async begin(options: { readonly timeoutMs?: number | undefined } = {}): Promise<MysqlTransaction> {
    const connection = await this.#connection();
    try {
      const seconds = Math.max(1, Math.ceil((options.timeoutMs ?? 0) / 1000));
      if (options.timeoutMs !== undefined && options.timeoutMs > 0)
        await connection.query(`SET SESSION innodb_lock_wait_timeout = ${seconds}`);
      else await connection.query('SET SESSION innodb_lock_wait_timeout = DEFAULT');
      await connection.beginTransaction();
    } catch (error) {
      connection.destroy();
      throw mysqlFailure(this.name, 'START TRANSACTION', error);
    }
    return new MysqlTransaction(this.name, connection);
  }

  transaction<Result>(work: (transaction: SqlTransaction) => Promise<Result>): Promise<Result> {
    return inTransaction(this, work);
  }

  async *stream<Row extends SqlRow = SqlRow>(
    sql: string,
    parameters: readonly unknown[],
    options: { readonly rows: number },
  ): AsyncGenerator<Row[], void, undefined> {
    const connection = await this.#connection();
    let whole = false;
    try {
      const values = parameters.map((value) => MYSQL_DIALECT.parameter(value));
      // The promise's connection has no streams; the one below it does.
      const raw = connection.connection as unknown as CallbackConnection;
      const query = raw.execute(sql, values as never);
      let fields: readonly FieldPacket[] = [];
      query.on('fields', (given: FieldPacket[]) => (fields = given));
      let page: Row[] = [];
      for await (const row of query.stream({ highWaterMark: options.rows })) {
        page.push(row as Row);
        if (page.length < options.rows) continue;
        yield exactNumbers(page, fields) as Row[];
        page = [];
      }
      if (page.length > 0) yield exactNumbers(page, fields) as Row[];
      whole = true;
    } catch (error) {
      throw mysqlFailure(this.name, sql, error);
    } finally {
      if (whole) connection.release();
      else connection.destroy();
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
  }

  async #run(sql: string, parameters: readonly unknown[]): ReturnType<typeof runMysql> {
    const connection = await this.#connection();
    try {
      const result = await runMysql(connection, sql, parameters);
      connection.release();
      return result;
    } catch (error) {
      if (isConnectionLost(error)) connection.destroy();
      else connection.release();
      throw mysqlFailure(this.name, sql, error);
    }
  }

  async #connection(): Promise<PoolConnection> {
    if (this.#closed) throw closedError(this.name);
    let connection: PoolConnection;
    try {
      connection = await this.#pool.getConnection();
    } catch (error) {
      throw mysqlFailure(this.name, undefined, error);
    }
    if (this.#ready.has(connection.connection)) return connection;
    try {
      await connection.query(SESSION).catch(() => connection.query(SESSION_MYSQL_8));
      this.#ready.add(connection.connection);
      return connection;
    } catch (error) {
      connection.destroy();
      throw mysqlFailure(this.name, SESSION, error);
    }
  }
}
