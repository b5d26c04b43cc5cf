/**
 * What all readers of Waymark share. Owns the items that were read ahead.
 *
 * 1. An item that is in memory is answered at once, without a promise; only when there are none a source is read.
 * 2. The checkpoint is the position after the last good item that was taken, and how many malformed ones were taken after it. So a source need not
 *    know where a malformed item ends.
 * 3. A source begins with the entry at the position that it was opened at.
 */
import type { MaybePromise } from '../../artifacts/artifact-context.ts';
import type { ItemReader } from '../../artifacts/chunk-artifacts.ts';

export interface ReaderCheckpoint<Position> {
  readonly at: Position;
  /** Malformed items after `at` that were taken; absent: none. */
  readonly malformed?: number;
}

interface Entry<Item, Position> {
  readonly item: Item | undefined;
  readonly error: Error | undefined;
  readonly after: Position | undefined;
}

export abstract class BufferedReader<Item, Position> implements ItemReader<Item, ReaderCheckpoint<Position>> {
  #entries: Entry<Item, Position>[] = [];
  #next = 0;
  #at: Position | undefined;
  #malformed = 0;
  #ended = false;

  /** Opens the source at a position; undefined: at its beginning. @returns the position that it is at */
  protected abstract openAt(position: Position | undefined): Promise<Position>;

  /** Reads some more, giving what it finds to `push` or `pushMalformed`. @returns false when there is no more */
  protected abstract readMore(): Promise<boolean>;

  protected closeSource(): MaybePromise<void> {}

  /** How far through the source a position is, from 0 to 1; undefined if that is not known. */
  protected fractionAt(_position: Position): number | undefined {
    return undefined;
  }

  protected push(item: Item, after: Position): void {
    this.#entries.push({ item, error: undefined, after });
  }

  protected pushMalformed(error: Error): void {
    this.#entries.push({ item: undefined, error, after: undefined });
  }

  async open(checkpoint: ReaderCheckpoint<Position> | null): Promise<void> {
    this.#entries = [];
    this.#next = 0;
    this.#ended = false;
    this.#malformed = 0;
    this.#at = await this.openAt(checkpoint?.at);
    for (let left = checkpoint?.malformed ?? 0; left > 0; left--) {
      while (this.#next === this.#entries.length && !this.#ended) await this.#fill();
      if (this.#entries[this.#next]?.error === undefined) break;
      this.#next++;
      this.#malformed++;
    }
  }

  readItem(): MaybePromise<Item | null> {
    return this.#next < this.#entries.length ? this.#take() : this.#readOn();
  }

  checkpointInfo(): ReaderCheckpoint<Position> {
    const at = this.#at as Position;
    return this.#malformed === 0 ? { at } : { at, malformed: this.#malformed };
  }

  progress(): number | undefined {
    return this.#at === undefined ? undefined : this.fractionAt(this.#at);
  }

  close(): MaybePromise<void> {
    this.#entries = [];
    this.#next = 0;
    this.#ended = true;
    return this.closeSource();
  }

  #take(): Item {
    const entry = this.#entries[this.#next++]!;
    if (entry.error !== undefined) {
      this.#malformed++;
      throw entry.error;
    }
    this.#at = entry.after;
    this.#malformed = 0;
    return entry.item as Item;
  }

  async #readOn(): Promise<Item | null> {
    while (this.#next === this.#entries.length) {
      if (this.#ended) return null;
      await this.#fill();
    }
    return this.#take();
  }

  async #fill(): Promise<void> {
    this.#entries = [];
    this.#next = 0;
    if (!(await this.readMore())) this.#ended = true;
  }
}
