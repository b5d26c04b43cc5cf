import type { FieldPacket, PoolConnection, ResultSetHeader } from 'mysql2/promise';
import { MYSQL_DIALECT } from '../dialects/mysql-dialect.ts';
import type { StatementResult } from '../pooled-transaction.ts';
import type { SqlRow } from '../sql-database.ts';

/** Of the protocol. */
const BIGINT = 8;

/** Always prepared: the values never become part of the text. */
export async function runMysql(
  connection: PoolConnection,
  sql: string,
  parameters: readonly unknown[],
): Promise<StatementResult> {
  const values = parameters.map((value) => MYSQL_DIALECT.parameter(value));
  const [result, fields] = await connection.execute(sql, values as never);
  if (!Array.isArray(result)) return { rows: [], changed: (result as ResultSetHeader).affectedRows };
  return { rows: exactNumbers(result as SqlRow[], fields), changed: result.length };
}

/** The driver gives whole numbers that a number cannot hold as text. */
export function exactNumbers(rows: SqlRow[], fields: readonly FieldPacket[] | undefined): SqlRow[] {
  const columns = (fields ?? [])
    .filter((field) => (field.columnType ?? field.type) === BIGINT)
    .map(({ name }) => name);
  if (columns.length === 0) return rows;
  for (const row of rows)
    for (const column of columns)
      if (typeof row[column] === 'string') row[column] = BigInt(row[column] as string);
  return rows;
}
