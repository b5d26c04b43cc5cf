/** Keyset paging: each page begins after the key of the last row seen, so that it costs the same anywhere, and rows inserted before do not shift it. */
import type { SqlDialect } from '../dialects/sql-dialect.ts';

export interface KeysetShape {
  /** A query without ORDER BY and LIMIT. */
  readonly select: string;
  readonly parameters?: readonly unknown[];
  /** Columns of the result that together are unique and never null; the order of the rows. */
  readonly key: readonly string[];
}

export interface KeysetPage {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** @param after The key of the last row seen; undefined: from the beginning */
export function keysetPage(
  dialect: SqlDialect,
  shape: KeysetShape,
  after: readonly unknown[] | undefined,
  rows: number,
): KeysetPage {
  const key = shape.key.map((column) => dialect.quote(column));
  const parameters = [...(shape.parameters ?? [])];
  let where = '';
  if (after !== undefined) {
    const placeholders = after.map((value) => {
      parameters.push(value);
      return dialect.placeholder(parameters.length);
    });
    // Row values: all three databases compare them column by column, and the first two use an index for it.
    where =
      key.length === 1
        ? ` WHERE ${key[0]} > ${placeholders[0]}`
        : ` WHERE (${key.join(', ')}) > (${placeholders.join(', ')})`;
  }
  return {
    sql: `SELECT * FROM (${shape.select}) AS page${where} ORDER BY ${key.join(', ')} LIMIT ${rows}`,
    parameters,
  };
}
