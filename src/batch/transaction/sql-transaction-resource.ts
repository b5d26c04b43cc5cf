/**
 * Owns, in a database that items are written to, the table of chunk records; made when it is first used.
 *
 * 1. One row per step (or partition) of a job instance: the fencing token of the run that took it last, and the last record committed.
 * 2. A record is saved by one UPDATE that also checks the token: with another token than the run's own it changes nothing, and the run has lost its
 *    lease. A transaction that has saved a record and is not committed yet holds the row: whoever takes it waits.
 * 3. The table is made outside of the chunks' transactions, so that databases which commit at once when a table is made are no danger.
 */
import { quoteTable } from '../../database/dialects/sql-dialect.ts';
import { ConstraintViolationError } from '../../database/database-error.ts';
import type { SqlDatabase, SqlSession, SqlTransaction } from '../../database/sql-database.ts';
import { LostLeaseError } from '../batch-error.ts';
import type { ChunkRecordKey, ChunkTransaction, TransactionResource } from './transaction-resource.ts';

/** A chunk's transaction in an SQL database. */
export interface SqlChunkTransaction<Client = unknown> extends ChunkTransaction<Client> {
  /** For statements that are part of the transaction, the same for every database. */
  readonly sql: SqlSession;
}

export interface SqlTransactionResourceOptions {
  /** `table` or `schema.table`. Default `waymark_chunk`. */
  readonly table?: string | undefined;
}

const KEY = ['repository', 'instance', 'step', 'part'] as const;

export class SqlTransactionResource<Client = unknown> implements TransactionResource<Client> {
  readonly name: string;
  readonly thisMachineOnly: boolean;
  readonly database: SqlDatabase;
  readonly #table: string;
  readonly #update: string;
  readonly #insert: string;
  readonly #where: string;
  #made: Promise<void> | undefined;

  constructor(database: SqlDatabase, options: SqlTransactionResourceOptions = {}) {
    const { dialect } = database;
    this.name = database.name;
    this.thisMachineOnly = dialect.kind === 'sqlite';
    this.database = database;
    this.#table = quoteTable(dialect, options.table ?? 'waymark_chunk');
    const at = (position: number): string => dialect.placeholder(position);
    const key = KEY.map((column, index) => `${column} = ${at(index + 2)}`).join(' AND ');
    this.#update = `UPDATE ${this.#table} SET record = ${at(1)} WHERE ${key} AND fence = ${at(6)}`;
    this.#where = KEY.map((column, index) => `${column} = ${at(index + 1)}`).join(' AND ');
    this.#insert = `INSERT INTO ${this.#table} (${KEY.join(', ')}, fence, record) VALUES (${[1, 2, 3, 4, 5].map(at).join(', ')}, NULL)`;
  }

