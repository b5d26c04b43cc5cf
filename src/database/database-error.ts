import { WaymarkError } from '../waymark-error.ts';

/** Codes of everything that a database reports. They are stable. */
export const DatabaseErrorCode = {
  driverMissing: 'WM9501',
  cannotConnect: 'WM9502',
  statementFailed: 'WM9503',
  outcomeUnknown: 'WM9504',
  conflict: 'WM9505',
  constraintViolated: 'WM9506',
  closed: 'WM9507',
  transactionEnded: 'WM9508',
  badAddress: 'WM9509',
  badValue: 'WM9510',
} as const;

export type DatabaseErrorCode = (typeof DatabaseErrorCode)[keyof typeof DatabaseErrorCode];

export interface DatabaseErrorOptions {
  readonly fix: string;
  readonly cause?: unknown;
  /** Without its parameters: these may be anybody's data. */
  readonly statement?: string | undefined;
  /** The database's own: an SQLSTATE, a number of SQLite or MySQL. */
  readonly databaseCode?: string | undefined;
}

export class DatabaseError extends WaymarkError {
  readonly statement: string | undefined;
  readonly databaseCode: string | undefined;

  constructor(code: DatabaseErrorCode, message: string, options: DatabaseErrorOptions) {
    super(code, message, options);
    this.statement = options.statement;
    this.databaseCode = options.databaseCode;
  }
}

/** A row breaks a rule of its table (unique, not null, check, foreign key) or does not fit: the same row would fail again. To be skipped. */
export class ConstraintViolationError extends DatabaseError {}

/** Somebody else was in the way (deadlock, lock held, serialization failure): the same transaction may pass if it is done again. To be retried. */
export class ConflictError extends DatabaseError {}

/** The connection is gone or could not be made: the database may be back in a while. To be retried. */
export class ConnectionLostError extends DatabaseError {}

const LONGEST_STATEMENT = 200;

/** A statement on one line, cut to what a message can hold. */
export function statementText(sql: string): string {
  const line = sql.replaceAll(/\s+/g, ' ').trim();
  return line.length <= LONGEST_STATEMENT ? line : `${line.slice(0, LONGEST_STATEMENT)} ...`;
}

export type FailureKind = 'constraint' | 'conflict' | 'connection' | 'other';

/** The error for what a driver has thrown. */
export function databaseFailure(
  kind: FailureKind,
  database: string,
  sql: string | undefined,
  cause: unknown,
  databaseCode: string | undefined,
): DatabaseError {
  if (cause instanceof DatabaseError) return cause;
  const what = cause instanceof Error && cause.message !== '' ? cause.message : String(cause);
  const statement = sql === undefined ? undefined : statementText(sql);
  const where = `${database}: ${what}${databaseCode === undefined ? '' : ` (${databaseCode})`}`;
  const message = statement === undefined ? where : `${where}, in: ${statement}`;
  const details = { cause, statement, databaseCode };
  if (kind === 'constraint')
    return new ConstraintViolationError(DatabaseErrorCode.constraintViolated, message, {
      ...details,
      fix: 'Correct the row, let the job skip ConstraintViolationError, or write with an upsert.',
    });
  if (kind === 'conflict')
    return new ConflictError(DatabaseErrorCode.conflict, message, {
      ...details,
      fix: 'Do the transaction again, or let the job retry ConflictError. If it happens often, let fewer writers touch the same rows at once.',
    });
  if (kind === 'connection')
    return new ConnectionLostError(DatabaseErrorCode.cannotConnect, message, {
      ...details,
      fix: 'Check that the database runs, its address, user and password, and how many connections it allows.',
    });
  return new DatabaseError(DatabaseErrorCode.statementFailed, message, {
    ...details,
    fix: 'Check the statement against the tables of this database and the rights of its user.',
  });
}

export function closedError(database: string): DatabaseError {
  return new DatabaseError(DatabaseErrorCode.closed, `${database} was closed`, {
    fix: 'Close a database after the jobs that use it have ended.',
  });
}

export function transactionEndedError(database: string): DatabaseError {
  return new DatabaseError(
    DatabaseErrorCode.transactionEnded,
    `${database}: the transaction has ended already`,
    {
      fix: 'Ask for the transaction at each call, for example with context.transaction: every chunk has its own.',
    },
  );
}

export function outcomeUnknownError(database: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    DatabaseErrorCode.outcomeUnknown,
    `${database}: the connection broke during a commit; nobody knows yet whether the transaction was committed`,
    {
      cause,
      fix: 'Restart the job: it goes on from the record that the database really has.',
    },
  );
}
