/**
 * A transaction on a connection of a pool, as PostgreSQL and MySQL have it.
 *
 * Owns: the connection, until the transaction ends. Invariants:
 * 1. The connection goes back into the pool once, or is closed once.
 * 2. After an error that leaves nobody knowing how much of the transaction there still is, it cannot be committed.
 * 3. A connection on which a statement is still running, or that was lost, does not go back.
 */
import {
  ConflictError,
  type DatabaseError,
  DatabaseErrorCode,
  outcomeUnknownError,
  transactionEndedError,
} from './database-error.ts';
import type { SqlDialect } from './dialects/sql-dialect.ts';
import type { SqlRow, SqlTransaction } from './sql-database.ts';

export interface StatementResult {
  readonly rows: readonly SqlRow[];
  /** Rows that were inserted, changed, matched or deleted; of a query: found. */
  readonly changed: number;
}

/** What a transaction asks of its driver. */
export interface PooledDriver<Connection> {
  readonly dialect: SqlDialect;
  run(connection: Connection, sql: string, parameters: readonly unknown[]): Promise<StatementResult>;
  /** @returns false if the server has rolled back instead, because a statement had failed */
  commit(connection: Connection): Promise<boolean>;
  rollback(connection: Connection): Promise<void>;
  /** Back into the pool, or closed. */
  release(connection: Connection, close: boolean): void;
  isConnectionLost(error: unknown): boolean;
  /** The server has ended the transaction with this error: statements after it would be in another one. */
  hasEndedTransaction(error: unknown): boolean;
  failure(database: string, sql: string, error: unknown): DatabaseError;
}

export class PooledTransaction<Connection> implements SqlTransaction {
  readonly dialect: SqlDialect;
  readonly name: string;
  readonly #connection: Connection;
  readonly #driver: PooledDriver<Connection>;
  #running = 0;
  #broken: unknown;
  #ended = false;

  constructor(name: string, connection: Connection, driver: PooledDriver<Connection>) {
    this.dialect = driver.dialect;
    this.name = name;
    this.#connection = connection;
    this.#driver = driver;
  }

  get client(): Connection {
    this.#refuseEnded();
    return this.#connection;
  }

  async query<Row extends SqlRow = SqlRow>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#statement(sql, parameters)).rows as Row[];
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.#statement(sql, parameters)).changed;
  }

  async commit(): Promise<void> {
    this.#refuseEnded();
    const driver = this.#driver;
    if (this.#broken !== undefined) {
      const cause = this.#broken;
      await this.rollback();
      throw driver.failure(this.name, 'COMMIT', cause);
    }
    let committed: boolean;
    try {
      committed = await driver.commit(this.#connection);
    } catch (error) {
      this.#end(true);
      throw driver.isConnectionLost(error)
        ? outcomeUnknownError(this.name, error)
        : driver.failure(this.name, 'COMMIT', error);
    }
    this.#end(false);
    if (!committed)
      throw new ConflictError(
        DatabaseErrorCode.conflict,
        `${this.name}: a statement of the transaction had failed, so that it was rolled back instead of committed`,
        {
          fix: 'Let the error of the statement through, or set a savepoint before a statement that may fail.',
        },
      );
  }

  async rollback(): Promise<void> {
    if (this.#ended) return;
    const isLost = this.#broken !== undefined && this.#driver.isConnectionLost(this.#broken);
    if (isLost || this.#running > 0) return this.#end(true);
    this.#ended = true;
    try {
      await this.#driver.rollback(this.#connection);
      this.#driver.release(this.#connection, false);
    } catch {
      this.#driver.release(this.#connection, true);
    }
  }

  async #statement(sql: string, parameters: readonly unknown[]): Promise<StatementResult> {
    this.#refuseEnded();
    const driver = this.#driver;
    this.#running++;
    try {
      return await driver.run(this.#connection, sql, parameters);
    } catch (error) {
      if (driver.isConnectionLost(error) || driver.hasEndedTransaction(error)) this.#broken = error;
      throw driver.failure(this.name, sql, error);
    } finally {
      this.#running--;
    }
  }

  #end(close: boolean): void {
    this.#ended = true;
    this.#driver.release(this.#connection, close);
  }

  #refuseEnded(): void {
    if (this.#ended) throw transactionEndedError(this.name);
  }
}
