/**
 * CSV on the csv-parse package.
 *
 * The parser is used through its callbacks per record: what a block of the file holds is parsed when the block is written to it, and each record comes
 * with the byte that follows it. A restart seeks to that byte.
 *
 * After a quote that is wrong the parser would take the rest of the file for one field. So reading begins anew in the line after the one where that field
 * began, with a new parser: one stray quote costs one record.
 */
import { type CsvError, type Info, parse, type Parser } from 'csv-parse';
import type { ArtifactContext, MaybePromise } from '../../artifacts/artifact-context.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { MalformedItemError, UnreadableSourceError } from '../items-error.ts';
import { type BlockOptions, FileBlocks } from './file-blocks.ts';
import { FileReader } from './file-reader.ts';

export interface CsvReaderOptions<Item> extends BlockOptions {
  readonly file: FromContext<string>;
  /** Names of the columns; `header` (default): those of the first line. */
  readonly columns?: readonly string[] | 'header' | undefined;
  /** Default a comma. */
  readonly delimiter?: string | undefined;
  /** Default a double quote; false: there are none. */
  readonly quote?: string | false | undefined;
  /** Default: the quote. */
  readonly escape?: string | undefined;
  /** Lines that begin with it are no records. Default: there are none. */
  readonly comment?: string | undefined;
  /** Take blanks around fields away. Default false. */
  readonly trim?: boolean | undefined;
  /** A record that is longer is malformed: most often a quote is missing somewhere. Default 1,048,576 characters. */
  readonly longestRecord?: number | undefined;
  /** Default utf8. */
  readonly encoding?: 'utf8' | 'latin1' | undefined;
  /** Makes the item of the texts of a record; what it throws is a malformed item. Default: an object of the texts. */
  readonly item?: ((texts: Record<string, string>) => Item) | undefined;
}

export interface CsvPosition {
  /** Bytes from the beginning of the file. */
  readonly byte: number;
  /** Lines before it. */
  readonly lines: number;
  /** Of the first line, if the names of the columns stand there. */
  readonly columns?: readonly string[];
}

/** After these the parser does not find the end of the record. */
const LOST = new Set(['CSV_INVALID_CLOSING_QUOTE', 'CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE']);

const LONGEST_RECORD = 2 ** 20;

export class CsvReader<Item = Record<string, string>> extends FileReader<Item, CsvPosition> {
  readonly #options: Omit<CsvReaderOptions<Item>, 'file'>;
  #parser: Parser | undefined;
  #failure: Error | undefined;
  #start: CsvPosition = { byte: 0, lines: 0 };
  #columns: readonly string[] | undefined;
  #lastMalformed = 0;
  /** After the last record that was whole. */
  #whole: CsvPosition = this.#start;
  /** Where the field begins in which the parser got lost, and how. */
  #lost: { readonly byte: number; readonly error: CsvError } | undefined;

  constructor(file: string, options: Omit<CsvReaderOptions<Item>, 'file'>) {
    super(file, options);
    this.#options = options;
  }

