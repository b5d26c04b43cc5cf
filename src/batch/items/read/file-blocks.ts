/** Owns an open file and a place in it: blocks of bytes, one after the other. */
import { open, type FileHandle } from 'node:fs/promises';
import { sourceChanged, UnreadableSourceError } from '../items-error.ts';

const BLOCK = 128 * 1024;

export interface BlockOptions {
  /** Bytes that are read at once. Default 131,072. */
  readonly blockBytes?: number | undefined;
}

export class FileBlocks {
  readonly file: string;
  /** Bytes, when it was opened. */
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #blockBytes: number;
  #offset: number;

  private constructor(file: string, handle: FileHandle, size: number, offset: number, blockBytes: number) {
    this.size = size;
    this.file = file;
    this.#handle = handle;
    this.#offset = offset;
    this.#blockBytes = blockBytes;
  }

  /**
   * @param offset Bytes from the beginning of the file
   * @throws ItemsError if the file cannot be opened, or is shorter than that
   */
  static async open(file: string, offset: number, options: BlockOptions = {}): Promise<FileBlocks> {
    let handle: FileHandle;
    try {
      handle = await open(file, 'r');
    } catch (error) {
      throw new UnreadableSourceError(
        `${file} cannot be read: ${(error as Error).message}`,
        'Check the path, and that the user of this process may read the file.',
        error,
      );
    }
    const { size } = await handle.stat();
    if (size >= offset) return new FileBlocks(file, handle, size, offset, options.blockBytes ?? BLOCK);
    await handle.close();
    throw sourceChanged(file, `it has ${size} bytes, and the checkpoint is at byte ${offset}`);
  }

  /** How far through the file a byte is, from 0 to 1. */
  fractionAt(byte: number): number {
    return this.size === 0 ? 1 : Math.min(1, byte / this.size);
  }

  /** What was read of it so far, from 0 to 1. */
  get fraction(): number {
    return this.fractionAt(this.#offset);
  }

  /** The next bytes, a buffer of their own; undefined at the end of the file. */
  async next(): Promise<Buffer | undefined> {
    const length = this.#blockBytes;
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = await this.#handle.read(buffer, 0, length, this.#offset);
    if (bytesRead === 0) return undefined;
    this.#offset += bytesRead;
    return bytesRead === length ? buffer : buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
