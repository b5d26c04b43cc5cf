import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { LineReader, type LineReaderOptions } from './line-reader.ts';

export interface JsonLinesReaderOptions<Item> extends LineReaderOptions {
  readonly file: FromContext<string>;
  /** Makes the item of the value of a line; what it throws is a malformed item. Default: the value itself. */
  readonly item?: ((value: unknown) => Item) | undefined;
}

export class JsonLinesReader<Item = unknown> extends LineReader<Item> {
  readonly #item: ((value: unknown) => Item) | undefined;

  constructor(file: string, options: Omit<JsonLinesReaderOptions<Item>, 'file'>) {
    super(file, options);
    this.#item = options.item;
  }

  protected override parseLine(text: string): Item | undefined {
    if (text.trim() === '') return undefined;
    const value: unknown = JSON.parse(text);
    return this.#item === undefined ? (value as Item) : this.#item(value);
  }
}

/** Reads a file with one JSON value per line (https://jsonlines.org). Empty lines are no items. */
export function jsonLinesReader<Item = unknown>(
  options: JsonLinesReaderOptions<Item>,
): ArtifactClass<JsonLinesReader<Item>> {
  return class extends JsonLinesReader<Item> {
    constructor(context: ArtifactContext) {
      super(valueOf(options.file, context), options);
    }
  };
}
