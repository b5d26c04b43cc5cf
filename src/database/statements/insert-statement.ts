import { quoteTable, type SqlDialect } from '../dialects/sql-dialect.ts';
import type { SqlSession } from '../sql-database.ts';

export interface InsertShape {
  /** `table` or `schema.table`. */
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns of a unique key: rows that are there already are changed instead of refused. */
  readonly upsertKey?: readonly string[] | undefined;
  /** Columns that an upsert overwrites; default: all that are not part of the key. */
  readonly upsertColumns?: readonly string[] | undefined;
}

/** `INSERT` of that many rows, with an upsert clause if the shape has a key. */
export function insertStatement(dialect: SqlDialect, shape: InsertShape, rows: number): string {
  const columns = shape.columns.map((column) => dialect.quote(column));
  let position = 0;
  const row = (): string => `(${columns.map(() => dialect.placeholder(++position)).join(', ')})`;
  const values = Array.from({ length: rows }, row).join(', ');
  const insert = `INSERT INTO ${quoteTable(dialect, shape.table)} (${columns.join(', ')}) VALUES ${values}`;
  if (shape.upsertKey === undefined) return insert;
  const key = new Set(shape.upsertKey);
  const overwritten = shape.upsertColumns ?? shape.columns.filter((column) => !key.has(column));
  return `${insert} ${dialect.onConflict(
    shape.upsertKey.map((column) => dialect.quote(column)),
    overwritten.map((column) => dialect.quote(column)),
  )}`;
}

/** Rows per statement: more make it little faster, and an error then names more rows that were not at fault. */
const MOST_ROWS = 500;

/**
 * Inserts rows with as few statements as the database takes: full ones are of one text, so that it is prepared once.
 * @param rows One array per row, in the order of the shape's columns
 */
export async function insertRows(
  session: SqlSession,
  shape: InsertShape,
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const { dialect } = session;
  const atOnce = Math.max(
    1,
    Math.min(MOST_ROWS, Math.floor(dialect.mostParameters / Math.max(1, shape.columns.length))),
  );
  for (let from = 0; from < rows.length; from += atOnce) {
    const part = rows.slice(from, from + atOnce);
    await session.execute(insertStatement(dialect, shape, part.length), part.flat());
  }
}
