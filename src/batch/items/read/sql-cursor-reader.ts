import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import type { SqlDatabase, SqlRow } from '../../../database/sql-database.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { sourceChanged } from '../items-error.ts';
import { BufferedReader } from './buffered-reader.ts';

export interface SqlCursorReaderOptions {
  readonly database: FromContext<SqlDatabase>;
  /** With an ORDER BY that leaves no two rows in doubt: a restart passes over as many rows as were taken. */
  readonly select: FromContext<string>;
  readonly parameters?: FromContext<readonly unknown[]> | undefined;
  /** Rows in memory. Default 1000. */
  readonly pageSize?: number | undefined;
}

/**
 * Reads the rows of one query through a cursor: all of one moment, on a connection of its own for as long as the step runs. For queries without a unique
 * key; where there is one, a keyset reader restarts faster and holds nothing.
 */
export class SqlCursorReader<Row extends SqlRow = SqlRow> extends BufferedReader<Row, number> {
  readonly #database: SqlDatabase;
  readonly #select: string;
  readonly #parameters: readonly unknown[];
  readonly #pageSize: number;
  #pages: AsyncGenerator<Row[], void, undefined> | undefined;
  #taken = 0;
  #toPass = 0;

  constructor(database: SqlDatabase, select: string, parameters: readonly unknown[], pageSize: number) {
    super();
    this.#database = database;
    this.#select = select;
    this.#parameters = parameters;
    this.#pageSize = pageSize;
  }

  protected override async openAt(position: number | undefined): Promise<number> {
    await this.closeSource();
    this.#taken = 0;
    this.#toPass = position ?? 0;
    this.#pages = this.#database.stream<Row>(this.#select, this.#parameters, { rows: this.#pageSize });
    return this.#toPass;
  }

  protected override async readMore(): Promise<boolean> {
    const { value: page, done } = await this.#pages!.next();
    if (done === true) {
      if (this.#taken >= this.#toPass) return false;
      throw sourceChanged(
        this.#database.name,
        `the query has ${this.#taken} rows, and the checkpoint is after ${this.#toPass}`,
      );
    }
    for (const row of page) if (++this.#taken > this.#toPass) this.push(row, this.#taken);
    return true;
  }

  protected override async closeSource(): Promise<void> {
    const pages = this.#pages;
    this.#pages = undefined;
    await pages?.return();
  }
}

/** Reads the rows of a query through a cursor. */
export function sqlCursorReader<Row extends SqlRow = SqlRow>(
  options: SqlCursorReaderOptions,
): ArtifactClass<SqlCursorReader<Row>> {
  return class extends SqlCursorReader<Row> {
    constructor(context: ArtifactContext) {
      super(
        valueOf(options.database, context),
        valueOf(options.select, context),
        options.parameters === undefined ? [] : valueOf(options.parameters, context),
        options.pageSize ?? 1000,
      );
    }
  };
}
