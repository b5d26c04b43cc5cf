import { join } from 'node:path';
import { StoreError, StoreErrorCode } from '../store-error.ts';
import { DATABASE_FILE } from './schema.ts';

/** Among others: a statement names a column that is not there. */
const SQLITE_ERROR = 1;
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;

function primaryCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

export const isBusy = (error: unknown): boolean => primaryCode(error) === SQLITE_BUSY;
export const isDamage = (error: unknown): boolean => {
  const code = primaryCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
};

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' ? `${error.message} (SQLite code ${code})` : error.message;
}

export function damagedDatabase(directory: string, what: string, cause?: unknown): StoreError {
  return new StoreError(StoreErrorCode.damaged, `${join(directory, DATABASE_FILE)} is damaged: ${what}`, {
    fix: 'Put the data folder back from a copy, or move it away and let the peer that holds its replica take over.',
    fatal: true,
    cause,
  });
}

/**
 * What a failed write means. A full disk was noticed before anything counted: SQLite can take the group back and go on.
 * Anything else leaves open what is on disk - after a failed fsync the kernel may have dropped the pages and call the
 * file clean - so it ends the store.
 */
export function failureOf(error: unknown, directory: string): StoreError {
  if (error instanceof StoreError) return error;
  if (primaryCode(error) === SQLITE_FULL) {
    return new StoreError(StoreErrorCode.full, `no room for the store in ${directory}: ${describe(error)}`, {
      fix: 'Make room on the disk; the store takes writes again as soon as there is some.',
      cause: error,
    });
  }
  if (isDamage(error)) return damagedDatabase(directory, describe(error), error);
  return new StoreError(
    StoreErrorCode.commitFailed,
    `the store in ${directory} could not make a write durable: ${describe(error)}`,
    {
      fix: 'Check the disk and the system log, then start again: what was acknowledged is read back from the disk.',
      fatal: true,
      cause: error,
    },
  );
}

/** What a failed opening means. */
export function openingFailureOf(error: unknown, directory: string): StoreError {
  if (error instanceof StoreError) return error;
  if (isDamage(error)) return damagedDatabase(directory, describe(error), error);
  return new StoreError(
    StoreErrorCode.cannotOpen,
    `cannot open the store in ${directory}: ${describe(error)}`,
    {
      fix: 'Check that the folder exists, is on a local disk with room, and may be read and written by this user.',
      cause: error,
    },
  );
}

/** What it means that the statements of the store cannot be prepared, or its tables not be read, when the database is open and of the right format. */
export function tablesFailureOf(error: unknown, directory: string): StoreError {
  if (primaryCode(error) === SQLITE_ERROR) return damagedDatabase(directory, describe(error), error);
  return openingFailureOf(error, directory);
}
