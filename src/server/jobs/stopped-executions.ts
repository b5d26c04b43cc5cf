/**
 * The executions that a graceful stop has stopped, in a file of the data folder: they go on with the next start.
 *
 * 1. They are written before they are stopped, so that a crash in between loses none.
 * 2. They stay written until each has gone on, or need not.
 */
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BatchError, BatchErrorCode } from '../../batch/batch-error.ts';
import { writeDurably } from '../durable-file.ts';

export class StoppedExecutions {
  readonly #file: string;
  /** Written, and not gone on yet. */
  #left: readonly number[] = [];

  constructor(folder: string) {
    this.#file = join(folder, 'stopped-jobs.json');
  }

  /** @throws BatchError (WM9077) when the file is damaged; it is put aside */
  async read(): Promise<readonly number[]> {
    const text = await readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]';
      throw error;
    });
    const ids = idsIn(text);
    if (ids === undefined) {
      const aside = `${this.#file}.damaged`;
      await rename(this.#file, aside);
      throw new BatchError(
        BatchErrorCode.stoppedListUnreadable,
        `The list of jobs that the last stop has stopped is damaged, and was renamed to ${aside}: none of them goes on by itself`,
        { fix: 'waymark job list shows what is STOPPED; waymark job restart JOB lets it go on.' },
      );
    }
    this.#left = ids;
    return ids;
  }

  async add(ids: readonly number[]): Promise<void> {
    await writeDurably(this.#file, [JSON.stringify([...new Set([...this.#left, ...ids])])]);
  }

  /** All of them have gone on. */
  async clear(): Promise<void> {
    this.#left = [];
    await rm(this.#file, { force: true });
  }
}

function idsIn(text: string): readonly number[] | undefined {
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) && ids.every((id) => Number.isSafeInteger(id)) ? (ids as number[]) : undefined;
  } catch {
    return undefined;
  }
}
