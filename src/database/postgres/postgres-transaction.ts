import type { PoolClient } from 'pg';
import {
  ConflictError,
  DatabaseErrorCode,
  outcomeUnknownError,
  transactionEndedError,
} from '../database-error.ts';
import { POSTGRES_DIALECT } from '../dialects/postgres-dialect.ts';
import type { SqlRow, SqlTransaction } from '../sql-database.ts';
import { isConnectionLost, postgresFailure } from './postgres-failure.ts';

type Run = (
  sql: string,
  parameters: readonly unknown[],
) => Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>;

export class PostgresTransaction implements SqlTransaction {
  readonly dialect = POSTGRES_DIALECT;
  readonly name: string;
  readonly #client: PoolClient;
  readonly #run: Run;
  #running = 0;
  #broken = false;
  #ended = false;

  constructor(name: string, client: PoolClient, run: Run) {
    this.name = name;
    this.#client = client;
    this.#run = run;
  }

  get client(): PoolClient {
    this.#refuseEnded();
    return this.#client;
  }

  async query<Row extends SqlRow = SqlRow>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#statement(sql, parameters)).rows as Row[];
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.#statement(sql, parameters)).rowCount ?? 0;
  }

  async commit(): Promise<void> {
    this.#refuseEnded();
    let command: string;
    try {
      ({ command } = await this.#client.query('COMMIT'));
    } catch (error) {
      this.#end(true);
      throw isConnectionLost(error)
        ? outcomeUnknownError(this.name, error)
        : postgresFailure(this.name, 'COMMIT', error);
    }
    this.#end(false);
    // The answer to the COMMIT of a transaction in which a statement has failed; it is not an error for the server.
    if (command !== 'COMMIT')
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
    if (this.#broken || this.#running > 0) return this.#end(true);
    this.#ended = true;
    try {
      await this.#client.query('ROLLBACK');
      this.#client.release();
    } catch {
      this.#client.release(true);
    }
  }

  async #statement(sql: string, parameters: readonly unknown[]): ReturnType<Run> {
    this.#refuseEnded();
    this.#running++;
    try {
      return await this.#run(sql, parameters);
    } catch (error) {
      if (isConnectionLost(error)) this.#broken = true;
      throw postgresFailure(this.name, sql, error);
    } finally {
      this.#running--;
    }
  }

  #end(destroy: boolean): void {
    this.#ended = true;
    this.#client.release(destroy);
  }

  #refuseEnded(): void {
    if (this.#ended) throw transactionEndedError(this.name);
  }
}
