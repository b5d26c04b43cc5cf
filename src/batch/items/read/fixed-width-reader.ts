import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import { type FixedWidthField, placeFields, type PlacedField } from '../fixed-width-layout.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { LineReader, type LineReaderOptions } from './line-reader.ts';

export interface FixedWidthReaderOptions<Item> extends LineReaderOptions {
  readonly file: FromContext<string>;
  readonly fields: readonly FixedWidthField[];
  /** Lines before the first item. Default 0. */
  readonly headerLines?: number | undefined;
  /** Makes the item of the texts of a line; what it throws is a malformed item. Default: an object of the texts. */
  readonly item?: ((texts: Record<string, string>) => Item) | undefined;
}

export class FixedWidthReader<Item = Record<string, string>> extends LineReader<Item> {
  readonly #fields: readonly PlacedField[];
  readonly #headerLines: number;
  readonly #item: ((texts: Record<string, string>) => Item) | undefined;

  constructor(file: string, options: Omit<FixedWidthReaderOptions<Item>, 'file'>) {
    super(file, options);
    this.#fields = placeFields(options.fields);
    this.#headerLines = options.headerLines ?? 0;
    this.#item = options.item;
  }

  protected override parseLine(text: string, line: number): Item | undefined {
    if (line <= this.#headerLines || text === '') return undefined;
    const texts: Record<string, string> = {};
    for (const { name, from, width, align, fill } of this.#fields) {
      if (from >= text.length)
        throw new Error(`the line has ${text.length} characters, and the field ${name} begins after ${from}`);
      texts[name] = withoutFill(text.slice(from, from + width), align, fill);
    }
    return this.#item === undefined ? (texts as Item) : this.#item(texts);
  }
}

function withoutFill(text: string, align: 'left' | 'right', fill: string): string {
  let [from, end] = [0, text.length];
  if (align === 'left') while (end > from && text[end - 1] === fill) end--;
  else while (from < end && text[from] === fill) from++;
  return text.slice(from, end);
}

/** Reads a file whose lines have columns of fixed width. Empty lines are no items. */
export function fixedWidthReader<Item = Record<string, string>>(
  options: FixedWidthReaderOptions<Item>,
): ArtifactClass<FixedWidthReader<Item>> {
  return class extends FixedWidthReader<Item> {
    constructor(context: ArtifactContext) {
      super(valueOf(options.file, context), options);
    }
  };
}
