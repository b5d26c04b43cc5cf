/**
 * What all writers of files share. Owns an open file and how far it is written.
 *
 * 1. A checkpoint is the length of the file after the last item, and says so only after an fsync of it.
 * 2. A restart cuts the file to the checkpoint's length: what a chunk had written that was not committed is gone, so that every item is in the file once.
 * 3. A first start replaces a file that is there.
 * 4. What stands after the last item (`end`) is written when the writer is closed, and cut away by a restart.
 */
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ItemWriter, WriteGuarantee } from '../../artifacts/chunk-artifacts.ts';
import type { ArtifactContext } from '../../artifacts/artifact-context.ts';
import { type ArtifactClass, type FromContext, valueOf } from '../from-context.ts';
import { ItemsError, ItemsErrorCode } from '../items-error.ts';

export interface FileWriterCheckpoint {
  readonly bytes: number;
  /** In the file up to there. */
  readonly items: number;
}

export interface FileFormat<Item> {
  /** Before the first item. */
  readonly begin?: string | undefined;
  /** @param items At least one. @param before How many are in the file already */
  text(items: readonly Item[], before: number): string;
  /** After the last item. */
  readonly end?: string | undefined;
}

export interface FileWriterOptions {
  /** Default utf8. */
  readonly encoding?: 'utf8' | 'latin1' | undefined;
}

export class FileWriter<Item> implements ItemWriter<Item, FileWriterCheckpoint> {
  readonly file: string;
  readonly guarantee: WriteGuarantee = 'idempotent';
  readonly #format: FileFormat<Item>;
  readonly #encoding: 'utf8' | 'latin1';
  #handle: FileHandle | undefined;
  #bytes = 0;
  #items = 0;
  #synced = true;

  constructor(file: string, format: FileFormat<Item>, options: FileWriterOptions) {
    this.file = file;
    this.#format = format;
    this.#encoding = options.encoding ?? 'utf8';
  }

  async open(checkpoint: FileWriterCheckpoint | null): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
    this.#handle = await this.#openFile(checkpoint);
    if (checkpoint !== null) {
      const { size } = await this.#handle.stat();
      if (size < checkpoint.bytes) {
        await this.#handle.close();
        this.#handle = undefined;
        throw this.#failure(
          `has ${size} bytes, and the checkpoint was at ${checkpoint.bytes}: items are missing`,
          'Put the file back as it was, or start a new instance of the job.',
        );
      }
    }
    this.#bytes = checkpoint?.bytes ?? 0;
    this.#items = checkpoint?.items ?? 0;
    await this.#handle.truncate(this.#bytes);
    this.#synced = false;
    if (checkpoint === null) await this.#write(this.#format.begin ?? '');
  }

  async writeItems(items: Item[]): Promise<void> {
    if (items.length === 0) return;
    await this.#write(this.#format.text(items, this.#items));
    this.#items += items.length;
  }

  async checkpointInfo(): Promise<FileWriterCheckpoint> {
    if (!this.#synced) await this.#handle!.sync();
    this.#synced = true;
    return { bytes: this.#bytes, items: this.#items };
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    if (handle === undefined) return;
    try {
      if (this.#format.end !== undefined) {
        const bytes = this.#bytes;
        await this.#write(this.#format.end);
        this.#bytes = bytes;
      }
      if (!this.#synced) await handle.sync();
    } finally {
      this.#handle = undefined;
      await handle.close();
    }
  }

  async #openFile(checkpoint: FileWriterCheckpoint | null): Promise<FileHandle> {
    try {
      if (checkpoint !== null) return await open(this.file, constants.O_RDWR);
      await mkdir(dirname(this.file), { recursive: true });
      const handle = await open(this.file, constants.O_RDWR | constants.O_CREAT);
      await syncFolder(dirname(this.file));
      return handle;
    } catch (error) {
      throw this.#failure(
        `cannot be written: ${(error as Error).message}`,
        'Check the path, and that the user of this process may write there.',
        error,
      );
    }
  }

  async #write(text: string): Promise<void> {
    if (text === '') return;
    const bytes = Buffer.from(text, this.#encoding);
    this.#synced = false;
    let done = 0;
    // Always at the place that counts: what a failed attempt has left behind is written over.
    while (done < bytes.length) {
      const { bytesWritten } = await this.#handle!.write(
        bytes,
        done,
        bytes.length - done,
        this.#bytes + done,
      );
      done += bytesWritten;
    }
    this.#bytes += bytes.length;
  }

  #failure(what: string, fix: string, cause?: unknown): ItemsError {
    return new ItemsError(ItemsErrorCode.targetChanged, `${this.file} ${what}`, { fix, cause });
  }
}

/** The class of writers of a format. @param formatOf Called once for each writer */
export function fileWriterClass<Item>(
  options: FileWriterOptions & { readonly file: FromContext<string> },
  formatOf: () => FileFormat<Item>,
): ArtifactClass<FileWriter<Item>> {
  return class extends FileWriter<Item> {
    constructor(context: ArtifactContext) {
      super(valueOf(options.file, context), formatOf(), options);
    }
  };
}

/** A new file is durable when its folder is, too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