  async begin(timeoutMs: number): Promise<SqlChunkTransaction<Client>> {
    await this.#makeTable();
    const transaction = await this.database.begin({ timeoutMs });
    return new OpenChunkTransaction<Client>(this, transaction, this.#update);
  }

  async takeRecord(key: ChunkRecordKey, fence: number): Promise<Uint8Array | undefined> {
    await this.#makeTable();
    for (let tries = 1; ; tries++) {
      try {
        const taken = await this.database.transaction((transaction) => this.#take(transaction, key, fence));
        if (taken !== 'again') return taken;
      } catch (error) {
        // Somebody else has made the row at the same time.
        if (!(error instanceof ConstraintViolationError) || tries === 3) throw error;
      }
    }
  }

  async dropRecords(key: Parameters<TransactionResource['dropRecords']>[0]): Promise<void> {
    await this.#makeTable();
    const { dialect } = this.database;
    const conditions = ['repository', 'instance', ...(key.stepName === undefined ? [] : ['step'])];
    const where = conditions.map((column, index) => `${column} = ${dialect.placeholder(index + 1)}`);
    where.push(`fence <= ${dialect.placeholder(conditions.length + 1)}`);
    await this.database.execute(`DELETE FROM ${this.#table} WHERE ${where.join(' AND ')}`, [
      key.repositoryId,
      key.instanceId,
      ...(key.stepName === undefined ? [] : [key.stepName]),
      key.fence,
    ]);
  }

  /**
   * The last record committed, for looking at it: it is taken from nobody.
   * @throws DatabaseError, also if no transactional writer has written to this database yet
   */
  async readRecord(key: ChunkRecordKey): Promise<Uint8Array | undefined> {
    const [row] = await this.database.query<{ record: Uint8Array | null }>(
      `SELECT record FROM ${this.#table} WHERE ${this.#where}`,
      keyValues(key),
    );
    return row?.record === null || row === undefined ? undefined : new Uint8Array(row.record);
  }

  /** Job instances of a repository that have records here. @throws as `readRecord` */
  async instances(repositoryId: string): Promise<readonly number[]> {
    const rows = await this.database.query<{ instance: number }>(
      `SELECT DISTINCT instance FROM ${this.#table} WHERE repository = ${this.database.dialect.placeholder(1)} ORDER BY instance`,
      [repositoryId],
    );
    return rows.map(({ instance }) => instance);
  }

  async #take(
    transaction: SqlTransaction,
    key: ChunkRecordKey,
    fence: number,
  ): Promise<Uint8Array | 'again' | undefined> {
    const { dialect } = transaction;
    const values = keyValues(key);
    const raise = `UPDATE ${this.#table} SET fence = ${dialect.placeholder(1)} WHERE ${KEY.map(
      (column, index) => `${column} = ${dialect.placeholder(index + 2)}`,
    ).join(' AND ')} AND fence <= ${dialect.placeholder(6)}`;
    const raised = await transaction.execute(raise, [fence, ...values, fence]);
    const [row] = await transaction.query<{ fence: number; record: Uint8Array | null }>(
      `SELECT fence, record FROM ${this.#table} WHERE ${this.#where}`,
      values,
    );
    if (row === undefined) {
      await transaction.execute(this.#insert, [...values, fence]);
      return undefined;
    }
    if (row.fence > fence) throw lostLease(key);
    // The row was made after this transaction had looked for it.
    if (raised === 0) return 'again';
    return row.record === null ? undefined : new Uint8Array(row.record);
  }

  #makeTable(): Promise<void> {
    this.#made ??= makeChunkTable(this.database, this.#table).catch((error: unknown) => {
      this.#made = undefined;
      throw error;
    });
    return this.#made;
  }
}

class OpenChunkTransaction<Client> implements SqlChunkTransaction<Client> {
  readonly resource: SqlTransactionResource<Client>;
  readonly #transaction: SqlTransaction;
  readonly #update: string;

  constructor(resource: SqlTransactionResource<Client>, transaction: SqlTransaction, update: string) {
    this.resource = resource;
    this.#transaction = transaction;
    this.#update = update;
  }

  get client(): Client {
    return this.#transaction.client as Client;
  }

  get sql(): SqlSession {
    return this.#transaction;
  }

  async saveRecord(key: ChunkRecordKey, fence: number, record: Uint8Array): Promise<void> {
    const matched = await this.#transaction.execute(this.#update, [record, ...keyValues(key), fence]);
    if (matched === 0) throw lostLease(key);
  }

  commit(): Promise<void> {
    return this.#transaction.commit();
  }

  rollback(): Promise<void> {
    return this.#transaction.rollback();
  }
}

const keyValues = (key: ChunkRecordKey): unknown[] => [
  key.repositoryId,
  key.instanceId,
  key.stepName,
  key.partition,
];

function lostLease({ stepName, partition }: ChunkRecordKey): LostLeaseError {
  const part = partition < 0 ? '' : `, partition ${partition}`;
  return new LostLeaseError(`Step ${JSON.stringify(stepName)}${part}`);
}

async function makeChunkTable(database: SqlDatabase, table: string): Promise<void> {
  // First a look: who may write to tables may not always make them.
  try {
    await database.query(`SELECT fence FROM ${table} WHERE 1 = 0`);
    return;
  } catch {
    // It is not there, or will say why it cannot be used in a moment.
  }
  const { types, kind } = database.dialect;
  const create = `CREATE TABLE IF NOT EXISTS ${table} (
    repository ${kind === 'mysql' ? 'VARBINARY(100)' : types.key} NOT NULL,
    instance ${types.integer} NOT NULL,
    step ${types.key} NOT NULL,
    part ${types.integer} NOT NULL,
    fence ${types.integer} NOT NULL,
    record ${types.bytes},
    PRIMARY KEY (repository, instance, step, part)
  )`;
  if (kind !== 'postgres') {
    await database.execute(create);
    return;
  }
  // Two sessions that make one table at the same time meet in the catalogue, where IF NOT EXISTS does not help.
  await database.transaction(async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock(7732001)');
    await transaction.execute(create);
  });
}
