/**
 * Owns the connections to one SQLite file: one that writes, one that reads outside of transactions, and one for each stream.
 *
 * 1. One transaction at a time in this process; the others wait in the order of asking, without blocking the process.
 * 2. While another process holds the file's write lock, `begin` tries again until `busyTimeoutMs` is over.
 * 3. A commit returns after the log's fsync (synchronous=FULL); the file is in WAL mode, so that readers and the writer do not wait for each other.
 * 4. A database in memory has one connection for all.
 */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { basename } from 'node:path';
import { closedError, type DatabaseError, transactionEndedError } from '../database-error.ts';
import { SQLITE_DIALECT } from '../dialects/sqlite-dialect.ts';
import { inTransaction, type SqlDatabase, type SqlRow, type SqlTransaction } from '../sql-database.ts';
import { TurnQueue } from '../turn-queue.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { isBusy, isReadOnly, sqliteFailure } from './sqlite-failure.ts';

export interface SqliteDatabaseOptions {
  /** A file, made if it is missing; `:memory:` for one that ends with this object. */
  readonly path: string;
  /** How long to wait for other processes. Default 30,000. */
  readonly busyTimeoutMs?: number | undefined;
}

const MEMORY = ':memory:';
/** For the moments in which even WAL mode needs a lock: blocks the process, and is short. */
const BRIEF_LOCK_MS = 2000;

export class SqliteDatabase implements SqlDatabase {
  readonly dialect = SQLITE_DIALECT;
  readonly name: string;
  readonly #path: string;
  readonly #busyTimeoutMs: number;
  readonly #turns = new TurnQueue();
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;
  readonly #streams = new Set<DatabaseSync>();
  #closed = false;

  /** @throws DatabaseError if the file cannot be opened, or is no database */
  constructor(options: SqliteDatabaseOptions) {
    this.#path = options.path;
    this.#busyTimeoutMs = options.busyTimeoutMs ?? 30_000;
    this.name = `SQLite ${options.path === MEMORY ? 'in memory' : basename(options.path)}`;
    this.#writer = this.#connect();
    this.#reader = options.path === MEMORY ? this.#writer : this.#connect();
    if (this.#reader !== this.#writer) this.#reader.database.exec('PRAGMA query_only = 1');
  }

  async query<Row extends SqlRow = SqlRow>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.#refuseClosed();
    try {
      return this.#reader.query(sql, parameters) as Row[];
    } catch (error) {
      if (!isReadOnly(error)) throw sqliteFailure(this.name, sql, error);
    }
    // It writes, too (INSERT ... RETURNING).
    return this.transaction((transaction) => transaction.query<Row>(sql, parameters));
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    const free = await this.#takeTurn();
    try {
      for (let wait = this.#waits(); ;) {
        try {
          return this.#writer.execute(sql, parameters);
        } catch (error) {
          if (!isBusy(error) || !(await wait())) throw sqliteFailure(this.name, sql, error);
        }
      }
    } finally {
      free();
    }
  }

  async begin(): Promise<SqliteTransaction> {
    const free = await this.#takeTurn();
    try {
      for (let wait = this.#waits(); ;) {
        try {
          this.#writer.database.exec('BEGIN IMMEDIATE');
          return new SqliteTransaction(this.name, this.#writer, free);
        } catch (error) {
          if (!isBusy(error) || !(await wait())) throw sqliteFailure(this.name, 'BEGIN IMMEDIATE', error);
        }
      }
    } catch (error) {
      free();
      throw error;
    }
  }

  transaction<Result>(work: (transaction: SqlTransaction) => Promise<Result>): Promise<Result> {
    return inTransaction(this, work);
  }

  async *stream<Row extends SqlRow = SqlRow>(
    sql: string,
    parameters: readonly unknown[],
    options: { readonly rows: number },
  ): AsyncGenerator<Row[], void, undefined> {
    this.#refuseClosed();
    const own = this.#path === MEMORY ? undefined : this.#connect();
    if (own !== undefined) this.#streams.add(own.database);
    try {
      let page: Row[] = [];
      for (const row of (own ?? this.#reader).iterate(sql, parameters)) {
        page.push(row as Row);
        if (page.length < options.rows) continue;
        yield page;
        page = [];
      }
      if (page.length > 0) yield page;
    } catch (error) {
      throw sqliteFailure(this.name, sql, error);
    } finally {
      if (own !== undefined && this.#streams.delete(own.database)) own.database.close();
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const free = await this.#turns.take();
    for (const stream of this.#streams) stream.close();
    this.#streams.clear();
    if (this.#reader !== this.#writer) this.#reader.database.close();
    this.#writer.database.close();
    free();
  }

  #connect(): SqliteConnection {
    try {
      const database = new DatabaseSync(this.#path, { timeout: BRIEF_LOCK_MS });
      try {
        database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = 1');
        // From here on waiting is done without blocking.
        database.exec('PRAGMA busy_timeout = 0');
      } catch (error) {
        database.close();
        throw error;
      }
      return new SqliteConnection(database);
    } catch (error) {
      throw sqliteFailure(`SQLite ${this.#path}`, undefined, error);
    }
  }

  async #takeTurn(): Promise<() => void> {
    this.#refuseClosed();
    const free = await this.#turns.take();
    if (!this.#closed) return free;
    free();
    throw closedError(this.name);
  }

  #refuseClosed(): void {
    if (this.#closed) throw closedError(this.name);
  }

  /** @returns what waits a little, longer each time; false when the time is over */
  #waits(): () => Promise<boolean> {
    let waited = 0;
    let pause = 1;
    return async () => {
      if (waited >= this.#busyTimeoutMs) return false;
      await sleep(pause);
      waited += pause;
      pause = Math.min(50, pause * 2);
      return true;
    };
  }
}

export class SqliteTransaction implements SqlTransaction {
  readonly dialect = SQLITE_DIALECT;
  readonly name: string;
  readonly #connection: SqliteConnection;
  readonly #free: () => void;
  #ended = false;

  constructor(name: string, connection: SqliteConnection, free: () => void) {
    this.name = name;
    this.#connection = connection;
    this.#free = free;
  }

  get client(): DatabaseSync {
    this.#refuseEnded();
    return this.#connection.database;
  }

  async query<Row extends SqlRow = SqlRow>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.#refuseEnded();
    try {
      return this.#connection.query(sql, parameters) as Row[];
    } catch (error) {
      throw this.#failure(sql, error);
    }
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    this.#refuseEnded();
    try {
      return this.#connection.execute(sql, parameters);
    } catch (error) {
      throw this.#failure(sql, error);
    }
  }

  async commit(): Promise<void> {
    this.#refuseEnded();
    try {
      this.#connection.database.exec('COMMIT');
    } catch (error) {
      await this.rollback();
      throw this.#failure('COMMIT', error);
    }
    this.#end();
  }

  async rollback(): Promise<void> {
    if (this.#ended) return;
    try {
      // Some errors of SQLite have rolled back already.
      if (this.#connection.database.isTransaction) this.#connection.database.exec('ROLLBACK');
    } finally {
      this.#end();
    }
  }

  #end(): void {
    this.#ended = true;
    this.#free();
  }

  #refuseEnded(): void {
    if (this.#ended) throw transactionEndedError(this.name);
  }

  #failure(sql: string, error: unknown): DatabaseError {
    return sqliteFailure(this.name, sql, error);
  }
}
