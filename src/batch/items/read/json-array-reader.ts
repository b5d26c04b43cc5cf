/**
 * A file that is one JSON array, of any length. Elements are found by counting brackets outside of texts, and parsed by `JSON.parse`: so each has its place
 * in the file, a restart seeks, and what is malformed in one element is skipped with it.
 */
import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { UnreadableSourceError } from '../items-error.ts';
import type { BlockOptions } from './file-blocks.ts';
import { FileReader } from './file-reader.ts';
import type { LinePosition } from './line-reader.ts';

export interface JsonArrayReaderOptions<Item> extends BlockOptions {
  readonly file: FromContext<string>;
  /** Makes the item of an element; what it throws is a malformed item. Default: the element itself. */
  readonly item?: ((value: unknown) => Item) | undefined;
}

const [QUOTE, BACKSLASH, COMMA, FEED] = [0x22, 0x5c, 0x2c, 0x0a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

export class JsonArrayReader<Item = unknown> extends FileReader<Item, LinePosition> {
  readonly #item: ((value: unknown) => Item) | undefined;
  /** Bytes of the element that is being read, from the bracket or comma before it. */
  #element: Buffer[] = [];
  #state: 'before' | 'inside' | 'after' = 'before';
  #depth = 0;
  #inText = false;
  #escaped = false;
  #byte = 0;
  #lines = 0;
  #elementLine = 0;
  /** False between an element that was taken before and its comma. */
  #afterComma = true;
  #isFirst = true;

  constructor(file: string, options: Omit<JsonArrayReaderOptions<Item>, 'file'>) {
    super(file, options);
    this.#item = options.item;
  }

  protected override async openAt(position: LinePosition | undefined): Promise<LinePosition> {
    this.#element = [];
    // A position is right before the comma or the bracket that follows an element.
    const fromBeginning = position === undefined || position.byte === 0;
    this.#state = fromBeginning ? 'before' : 'inside';
    this.#depth = 0;
    this.#inText = false;
    this.#escaped = false;
    this.#byte = position?.byte ?? 0;
    this.#lines = position?.lines ?? 0;
    this.#elementLine = this.#lines;
    this.#afterComma = fromBeginning;
    this.#isFirst = fromBeginning;
    await this.beginAt(this.#byte);
    return { byte: this.#byte, lines: this.#lines };
  }

  protected override async readMore(): Promise<boolean> {
    const block = await this.nextBlock();
    if (block === undefined) {
      if (this.#state === 'after') return false;
      throw new UnreadableSourceError(
        `${this.file}:${this.#lines + 1}: the file ends within its array`,
        'Check that the file is whole.',
      );
    }
    this.#scan(block);
    return true;
  }

  protected override byteOf({ byte }: LinePosition): number {
    return byte;
  }

  #scan(block: Buffer): void {
    let from = 0;
    for (let at = 0; at < block.length; at++, this.#byte++) {
      const byte = block[at]!;
      if (byte === FEED) this.#lines++;
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inText = false;
        continue;
      }
      if (this.#state !== 'inside') {
        from = at + 1;
        this.#outside(byte);
        continue;
      }
      if (byte === QUOTE) this.#inText = true;
      else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.#depth++;
      else if (this.#depth > 0) {
        if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.#depth--;
      } else if (byte === COMMA || byte === CLOSE_ARRAY) {
        this.#finish(block.subarray(from, at), byte === CLOSE_ARRAY);
        from = at + 1;
        if (byte === CLOSE_ARRAY) this.#state = 'after';
      }
    }
    if (this.#state === 'inside' && from < block.length) this.#element.push(block.subarray(from));
  }

  /** White space, the byte order mark, and the bracket that opens the array. */
  #outside(byte: number): void {
    if (byte <= 0x20 || (byte >= 0xbb && this.#byte < 3)) return;
    if (this.#state === 'before' && byte === OPEN_ARRAY) {
      this.#state = 'inside';
      this.#elementLine = this.#lines;
      return;
    }
    const what = this.#state === 'before' ? 'does not begin with an array' : 'goes on after its array';
    throw new UnreadableSourceError(
      `${this.file}:${this.#lines + 1}: the file ${what}`,
      'Check that the file is one JSON array; files with one value per line are for jsonLinesReader.',
    );
  }

  #finish(rest: Buffer, last: boolean): void {
    const text = Buffer.concat([...this.#element, rest]).toString('utf8');
    this.#element = [];
    const line = this.#elementLine + 1 + leadingLines(text);
    this.#elementLine = this.#lines;
    const wasAfterComma = this.#afterComma;
    this.#afterComma = true;
    if (text.trim() === '') {
      // Nothing before the first comma after a restart; nothing in an empty array, or after the last element of a restart.
      if (!wasAfterComma || (last && this.#isFirst)) return;
    }
    this.#isFirst = false;
    try {
      const value: unknown = JSON.parse(text);
      this.push(this.#item === undefined ? (value as Item) : this.#item(value), {
        byte: this.#byte,
        lines: this.#lines,
      });
    } catch (error) {
      this.pushMalformedLine(line, error);
    }
  }
}

function leadingLines(text: string): number {
  const blank = text.length - text.trimStart().length;
  return text.slice(0, blank).split('\n').length - 1;
}

/** Reads a file that is one JSON array, element by element. */
export function jsonArrayReader<Item = unknown>(
  options: JsonArrayReaderOptions<Item>,
): ArtifactClass<JsonArrayReader<Item>> {
  return class extends JsonArrayReader<Item> {
    constructor(context: ArtifactContext) {
      super(valueOf(options.file, context), options);
    }
  };
}