  protected override async openAt(position: CsvPosition | undefined): Promise<CsvPosition> {
    this.#start = position ?? { byte: 0, lines: 0 };
    this.#columns = position?.columns;
    this.#failure = undefined;
    this.#lastMalformed = 0;
    this.#whole = this.#start;
    this.#lost = undefined;
    await this.beginAt(this.#start.byte);
    this.#parser = this.#newParser();
    return this.#start;
  }

  protected override async readMore(): Promise<boolean> {
    const block = await this.nextBlock();
    const parser = this.#parser!;
    if (block !== undefined) parser.write(block);
    else await new Promise<void>((resolve) => parser.once('error', () => resolve()).end(resolve));
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#lost === undefined) return block !== undefined;
    return this.#goOnAfter(this.#lost.byte, this.#lost.error);
  }

  protected override byteOf({ byte }: CsvPosition): number {
    return byte;
  }

  protected override closeSource(): MaybePromise<void> {
    this.#parser = undefined;
    return super.closeSource();
  }

  /** @returns false if the file ends in that line */
  async #goOnAfter(byte: number, error: CsvError): Promise<boolean> {
    const found = await nextLine(this.file, this.#whole, byte, this.#options);
    this.#malformed(found.line, error);
    this.#lost = undefined;
    if (found.byte === undefined) return false;
    this.#start = { byte: found.byte, lines: found.line };
    await this.beginAt(found.byte);
    this.#parser = this.#newParser();
    return true;
  }

  #newParser(): Parser {
    const { columns = 'header', delimiter, quote, escape, comment, trim, encoding } = this.#options;
    const named = this.#columns ?? (columns === 'header' ? undefined : columns);
    const parser = parse({
      columns:
        named === undefined
          ? (header: string[]) => {
              this.#columns = header;
              return header;
            }
          : [...named],
      bom: this.#start.byte === 0,
      // All that a file may have, longest first: which one is used must not depend on where reading begins.
      record_delimiter: ['\r\n', '\n'],
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: this.#options.longestRecord ?? LONGEST_RECORD,
      on_record: (record, info) => this.#record(record as Record<string, string>, info),
      on_skip: (error) => this.#skip(error),
      trim: trim ?? false,
      encoding: encoding ?? 'utf8',
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(quote === undefined ? {} : { quote }),
      ...(escape === undefined ? {} : { escape }),
      ...(comment === undefined ? {} : { comment }),
    });
    parser.on('error', (error) => {
      this.#failure ??= new UnreadableSourceError(
        `${this.file}: ${error.message}`,
        'Check the options of the reader: delimiter, quote, escape, comment.',
        error,
      );
    });
    parser.resume();
    return parser;
  }

  /** Called for each record; nothing of it goes on into the stream. */
  #record(record: Record<string, string>, info: Pick<Info, 'bytes' | 'lines'>): undefined {
    if (this.#lost !== undefined) return undefined;
    const at = { byte: this.#start.byte + info.bytes, lines: this.#start.lines + info.lines };
    const after: CsvPosition = this.#columns === undefined ? at : { ...at, columns: this.#columns };
    this.#whole = after;
    try {
      this.push(this.#options.item === undefined ? (record as Item) : this.#options.item(record), after);
    } catch (error) {
      this.pushMalformedLine(at.lines, error);
    }
    return undefined;
  }

  #skip(error: CsvError | undefined): undefined {
    if (this.#lost !== undefined || error === undefined) return undefined;
    const { bytes, lines } = error as unknown as Info;
    if (LOST.has(error.code)) this.#lost = { byte: this.#start.byte + bytes, error };
    else this.#malformed(this.#start.lines + lines, error);
    return undefined;
  }

  #malformed(line: number, error: CsvError): void {
    // A record that is wrong in several ways is one malformed item.
    if (line === this.#lastMalformed) return;
    this.#lastMalformed = line;
    // The parser counts lines from where it began.
    const what = error.message.replaceAll(/ (?:on|at) line \d+/g, '');
    this.pushMalformed(new MalformedItemError(this.file, line, what, error));
  }
}

/** @returns the number of the line that holds a byte, and the byte after that line; undefined: it is the last one */
async function nextLine(
  file: string,
  from: CsvPosition,
  holding: number,
  options: BlockOptions,
): Promise<{ readonly line: number; readonly byte: number | undefined }> {
  const blocks = await FileBlocks.open(file, from.byte, options);
  try {
    let { byte, lines } = from;
    for (let block = await blocks.next(); block !== undefined; block = await blocks.next()) {
      for (let feed = block.indexOf(10); feed !== -1; feed = block.indexOf(10, feed + 1)) {
        lines++;
        if (byte + feed >= holding) return { line: lines, byte: byte + feed + 1 };
      }
      byte += block.length;
    }
    return { line: lines + 1, byte: undefined };
  } finally {
    await blocks.close();
  }
}

/** Reads a CSV file (RFC 4180, and what its options allow). A restart seeks to where it was. */
export function csvReader<Item = Record<string, string>>(
  options: CsvReaderOptions<Item>,
): ArtifactClass<CsvReader<Item>> {
  return class extends CsvReader<Item> {
    constructor(context: ArtifactContext) {
      super(valueOf(options.file, context), options);
    }
  };
}
