/**
 * Owns the SQLite connection, its transactions and its write-ahead log.
 *
 * 1. One connection holds the file exclusively from opening to closing: nobody else can copy the log or see half a state.
 * 2. `commit` returns only after the log's fsync (synchronous=FULL).
 * 3. The log is copied into the database by `copyLogIfDue` only, never inside a commit, so that an error of either is seen
 *    and writers are answered before the copying starts.
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { folderInUse, removeHolder, writeHolder } from './folder-holder.ts';
import type { EngineOptions } from './engine-messages.ts';
import { DATABASE_FILE, makeDirectory, prepareSchema, refuseEmptied } from './schema.ts';
import { damagedDatabase, failureOf, isBusy, openingFailureOf } from './sqlite-failure.ts';
import type { StoreError } from '../store-error.ts';

const PAGE_SIZE = 4096;
const LOG_HEADER = 32;
const FRAME_HEADER = 24;

/** Stands in for SQLite's error when a test asks for a failed fsync. The number is SQLITE_IOERR_FSYNC. */
class InjectedFsyncFailure extends Error {
  readonly errcode = 1034;
}

/**
 * Prepares the log's file, once its valid frames are read; only for the holder of the lock.
 *
 * It is filled with zeros up to the size that it will reach, as syncing a write into blocks written before is about twice as fast
 * as syncing one that makes the file grow. SQLite takes zeros after the valid frames for the end of the log.
 *
 * It is synced, as a process that was killed may have left frames that only the system's cache has: they are read and
 * acted upon from now on, so they must be as durable as what was acknowledged.
 */
function prepareLog(path: string, pages: number): void {
  if (!existsSync(path)) return;
  const end = LOG_HEADER + pages * (PAGE_SIZE + FRAME_HEADER);
  const zeros = Buffer.alloc(2 ** 20);
  const file = openSync(path, 'r+');
  try {
    const size = fstatSync(file).size;
    try {
      for (let at = size; at < end;) at += writeSync(file, zeros, 0, Math.min(zeros.length, end - at), at);
    } catch {
      // Without room the log grows as it is written: slower, and no less safe.
      ftruncateSync(file, size);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function open(options: EngineOptions): DatabaseSync {
  const { directory } = options;
  makeDirectory(directory);
  refuseEmptied(directory);
  const path = join(directory, DATABASE_FILE);
  const isNew = !existsSync(path);
  const database = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: false });
  try {
    // Checkpoints hold whatever the scripts hold.
    if (isNew) chmodSync(path, 0o600);
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA page_size = ${PAGE_SIZE};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA fullfsync = 1;
      PRAGMA checkpoint_fullfsync = 1;
      PRAGMA wal_autocheckpoint = 0;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = ${-1024 * options.cacheMegabytes};
    `);
    // The first write takes the lock; it must not wait for the first checkpoint.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    writeHolder(directory);
    const state = database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    if (state !== 'ok') throw damagedDatabase(directory, String(state));
    prepareSchema(database, directory);
    prepareLog(`${path}-wal`, options.walPages);
    if (options.maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${options.maxPages}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export class Database {
  readonly #connection: DatabaseSync;
  readonly #directory: string;
  readonly #walPages: number;
  readonly #failCommit: EngineOptions['failCommit'];
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #walState: StatementSync;
  /** Bound of the pages in the log; unknown at first, as a killed process may have left some. */
  #pagesWritten: number;
  #commits = 0;
  #copies = 0;

  /** Opens or makes the database. @throws StoreError that says why it cannot be used. */
  constructor(options: EngineOptions) {
    this.#directory = options.directory;
    this.#walPages = options.walPages;
    this.#pagesWritten = options.walPages;
    this.#failCommit = options.failCommit;
    try {
      this.#connection = open(options);
    } catch (error) {
      throw isBusy(error) ? folderInUse(options.directory) : openingFailureOf(error, options.directory);
    }
    this.#begin = this.prepare('BEGIN IMMEDIATE');
    this.#commit = this.prepare('COMMIT');
    this.#walState = this.prepare('PRAGMA wal_checkpoint(NOOP)');
  }

  get commits(): number {
    return this.#commits;
  }

  get copies(): number {
    return this.#copies;
  }

  get directory(): string {
    return this.#directory;
  }

  prepare(sql: string): StatementSync {
    return this.#connection.prepare(sql);
  }

  /** Runs statements that have no parameters. */
  execute(sql: string): void {
    this.#connection.exec(sql);
  }

  begin(): void {
    this.#begin.run();
  }

  /** Makes the transaction durable. `pagesAtMost` bounds the pages that it changed, to know when the log is long. */
  commit(pagesAtMost: number): void {
    const injected = this.#failCommit?.number === this.#commits + 1 ? this.#failCommit.when : undefined;
    if (injected === 'before') throw new InjectedFsyncFailure('injected fsync failure');
    this.#commit.run();
    if (injected === 'after') throw new InjectedFsyncFailure('injected fsync failure');
    this.#commits++;
    this.#pagesWritten += pagesAtMost;
  }

  rollback(): void {
    if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
  }

  /** Copies the log into the database if it has grown long. @returns the error that ends the store, if there was one. */
  copyLogIfDue(): StoreError | undefined {
    if (this.#pagesWritten < this.#walPages) return undefined;
    try {
      const pages = Number(this.#walState.get()?.['log'] ?? 0);
      this.#pagesWritten = pages;
      if (pages >= this.#walPages) {
        this.#connection.exec('PRAGMA wal_checkpoint(PASSIVE)');
        this.#copies++;
        this.#pagesWritten = 0;
      }
      return undefined;
    } catch (error) {
      const failure = failureOf(error, this.#directory);
      if (failure.fatal) return failure;
      // No room in the database file: all of it stays in the log, and the copying is tried again later.
      this.#pagesWritten = 0;
      return undefined;
    }
  }

  /** Closes the connection; `clean` says whether the log may be copied and the holder's name removed. */
  close(): void {
    // SQLite copies the log when the last connection closes. If that fails the log stays and is read at the next opening.
    removeHolder(this.#directory);
    this.#connection.close();
  }
}
