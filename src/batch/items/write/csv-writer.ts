/** CSV on the csv-stringify package. */
import { stringify } from 'csv-stringify/sync';
import type { ArtifactClass, FromContext } from '../from-context.ts';
import { type FileWriter, fileWriterClass, type FileWriterOptions } from './file-writer.ts';

export interface CsvWriterOptions<Item> extends FileWriterOptions {
  readonly file: FromContext<string>;
  readonly columns: readonly string[];
  /** Begin with the names of the columns. Default true. */
  readonly header?: boolean | undefined;
  /** Default a comma. */
  readonly delimiter?: string | undefined;
  /** Default a line feed. */
  readonly recordDelimiter?: '\n' | '\r\n' | undefined;
  /** The values of an item by column. Default: the item's properties of these names. */
  readonly record?: ((item: Item) => Readonly<Record<string, unknown>>) | undefined;
}

/** Writes a CSV file (RFC 4180): text in quotes where it needs them, dates as ISO 8601, null and undefined as nothing. */
export function csvWriter<Item>(options: CsvWriterOptions<Item>): ArtifactClass<FileWriter<Item>> {
  const { columns, header = true, delimiter = ',', recordDelimiter = '\n', record } = options;
  const text = (rows: readonly (readonly unknown[])[]): string =>
    stringify([...rows] as unknown[][], {
      delimiter,
      record_delimiter: recordDelimiter,
      cast: { date: (date) => date.toISOString(), boolean: String },
    });
  const valuesOf = (item: Item): unknown[] => {
    const values = record === undefined ? (item as Readonly<Record<string, unknown>>) : record(item);
    return columns.map((column) => values[column]);
  };
  return fileWriterClass(options, () => ({
    begin: header ? text([columns]) : '',
    text: (items) => text(items.map(valuesOf)),
  }));
}
