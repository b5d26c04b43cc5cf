/** Parquet files on the hyparquet package: a part of a row group at a time is in memory. */
import type { AsyncBuffer, Compressors, FileMetaData } from 'hyparquet';
import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { sourceChanged, UnreadableSourceError } from '../items-error.ts';
import { BufferedReader } from './buffered-reader.ts';

export interface ParquetReaderOptions {
  readonly file: FromContext<string>;
  /** Default: all. */
  readonly columns?: readonly string[] | undefined;
  /** Rows in memory; at most one row group at a time is decoded. Default 10,000. */
  readonly pageSize?: number | undefined;
}

export class ParquetReader<Item = Record<string, unknown>> extends BufferedReader<Item, number> {
  readonly file: string;
  readonly #columns: readonly string[] | undefined;
  readonly #pageSize: number;
  /** Loaded when the first Parquet file is opened. */
  #hyparquet: typeof import('hyparquet') | undefined;
  #compressors: Compressors | undefined;
  #buffer: AsyncBuffer | undefined;
  #metadata: FileMetaData | undefined;
  /** Where each row group ends. */
  #groupEnds: number[] = [];
  #row = 0;

  constructor(file: string, options: Omit<ParquetReaderOptions, 'file'>) {
    super();
    this.file = file;
    this.#columns = options.columns;
    this.#pageSize = options.pageSize ?? 10_000;
  }

  protected override async openAt(position: number | undefined): Promise<number> {
    const hyparquet = (this.#hyparquet ??= await import('hyparquet'));
    this.#compressors ??= (await import('hyparquet-compressors')).compressors;
    this.#buffer = await this.#readable(() => hyparquet.asyncBufferFromFile(this.file));
    this.#metadata = await this.#readable(() => hyparquet.parquetMetadataAsync(this.#buffer!));
    let end = 0;
    this.#groupEnds = this.#metadata.row_groups.map(({ num_rows: rows }) => (end += Number(rows)));
    this.#row = position ?? 0;
    if (this.#row > end)
      throw sourceChanged(this.file, `it has ${end} rows, and the checkpoint is after ${this.#row}`);
    return this.#row;
  }

  protected override fractionAt(rows: number): number | undefined {
    const all = this.#groupEnds.at(-1);
    return all === undefined ? undefined : rows / all;
  }

  protected override async readMore(): Promise<boolean> {
    const groupEnd = this.#groupEnds.find((end) => end > this.#row);
    if (groupEnd === undefined) return false;
    const rowStart = this.#row;
    const rowEnd = Math.min(groupEnd, rowStart + this.#pageSize);
    const rows = await this.#readable(() =>
      this.#hyparquet!.parquetReadObjects({
        file: this.#buffer!,
        metadata: this.#metadata!,
        compressors: this.#compressors!,
        rowStart,
        rowEnd,
        ...(this.#columns === undefined ? {} : { columns: [...this.#columns] }),
      }),
    );
    for (const row of rows) this.push(exactNumbers(row as Record<string, unknown>) as Item, ++this.#row);
    if (this.#row !== rowEnd)
      throw new UnreadableSourceError(
        `${this.file}: rows ${rowStart} to ${rowEnd} hold ${rows.length} rows`,
        'Check that the file is whole.',
      );
    return true;
  }

  async #readable<Value>(read: () => Promise<Value>): Promise<Value> {
    try {
      return await read();
    } catch (error) {
      throw new UnreadableSourceError(
        `${this.file}: ${(error as Error).message}`,
        'Check the path, that the file is whole, and that it is Parquet with columns of these names.',
        error,
      );
    }
  }
}

/** Integers of 64 bits come as bigint: as numbers where these are exact, as from databases. */
function exactNumbers(row: Record<string, unknown>): Record<string, unknown> {
  for (const column in row) {
    const value = row[column];
    if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) row[column] = Number(value);
  }
  return row;
}

/** Reads the rows of a Parquet file as objects by column name; whole numbers that a number cannot hold are bigint. */
export function parquetReader<Item = Record<string, unknown>>(
  options: ParquetReaderOptions,
): ArtifactClass<ParquetReader<Item>> {
  return class extends ParquetReader<Item> {
    constructor(context: ArtifactContext) {
      super(valueOf(options.file, context), options);
    }
  };
}
