/** What all readers of files that are read from the front share. Owns the open file. */
import type { MaybePromise } from '../../artifacts/artifact-context.ts';
import { MalformedItemError } from '../items-error.ts';
import { BufferedReader } from './buffered-reader.ts';
import { type BlockOptions, FileBlocks } from './file-blocks.ts';

export abstract class FileReader<Item, Position> extends BufferedReader<Item, Position> {
  readonly file: string;
  readonly #options: BlockOptions;
  #blocks: FileBlocks | undefined;

  constructor(file: string, options: BlockOptions) {
    super();
    this.file = file;
    this.#options = options;
  }

  /** Where a position is in the file; undefined if it does not say: then what was read ahead counts, too. */
  protected abstract byteOf(position: Position): number | undefined;

  /** @throws ItemsError if the file cannot be opened, or is shorter than that */
  protected async beginAt(byte: number): Promise<void> {
    await this.closeSource();
    this.#blocks = await FileBlocks.open(this.file, byte, this.#options);
  }

  /** Undefined at the end of the file. */
  protected nextBlock(): Promise<Buffer | undefined> {
    return this.#blocks!.next();
  }

  protected override fractionAt(position: Position): number | undefined {
    const byte = this.byteOf(position);
    return byte === undefined ? this.#blocks?.fraction : this.#blocks?.fractionAt(byte);
  }

  protected override closeSource(): MaybePromise<void> {
    const blocks = this.#blocks;
    this.#blocks = undefined;
    return blocks?.close();
  }

  /** @param line From 1 */
  protected pushMalformedLine(line: number, error: unknown): void {
    const what = error instanceof Error ? error.message : String(error);
    this.pushMalformed(new MalformedItemError(this.file, line, what, error));
  }
}
