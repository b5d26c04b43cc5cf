import { type DatabaseError, databaseFailure, type FailureKind } from '../database-error.ts';

/** By class or code of https://www.postgresql.org/docs/current/errcodes-appendix.html. */
function kindOf(state: string | undefined): FailureKind {
  if (state === undefined) return 'other';
  if (state.startsWith('23') || state.startsWith('22')) return 'constraint';
  if (/^(40|55P03$|57014$)/.test(state)) return 'conflict';
  if (/^(08|57P|53|28|3D)/.test(state)) return 'connection';
  return 'other';
}

/** Errors of sockets, and the driver's own, which have no code, about connections that ended. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && /^(E[A-Z]+|08...|57P0.|25P03)$/.test(code)) return true;
  return (
    code === undefined &&
    typeof message === 'string' &&
    /connection (terminated|error|ended)|client was closed|not queryable|timeout exceeded when trying to connect/i.test(
      message,
    )
  );
}

export function postgresFailure(database: string, sql: string | undefined, error: unknown): DatabaseError {
  const code = (error as { code?: unknown }).code;
  const state = typeof code === 'string' ? code : undefined;
  const kind = isConnectionLost(error) ? 'connection' : kindOf(state);
  return databaseFailure(kind, database, sql, error, state);
}
