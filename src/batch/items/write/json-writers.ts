import type { ArtifactClass, FromContext } from '../from-context.ts';
import { type FileWriter, fileWriterClass, type FileWriterOptions } from './file-writer.ts';

export interface JsonWriterOptions extends FileWriterOptions {
  readonly file: FromContext<string>;
}

/** Writes one JSON value per line. */
export function jsonLinesWriter<Item>(options: JsonWriterOptions): ArtifactClass<FileWriter<Item>> {
  return fileWriterClass(options, () => ({
    text: (items) => items.map((item) => `${JSON.stringify(item)}\n`).join(''),
  }));
}

/** Writes one JSON array, an element per line. */
export function jsonArrayWriter<Item>(options: JsonWriterOptions): ArtifactClass<FileWriter<Item>> {
  return fileWriterClass(options, () => ({
    begin: '[',
    text: (items, before) =>
      items
        .map((item, index) => `${before + index === 0 ? '' : ','}\n${JSON.stringify(item) ?? 'null'}`)
        .join(''),
    end: '\n]\n',
  }));
}
