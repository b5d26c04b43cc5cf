import type { SqlRow, SqlSession } from '../../../database/sql-database.ts';

/** Writes a statement's `?` as the database wants them. For statements without text constants. */
export function numbered(session: SqlSession, sql: string): string {
  if (session.dialect.kind !== 'postgres') return sql;
  let position = 0;
  return sql.replaceAll('?', () => session.dialect.placeholder(++position));
}

export const select = <Row extends SqlRow>(
  session: SqlSession,
  sql: string,
  ...parameters: readonly unknown[]
): Promise<Row[]> => session.query<Row>(numbered(session, sql), parameters);

export const change = (
  session: SqlSession,
  sql: string,
  ...parameters: readonly unknown[]
): Promise<number> => session.execute(numbered(session, sql), parameters);

/** Holds the rows of a SELECT until the transaction ends. SQLite has one writer, whose transactions need no such thing. */
export const holdingRows = (session: SqlSession, mode: 'FOR UPDATE' | 'FOR SHARE'): string =>
  session.dialect.kind === 'sqlite' ? '' : ` ${mode}`;
