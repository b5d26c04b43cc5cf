import { type DatabaseError, databaseFailure, type FailureKind } from '../database-error.ts';

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const CANNOT_OPEN = 14;
const CONSTRAINT = 19;
const MISMATCH = 20;

function codeOf(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

export const isBusy = (error: unknown): boolean => [BUSY, LOCKED].includes(codeOf(error) ?? -1);
export const isReadOnly = (error: unknown): boolean => codeOf(error) === READ_ONLY;

export function sqliteFailure(database: string, sql: string | undefined, error: unknown): DatabaseError {
  const code = codeOf(error);
  let kind: FailureKind = 'other';
  if (code === BUSY || code === LOCKED) kind = 'conflict';
  else if (code === CONSTRAINT || code === MISMATCH) kind = 'constraint';
  else if (code === CANNOT_OPEN) kind = 'connection';
  return databaseFailure(kind, database, sql, error, code === undefined ? undefined : `SQLite ${code}`);
}
