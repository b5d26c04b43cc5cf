/**
 * Owns: one append-only text file of lines. Invariants:
 *
 * 1. `append` resolves only after the line is in the file (and, with `sync`, on the disk): write first, then act.
 * 2. Lines are in the file in the order in which they were appended; a line is there whole or, after a crash, cut off
 *    at the end of the file. The cut-off line was never acted on; opening the book removes it.
 * 3. All lines that wait share one write and one sync (group commit).
 * 4. After a failed write every append rejects: what the file says can no longer be relied on.
 */
import { close, fdatasync, fstatSync, ftruncateSync, openSync, readSync, write } from 'node:fs';
import { lines } from './lines.ts';

export interface BookOptions {
  /** Wait for the disk, not only for the operating system. Needed to survive power loss, not to survive kill -9. */
  readonly sync: boolean;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export class AppendOnlyBook {
  readonly #file: number;
  readonly #sync: boolean;
  #text = '';
  #waiting: Waiting[] = [];
  #writing = false;
  #broken: Error | undefined;
  #idle: (() => void)[] = [];

  /** Opens or creates the file. `replay` is called with each whole line that is already in it, in order. */
  constructor(path: string, options: BookOptions, replay: (line: string) => void) {
    this.#sync = options.sync;
    this.#file = openSync(path, 'a+');
    dropCutOffLine(this.#file);
    for (const line of lines(path)) replay(line);
  }

  /** Adds a line. Resolves when it is safe to act on it. The text must not contain a line break. */
  append(line: string): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    this.#text += line + '\n';
    const written = new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    if (!this.#writing) {
      this.#writing = true;
      // Everything that arrives in this turn of the event loop goes into one write.
      setImmediate(() => this.#flush());
    }
    return written;
  }

  /** Waits for the lines under way, then closes the file. */
  async close(): Promise<void> {
    if (this.#writing) await new Promise<void>((resolve) => this.#idle.push(resolve));
    this.#broken ??= new Error('The book is closed.');
    await new Promise<void>((resolve) => close(this.#file, () => resolve()));
  }

  #flush(): void {
    const batch = this.#waiting;
    const bytes = Buffer.from(this.#text);
    this.#waiting = [];
    this.#text = '';
    this.#write(bytes, (error) => {
      if (error) this.#broken ??= error;
      for (const { resolve, reject } of batch) {
        if (error) reject(error);
        else resolve();
      }
      if (this.#waiting.length > 0) {
        setImmediate(() => this.#flush());
        return;
      }
      this.#writing = false;
      for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  #write(bytes: Buffer, done: (error: Error | null) => void): void {
    write(this.#file, bytes, 0, bytes.length, null, (error, count) => {
      if (error) done(error);
      else if (count < bytes.length) this.#write(bytes.subarray(count), done);
      else if (this.#sync) fdatasync(this.#file, done);
      else done(null);
    });
  }
}

function dropCutOffLine(file: number): void {
  const { size } = fstatSync(file);
  const tail = Buffer.alloc(Math.min(size, 64 * 1024));
  readSync(file, tail, 0, tail.length, size - tail.length);
  const end = tail.lastIndexOf(0x0a) + 1;
  if (end < tail.length) ftruncateSync(file, size - tail.length + end);
}
