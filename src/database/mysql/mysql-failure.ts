import { type DatabaseError, databaseFailure, type FailureKind } from '../database-error.ts';

/** Error numbers of MySQL and MariaDB for rows that a table refuses. */
const REFUSED_ROWS = new Set([
  1022, 1048, 1062, 1216, 1217, 1264, 1265, 1292, 1364, 1366, 1406, 1451, 1452, 1557, 1586, 3819, 4025,
]);
/** Lock wait timeout, deadlock, statement interrupted by its time limit, changed since read. */
const CONFLICTS = new Set([1020, 1205, 1213, 1317, 1969, 3024]);
/** Access denied, unknown database, too many connections, shutdown, connection killed. */
const CONNECTION = new Set([1040, 1044, 1045, 1049, 1053, 1129, 1130, 1152, 1159, 1161, 1203, 1927]);

export function isConnectionLost(error: unknown): boolean {
  const { code, fatal, errno } = error as { code?: unknown; fatal?: unknown; errno?: unknown };
  return (
    fatal === true ||
    (typeof code === 'string' && /^(PROTOCOL_CONNECTION_LOST|E[A-Z]+)$/.test(code)) ||
    (typeof errno === 'number' && errno === 1927)
  );
}

export function mysqlFailure(database: string, sql: string | undefined, error: unknown): DatabaseError {
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  const number = typeof errno === 'number' && errno > 0 ? errno : -1;
  let kind: FailureKind = 'other';
  if (REFUSED_ROWS.has(number)) kind = 'constraint';
  else if (CONFLICTS.has(number)) kind = 'conflict';
  else if (isConnectionLost(error) || CONNECTION.has(number)) kind = 'connection';
  return databaseFailure(kind, database, sql, error, typeof code === 'string' ? code : undefined);
}
