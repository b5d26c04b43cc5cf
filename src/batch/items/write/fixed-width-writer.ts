import { type FixedWidthField, placeFields, type PlacedField } from '../fixed-width-layout.ts';
import type { ArtifactClass, FromContext } from '../from-context.ts';
import { ItemsError, ItemsErrorCode } from '../items-error.ts';
import { type FileWriter, fileWriterClass, type FileWriterOptions } from './file-writer.ts';

export interface FixedWidthWriterOptions<Item> extends FileWriterOptions {
  readonly file: FromContext<string>;
  /** In the order of their places, without overlaps. */
  readonly fields: readonly FixedWidthField[];
  /** The values of an item by field. Default: the item's properties of these names. */
  readonly record?: ((item: Item) => Readonly<Record<string, unknown>>) | undefined;
}

/** Writes lines with columns of fixed width. A value that does not fit fails: nothing is cut off. */
export function fixedWidthWriter<Item>(
  options: FixedWidthWriterOptions<Item>,
): ArtifactClass<FileWriter<Item>> {
  const fields = placeFields(options.fields);
  const { record } = options;
  const lineOf = (item: Item): string => {
    const values = record === undefined ? (item as Readonly<Record<string, unknown>>) : record(item);
    let line = '';
    for (const field of fields) line = line.padEnd(field.from) + fitted(field, values[field.name]);
    return `${line}\n`;
  };
  return fileWriterClass(options, () => ({ text: (items) => items.map(lineOf).join('') }));
}

function fitted({ name, width, align, fill }: PlacedField, value: unknown): string {
  const text = textOf(value);
  if (text.length > width || /[\r\n]/.test(text))
    throw new ItemsError(
      ItemsErrorCode.badOption,
      `${JSON.stringify(text)} does not fit into the ${width} characters of the field ${name}`,
      { fix: 'Let the processor shorten it, give the field more room, or let the job skip the item.' },
    );
  return align === 'left' ? text.padEnd(width, fill) : text.padStart(width, fill);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? value.toISOString() : String(value as string | number | bigint | boolean);
}
