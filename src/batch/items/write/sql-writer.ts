import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import type { ItemWriter, WriteGuarantee } from '../../artifacts/chunk-artifacts.ts';
import type { SqlSession } from '../../../database/sql-database.ts';
import { type InsertShape, insertRows } from '../../../database/statements/insert-statement.ts';
import type {
  SqlChunkTransaction,
  SqlTransactionResource,
} from '../../transaction/sql-transaction-resource.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { ItemsError, ItemsErrorCode } from '../items-error.ts';

/** Writes the items of a chunk with statements of the chunk's own transaction: exactly once. */
export class SqlWriter<Item> implements ItemWriter<Item> {
  readonly transactionResource: SqlTransactionResource;
  readonly guarantee: WriteGuarantee = 'transactional';
  readonly #context: ArtifactContext;
  readonly #write: (session: SqlSession, items: readonly Item[]) => Promise<void>;

  constructor(
    context: ArtifactContext,
    resource: SqlTransactionResource,
    write: (session: SqlSession, items: readonly Item[]) => Promise<void>,
  ) {
    this.#context = context;
    this.transactionResource = resource;
    this.#write = write;
  }

  async writeItems(items: Item[]): Promise<void> {
    if (items.length === 0) return;
    const transaction = this.#context.transaction as SqlChunkTransaction | undefined;
    if (transaction?.resource !== this.transactionResource)
      throw new ItemsError(
        ItemsErrorCode.noTransaction,
        `${this.transactionResource.name}: there is no transaction of this database to write ${items.length} items in`,
        { fix: 'Let all writers of a step that write to databases share one SqlTransactionResource.' },
      );
    await this.#write(transaction.sql, items);
  }
}

export interface SqlTableWriterOptions<Item> {
  readonly resource: SqlTransactionResource;
  /** `table` or `schema.table`. */
  readonly table: FromContext<string>;
  readonly columns: readonly string[];
  /** The values of an item's row by column. Default: the item's properties of these names. */
  readonly row?: ((item: Item) => Readonly<Record<string, unknown>>) | undefined;
  /** Columns of a unique key: rows that are there already are changed instead of refused. */
  readonly upsertKey?: readonly string[] | undefined;
  /** Columns that an upsert overwrites; default: all that are not part of the key. */
  readonly upsertColumns?: readonly string[] | undefined;
}

/** Inserts items as rows of a table, or upserts them, many rows per statement. */
export function sqlTableWriter<Item>(options: SqlTableWriterOptions<Item>): ArtifactClass<SqlWriter<Item>> {
  const { resource, columns, upsertKey, upsertColumns, row } = options;
  const { kind } = resource.database.dialect;
  const key = upsertKey?.map((column) => columns.indexOf(column));
  const valuesOf = (item: Item): unknown[] => {
    const values = row === undefined ? (item as Readonly<Record<string, unknown>>) : row(item);
    return columns.map((column) => values[column]);
  };
  return class extends SqlWriter<Item> {
    constructor(context: ArtifactContext) {
      const table = valueOf(options.table, context);
      const shape: InsertShape = { table, columns, upsertKey, upsertColumns };
      super(context, resource, (session, items) => {
        const rows = items.map(valuesOf);
        // PostgreSQL refuses a statement that would change one row twice; the others let the last one win.
        const once = key !== undefined && kind === 'postgres' ? lastOfEach(rows, key) : rows;
        return insertRows(session, shape, once);
      });
    }
  };
}

function lastOfEach(
  rows: readonly (readonly unknown[])[],
  key: readonly number[],
): readonly (readonly unknown[])[] {
  const last = new Map<string, readonly unknown[]>();
  for (const row of rows) {
    const name = JSON.stringify(key.map((index) => textOf(row[index])));
    last.delete(name);
    last.set(name, row);
  }
  return last.size === rows.length ? rows : [...last.values()];
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value as string | number | bigint);
}

export interface SqlStatementWriterOptions<Item> {
  readonly resource: SqlTransactionResource;
  /** In the database's own SQL, with its own placeholders. */
  readonly statement: FromContext<string>;
  readonly parameters: (item: Item) => readonly unknown[];
  /** Fail when a statement changes no row: for updates of rows that must be there. Default false. */
  readonly mustChange?: boolean | undefined;
}

/** Runs a statement for each item: updates, deletes, calls. */
export function sqlStatementWriter<Item>(
  options: SqlStatementWriterOptions<Item>,
): ArtifactClass<SqlWriter<Item>> {
  const { resource, parameters, mustChange = false } = options;
  return class extends SqlWriter<Item> {
    constructor(context: ArtifactContext) {
      const statement = valueOf(options.statement, context);
      super(context, resource, async (session, items) => {
        for (const item of items) {
          const changed = await session.execute(statement, parameters(item));
          if (changed === 0 && mustChange)
            throw new ItemsError(
              ItemsErrorCode.targetChanged,
              `${session.name}: no row was changed by ${statement}`,
              { fix: 'The row of this item is not there. Insert it first, or leave mustChange out.' },
            );
        }
      });
    }
  };
}
