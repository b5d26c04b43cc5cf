/**
 * A database that is reached through a pool of connections, as PostgreSQL and MySQL are.
 *
 * 1. Each transaction and each stream has a connection of its own from `begin` to its end.
 * 2. A connection that failed, or that was left in the middle of a statement, does not go back into the pool.
 */
import { closedError } from './database-error.ts';
import type { SqlDialect } from './dialects/sql-dialect.ts';
import { type PooledDriver, PooledTransaction, type StatementResult } from './pooled-transaction.ts';
import { inTransaction, type SqlDatabase, type SqlRow, type SqlTransaction } from './sql-database.ts';

export abstract class PooledDatabase<Connection> implements SqlDatabase {
  readonly name: string;
  readonly dialect: SqlDialect;
  readonly #driver: PooledDriver<Connection>;
  #closed = false;

  constructor(name: string, driver: PooledDriver<Connection>) {
    this.name = name;
    this.dialect = driver.dialect;
    this.#driver = driver;
  }

  /** A connection of the pool, ready for statements. @throws DatabaseError */
  protected abstract connect(): Promise<Connection>;
  /** Begins a transaction whose statements may take so long; 0: no limit. */
  protected abstract beginOn(connection: Connection, timeoutMs: number): Promise<void>;
  protected abstract closePool(): Promise<void>;
  abstract stream<Row extends SqlRow = SqlRow>(
    sql: string,
    parameters: readonly unknown[],
    options: { readonly rows: number },
  ): AsyncGenerator<Row[], void, undefined>;

  async query<Row extends SqlRow = SqlRow>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#run(sql, parameters)).rows as Row[];
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.#run(sql, parameters)).changed;
  }

  async begin(
    options: { readonly timeoutMs?: number | undefined } = {},
  ): Promise<PooledTransaction<Connection>> {
    const connection = await this.connection();
    try {
      await this.beginOn(connection, Math.ceil(options.timeoutMs ?? 0));
    } catch (error) {
      this.#driver.release(connection, true);
      throw this.#driver.failure(this.name, 'BEGIN', error);
    }
    return new PooledTransaction(this.name, connection, this.#driver);
  }

  transaction<Result>(work: (transaction: SqlTransaction) => Promise<Result>): Promise<Result> {
    return inTransaction(this, work);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.closePool();
  }

  /** @throws DatabaseError, also when the database was closed */
  protected async connection(): Promise<Connection> {
    if (this.#closed) throw closedError(this.name);
    return this.connect();
  }

  /** A statement on a connection of its own. */
  async #run(sql: string, parameters: readonly unknown[]): Promise<StatementResult> {
    const connection = await this.connection();
    const driver = this.#driver;
    try {
      const result = await driver.run(connection, sql, parameters);
      driver.release(connection, false);
      return result;
    } catch (error) {
      driver.release(connection, driver.isConnectionLost(error));
      throw driver.failure(this.name, sql, error);
    }
  }
}
