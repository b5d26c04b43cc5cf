/**
 * Owns a pool of connections to one database of MySQL or MariaDB; see pooled-database.ts. Every session is in UTC, strict about values, and reads what was
 * committed (not an old moment, as is MySQL's default).
 */
import type { FieldPacket, Pool, PoolConnection } from 'mysql2/promise';
import type { Connection as CallbackConnection } from 'mysql2';
import { loadDriver } from '../load-driver.ts';
import { PooledDatabase } from '../pooled-database.ts';
import type { SqlRow } from '../sql-database.ts';
import { MYSQL_DRIVER } from './mysql-driver.ts';
import { mysqlFailure } from './mysql-failure.ts';
import { exactNumbers } from './mysql-statement.ts';

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

export class MysqlDatabase extends PooledDatabase<PoolConnection> {
  readonly #pool: Pool;
  readonly #ready = new WeakSet<object>();

  private constructor(name: string, pool: Pool) {
    super(name, MYSQL_DRIVER);
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

  override async *stream<Row extends SqlRow = SqlRow>(
    sql: string,
    parameters: readonly unknown[],
    options: { readonly rows: number },
  ): AsyncGenerator<Row[], void, undefined> {
    const connection = await this.connection();
    let whole = false;
    try {
      const values = parameters.map((value) => this.dialect.parameter(value));
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

  protected override async connect(): Promise<PoolConnection> {
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
  protected override async beginOn(connection: PoolConnection, timeoutMs: number): Promise<void> {
    const seconds = timeoutMs > 0 ? Math.max(1, Math.ceil(timeoutMs / 1000)) : 'DEFAULT';
    await connection.query(`SET SESSION innodb_lock_wait_timeout = ${seconds}`);
    await connection.beginTransaction();
  }

  protected override closePool(): Promise<void> {
    return this.#pool.end();
  }
}
