/** What transactions of PostgreSQL ask of the pg package. */
import type { PoolClient } from 'pg';
import { POSTGRES_DIALECT } from '../dialects/postgres-dialect.ts';
import type { PooledDriver, StatementResult } from '../pooled-transaction.ts';
import type { SqlRow } from '../sql-database.ts';
import { isConnectionLost, postgresFailure } from './postgres-failure.ts';
import type { PreparedNames } from './prepared-names.ts';

export class PostgresDriver implements PooledDriver<PoolClient> {
  readonly dialect = POSTGRES_DIALECT;
  readonly isConnectionLost = isConnectionLost;
  readonly failure = postgresFailure;
  readonly #names: PreparedNames | undefined;

  /** @param names Undefined: statements are not prepared. */
  constructor(names: PreparedNames | undefined) {
    this.#names = names;
  }

  async run(client: PoolClient, sql: string, parameters: readonly unknown[]): Promise<StatementResult> {
    const values = parameters.map((value) => POSTGRES_DIALECT.parameter(value));
    const name = values.length === 0 ? undefined : this.#names?.nameOf(sql);
    const { rows, rowCount } = await client.query<SqlRow>(
      name === undefined ? { text: sql, values } : { name, text: sql, values },
    );
    return { rows, changed: rowCount ?? 0 };
  }

  /** The answer to the COMMIT of a transaction in which a statement has failed is another one; it is not an error for the server. */
  async commit(client: PoolClient): Promise<boolean> {
    return (await client.query('COMMIT')).command === 'COMMIT';
  }

  async rollback(client: PoolClient): Promise<void> {
    await client.query('ROLLBACK');
  }

  release(client: PoolClient, close: boolean): void {
    client.release(close);
  }

  /** Such a transaction takes no statements any more, and its COMMIT says so. */
  hasEndedTransaction(): boolean {
    return false;
  }
}
