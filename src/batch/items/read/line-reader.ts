/** What readers of files with one item per line share. */
import type { BlockOptions } from './file-blocks.ts';
import { FileReader } from './file-reader.ts';

export interface LinePosition {
  /** Bytes from the beginning of the file. */
  readonly byte: number;
  /** Lines before it. */
  readonly lines: number;
}

export interface LineReaderOptions extends BlockOptions {
  /** Encodings in which a line feed is one byte. Default utf8. */
  readonly encoding?: 'utf8' | 'latin1' | undefined;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export abstract class LineReader<Item> extends FileReader<Item, LinePosition> {
  readonly #encoding: 'utf8' | 'latin1';
  /** Bytes of a line whose end was not read yet. */
  #rest: Buffer[] = [];
  #byte = 0;
  #lines = 0;

  constructor(file: string, options: LineReaderOptions) {
    super(file, options);
    this.#encoding = options.encoding ?? 'utf8';
  }

  /** @returns undefined for a line without an item. @throws what is wrong with the line, without its place */
  protected abstract parseLine(text: string, line: number): Item | undefined;

  protected override async openAt(position: LinePosition | undefined): Promise<LinePosition> {
    this.#rest = [];
    this.#byte = position?.byte ?? 0;
    this.#lines = position?.lines ?? 0;
    await this.beginAt(this.#byte);
    return { byte: this.#byte, lines: this.#lines };
  }

  protected override async readMore(): Promise<boolean> {
    const block = await this.nextBlock();
    if (block === undefined) {
      if (this.#rest.length > 0) this.#line(Buffer.concat(this.#rest), 0);
      this.#rest = [];
      return false;
    }
    let from = 0;
    for (let end = block.indexOf(LINE_FEED); end !== -1; end = block.indexOf(LINE_FEED, from)) {
      let bytes = block.subarray(from, end);
      if (this.#rest.length > 0) {
        bytes = Buffer.concat([...this.#rest, bytes]);
        this.#rest = [];
      }
      this.#line(bytes, 1);
      from = end + 1;
    }
    if (from < block.length) this.#rest.push(block.subarray(from));
    return true;
  }

  protected override byteOf({ byte }: LinePosition): number {
    return byte;
  }

  #line(bytes: Buffer, feed: 0 | 1): void {
    const first = this.#byte === 0 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
    const last = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    const line = ++this.#lines;
    this.#byte += bytes.length + feed;
    try {
      const item = this.parseLine(bytes.toString(this.#encoding, first, last), line);
      if (item !== undefined) this.push(item, { byte: this.#byte, lines: line });
    } catch (error) {
      this.pushMalformedLine(line, error);
    }
  }
}
