import type { PoolConnection } from 'mysql2/promise';
import { outcomeUnknownError, transactionEndedError } from '../database-error.ts';
import { MYSQL_DIALECT } from '../dialects/mysql-dialect.ts';
import type { SqlRow, SqlTransaction } from '../sql-database.ts';
import { isConnectionLost, mysqlFailure } from './mysql-failure.ts';
import { type MysqlResult, runMysql } from './mysql-statement.ts';

export class MysqlTransaction implements SqlTransaction {
  readonly dialect = MYSQL_DIALECT;
  readonly name: string;
  readonly #connection: PoolConnection;
  #running = 0;
  /** An error after which nobody knows how much of the transaction is left. */
  #broken: unknown;
  #ended = false;

  constructor(name: string, connection: PoolConnection) {
    this.name = name;
    this.#connection = connection;
  }

  get client(): PoolConnection {
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
    if (this.#broken !== undefined) {
      const cause = this.#broken;
      await this.rollback();
      throw mysqlFailure(this.name, 'COMMIT', cause);
    }
    try {
      await this.#connection.commit();
    } catch (error) {
      this.#end(true);
      throw isConnectionLost(error)
        ? outcomeUnknownError(this.name, error)
        : mysqlFailure(this.name, 'COMMIT', error);
    }
    this.#end(false);
  }

  async rollback(): Promise<void> {
    if (this.#ended) return;
    if (this.#running > 0 || (this.#broken !== undefined && isConnectionLost(this.#broken)))
      return this.#end(true);
    this.#ended = true;
    try {
      await this.#connection.rollback();
      this.#connection.release();
    } catch {
      this.#connection.destroy();
    }
  }

  async #statement(sql: string, parameters: readonly unknown[]): Promise<MysqlResult> {
    this.#refuseEnded();
    this.#running++;
    try {
      return await runMysql(this.#connection, sql, parameters);
    } catch (error) {
      // A deadlock rolls the transaction back and lets the next statement begin another: what follows must not be committed alone.
      if (isConnectionLost(error) || (error as { errno?: unknown }).errno === 1213) this.#broken = error;
      throw mysqlFailure(this.name, sql, error);
    } finally {
      this.#running--;
    }
  }

  #end(destroy: boolean): void {
    this.#ended = true;
    if (destroy) this.#connection.destroy();
    else this.#connection.release();
  }

  #refuseEnded(): void {
    if (this.#ended) throw transactionEndedError(this.name);
  }
}
