import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { createKeyTable } from './key-tables.ts';
import { StoreError, StoreErrorCode } from '../store-error.ts';

/**
 * Version of the tables and of the bytes in them. A store opens its own version, and brings earlier ones to it. Version 1 had indexes
 * of the table `result` in place of the tables of keys.
 */
export const FORMAT_VERSION = 2;

export const DATABASE_FILE = 'waymark.db';
/** Written once a store has been made. It tells an emptied database from one that never was. */
export const MARK_FILE = 'waymark-store.json';

// live: one row per slot, never deleted; see record-format.ts for free rows. No index: ids and request ids of live
// instances are in memory, so that a checkpoint touches one page.
// result: completed instances with a request id. `request` and `script` are numbers of key-hash.ts, `sum` is a checksum of id and
// request. result_id, result_request, result_merged: see result-keys.ts.
const KEY_TABLES = `
  ${createKeyTable('result_id', 'id', 'TEXT')};
  ${createKeyTable('result_request', 'request', 'INTEGER')};
  CREATE TABLE result_merged (upto INTEGER NOT NULL);
`;
const TABLES = `
  CREATE TABLE format (version INTEGER NOT NULL);
  INSERT INTO format VALUES (${FORMAT_VERSION});
  CREATE TABLE live (slot INTEGER PRIMARY KEY, record BLOB NOT NULL);
  CREATE TABLE result (number INTEGER PRIMARY KEY, id TEXT NOT NULL, request INTEGER NOT NULL, script INTEGER NOT NULL,
    created REAL NOT NULL, ended REAL NOT NULL, sum INTEGER NOT NULL, record BLOB NOT NULL);
  CREATE INDEX result_by_age ON result (created, ended);
  ${KEY_TABLES}
  INSERT INTO result_merged VALUES (0);
  CREATE TABLE code (hash TEXT PRIMARY KEY, checksum INTEGER NOT NULL, bundle BLOB NOT NULL) WITHOUT ROWID;
`;

/** The rows of version 1 have no checksum of their keys, and need none: those are on disk, and compared with the rows. */
const FROM_VERSION_1 = `
  ${KEY_TABLES}
  INSERT INTO result_id SELECT id, number FROM result ORDER BY id;
  INSERT INTO result_request SELECT request, number FROM result ORDER BY request, number;
  INSERT INTO result_merged SELECT coalesce(max(number), 0) FROM result;
  DROP INDEX result_by_id;
  DROP INDEX result_by_request;
  ALTER TABLE result ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
  UPDATE format SET version = ${FORMAT_VERSION};
`;

function syncDirectory(path: string): void {
  // Windows cannot sync a directory and does not need to.
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the folder and those above it, durably. */
export function makeDirectory(directory: string): void {
  const first = mkdirSync(directory, { recursive: true });
  if (first === undefined) return;
  for (let path = directory; path.length >= dirname(first).length; path = dirname(path)) {
    syncDirectory(path);
    if (path === dirname(path)) break;
  }
}

interface Mark {
  readonly format: number;
  readonly createdAt: string;
  /** Different for every store that was ever made. Marks of the first versions have none: their time of creation stands for it. */
  readonly identity?: string;
}

/**
 * Which store this is: the same for as long as its files live, another one after they were lost or put aside.
 * @throws StoreError WM5003 when the mark is missing or torn
 */
export function storeIdentity(directory: string): string {
  const mark = readMark(directory);
  const identity = mark?.identity ?? mark?.createdAt;
  if (identity !== undefined) return identity;
  throw new StoreError(StoreErrorCode.damaged, `${join(directory, MARK_FILE)} cannot be read`, {
    fix: 'Put the file back from a copy.',
  });
}

function readMark(directory: string): Mark | undefined {
  let text: string;
  try {
    text = readFileSync(join(directory, MARK_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as Mark;
  } catch {
    // The mark is written whole before it is needed; a torn one says as much as none at all.
    return undefined;
  }
}

function newerFormat(directory: string, version: unknown): StoreError {
  return new StoreError(
    StoreErrorCode.newerFormat,
    `the store in ${directory} has format ${String(version)}; this version of Waymark reads format ${FORMAT_VERSION}`,
    { fix: 'Start it with the version of Waymark that wrote it, or a newer one.' },
  );
}

function databaseGone(directory: string, mark: Mark): StoreError {
  return new StoreError(
    StoreErrorCode.damaged,
    `${join(directory, DATABASE_FILE)} is missing or empty, but ${MARK_FILE} says that a store was made there on ${mark.createdAt}`,
    { fix: 'Put the file back from a copy, or delete the whole folder to start with nothing in flight.' },
  );
}

/** Before the database is opened: opening would make an empty one in place of one that is gone. */
export function refuseEmptied(directory: string): void {
  const mark = readMark(directory);
  if (mark === undefined) return;
  if (mark.format > FORMAT_VERSION) throw newerFormat(directory, mark.format);
  const size = statSync(join(directory, DATABASE_FILE), { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) throw databaseGone(directory, mark);
}

/** Makes the tables in a new database, brings those of an earlier version to this one, or refuses them. */
export function prepareSchema(database: DatabaseSync, directory: string): void {
  const names = database
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`)
    .all()
    .map((row) => String(row['name']));
  const mark = readMark(directory);
  if (names.length === 0) {
    if (mark !== undefined) throw databaseGone(directory, mark);
    database.exec(`BEGIN IMMEDIATE; ${TABLES} COMMIT; PRAGMA wal_checkpoint(TRUNCATE);`);
  } else if (names.includes('format')) {
    const version = database.prepare('SELECT version FROM format').get()?.['version'];
    if (version === 1)
      database.exec(`BEGIN IMMEDIATE; ${FROM_VERSION_1} COMMIT; PRAGMA wal_checkpoint(TRUNCATE);`);
    else if (version !== FORMAT_VERSION) throw newerFormat(directory, version);
  } else {
    throw new StoreError(
      StoreErrorCode.foreignFile,
      `${join(directory, DATABASE_FILE)} is an SQLite database, but not a Waymark store (tables: ${names.join(', ')})`,
      { fix: 'Give Waymark a data folder of its own.' },
    );
  }
  if (mark === undefined) {
    const path = join(directory, MARK_FILE);
    writeFileSync(
      path,
      `${JSON.stringify({ format: FORMAT_VERSION, createdAt: new Date().toISOString(), identity: randomUUID() } satisfies Mark)}\n`,
      { flush: true },
    );
    syncDirectory(directory);
  }
}
