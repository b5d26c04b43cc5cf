import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import { keysetPage, type KeysetShape } from '../../../database/statements/keyset-statement.ts';
import type { SqlDatabase, SqlRow } from '../../../database/sql-database.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { ItemsError, ItemsErrorCode } from '../items-error.ts';
import { BufferedReader } from './buffered-reader.ts';

export interface SqlKeysetReaderOptions {
  readonly database: FromContext<SqlDatabase>;
  /** A query without ORDER BY and LIMIT, with the database's own placeholders. */
  readonly select: FromContext<string>;
  readonly parameters?: FromContext<readonly unknown[]> | undefined;
  /** Columns of the result that together are unique and never null: the order of the items. */
  readonly key: readonly string[];
  /** Rows per query. Default 1000. */
  readonly pageSize?: number | undefined;
}

/** Key of the last row taken; undefined: none yet. */
type KeyPosition = readonly unknown[] | null;

/**
 * Reads the rows of a query page by page, each page after the key of the last row. No connection is held between pages; rows that are inserted or deleted
 * meanwhile shift nothing; a restart begins after the last row.
 */
export class SqlKeysetReader<Row extends SqlRow = SqlRow> extends BufferedReader<Row, KeyPosition> {
  readonly #database: SqlDatabase;
  readonly #shape: KeysetShape;
  readonly #pageSize: number;
  #after: KeyPosition = null;

  constructor(database: SqlDatabase, shape: KeysetShape, pageSize: number) {
    super();
    if (shape.key.length === 0)
      throw new ItemsError(ItemsErrorCode.badOption, 'A keyset reader was given no key', {
        fix: 'Name the columns that are unique together, for example the primary key.',
      });
    this.#database = database;
    this.#shape = shape;
    this.#pageSize = pageSize;
  }

  protected override async openAt(position: KeyPosition | undefined): Promise<KeyPosition> {
    this.#after = position ?? null;
    return this.#after;
  }

  protected override async readMore(): Promise<boolean> {
    const { key } = this.#shape;
    const page = keysetPage(this.#database.dialect, this.#shape, this.#after ?? undefined, this.#pageSize);
    const rows = await this.#database.query<Row>(page.sql, page.parameters);
    for (const row of rows) {
      const after = key.map((column) => row[column]);
      if (after.some((value) => value === null || value === undefined))
        throw new ItemsError(
          ItemsErrorCode.badOption,
          `${this.#database.name}: a row has no value in ${key.join(', ')}, so that it has no place among the others`,
          { fix: 'Use columns that are never null and part of the result.' },
        );
      this.push(row, (this.#after = after));
    }
    return rows.length === this.#pageSize;
  }
}

/** Reads the rows of a query in the order of a key. */
export function sqlKeysetReader<Row extends SqlRow = SqlRow>(
  options: SqlKeysetReaderOptions,
): ArtifactClass<SqlKeysetReader<Row>> {
  return class extends SqlKeysetReader<Row> {
    constructor(context: ArtifactContext) {
      const parameters = options.parameters === undefined ? [] : valueOf(options.parameters, context);
      const shape = { select: valueOf(options.select, context), key: options.key, parameters };
      super(valueOf(options.database, context), shape, options.pageSize ?? 1000);
    }
  };
}
