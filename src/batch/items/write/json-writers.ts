import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import { type FromContext, valueOf } from '../from-context.ts';
import { FileWriter, type FileWriterOptions } from './file-writer.ts';

export interface JsonWriterOptions extends FileWriterOptions {
  readonly file: FromContext<string>;
}

/** Writes one JSON value per line. */
export const jsonLinesWriter =
  <Item>(options: JsonWriterOptions) =>
  (context: ArtifactContext): FileWriter<Item> =>
    new FileWriter<Item>(
      valueOf(options.file, context),
      { text: (items) => items.map((item) => `${JSON.stringify(item)}\n`).join('') },
      options,
    );

/** Writes one JSON array, an element per line. */
export const jsonArrayWriter =
  <Item>(options: JsonWriterOptions) =>
  (context: ArtifactContext): FileWriter<Item> =>
    new FileWriter<Item>(
      valueOf(options.file, context),
      {
        begin: '[',
        text: (items, before) =>
          items
            .map((item, index) => `${before + index === 0 ? '' : ','}\n${JSON.stringify(item) ?? 'null'}`)
            .join(''),
        end: '\n]\n',
      },
      options,
    );
