/** A reader of anything that can be iterated. */
import type { ArtifactContext } from '../artifacts/artifact-context.ts';
import type { ItemReader } from '../artifacts/chunk-artifacts.ts';
import { BatchError, BatchErrorCode } from '../batch-error.ts';

type AnyIterable<Item> = Iterable<Item> | AsyncIterable<Item>;

/** Items that can be read from any place on, so that a restart does not go through all that came before. */
export interface ReaderSource<Item, Cursor> {
  /** @param cursor Of the last item that was dealt with; null: from the beginning. */
  from(cursor: Cursor | null, context: ArtifactContext): AnyIterable<Item>;
  /** Where an item is: plain data, such as its key. The items come in the order of it. */
  cursor(item: Item): Cursor;
}

export const isIterable = (value: unknown): value is AnyIterable<unknown> =>
  typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value);

/** How far an iterator has come that can be gone through only once. */
export interface OneShot {
  read: number;
}

/** Undefined for what makes a new iterator whenever it is asked, as lists do. */
export function oneShot(iterable: AnyIterable<unknown>): OneShot | undefined {
  const iterator: unknown =
    Symbol.asyncIterator in iterable ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]();
  return iterator === iterable ? { read: 0 } : undefined;
}

function sizeOf(iterable: AnyIterable<unknown>): number | undefined {
  if (Array.isArray(iterable) || ArrayBuffer.isView(iterable)) return (iterable as ArrayLike<unknown>).length;
  return iterable instanceof Set || iterable instanceof Map ? iterable.size : undefined;
}

/**
 * Its checkpoint is the cursor of the last item, or without cursors how many items were read: then a restart goes through these again.
 *
 * Owns: the iterator. R1. `#read` counts what the iterator has given, from the beginning of its iterable.
 */
export class IterableReader implements ItemReader {
  readonly #open: (cursor: unknown) => AnyIterable<unknown>;
  readonly #cursorOf: ((item: never) => unknown) | undefined;
  readonly #once: OneShot | undefined;
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined;
  #read = 0;
  /** Of all its items, if the iterable knows. */
  #size: number | undefined;
  #cursor: unknown = null;

  constructor(
    open: (cursor: unknown) => AnyIterable<unknown>,
    options: { readonly cursor?: (item: never) => unknown; readonly once?: OneShot | undefined } = {},
  ) {
    this.#open = open;
    this.#cursorOf = options.cursor;
    this.#once = options.once;
  }

  /** @throws BatchError WM9066 */
  async open(checkpoint: unknown): Promise<void> {
    this.#cursor = checkpoint;
    const iterable = this.#open(checkpoint);
    const iterator =
      Symbol.asyncIterator in iterable ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]();
    this.#iterator = iterator;
    this.#read = this.#once?.read ?? 0;
    this.#size = this.#cursorOf === undefined ? sizeOf(iterable) : undefined;
    if (this.#cursorOf !== undefined) return;
    const wanted = (checkpoint as number | null) ?? 0;
    if (this.#read > wanted)
      throw new BatchError(
        BatchErrorCode.cannotGoBack,
        `The reader has to go back to item ${wanted + 1}, but it was given an iterator, which is past item ${this.#read}`,
        { fix: 'Give a function that makes the iterable. Or choose the recovery mode scan.' },
      );
    while (this.#read < wanted && (await iterator.next()).done !== true) this.#read++;
  }

  readItem(): unknown {
    const next = this.#iterator!.next();
    return 'then' in next ? next.then((result) => this.#item(result)) : this.#item(next);
  }

  checkpointInfo(): unknown {
    return this.#cursorOf === undefined ? this.#read : this.#cursor;
  }

  progress(): number | undefined {
    return this.#size === undefined ? undefined : Math.min(1, this.#read / Math.max(1, this.#size));
  }

  async close(): Promise<void> {
    const iterator = this.#iterator;
    this.#iterator = undefined;
    if (this.#once === undefined) await iterator?.return?.();
  }

  #item({ done, value }: IteratorResult<unknown, unknown>): unknown {
    if (done === true) return null;
    if (value === null || value === undefined)
      throw new BatchError(
        BatchErrorCode.wrongArtifact,
        `The reader's iterable gave ${String(value)} as item ${this.#read + 1}`,
        { fix: 'Null stands for the end of the items; leave such items out.' },
      );
    this.#read++;
    if (this.#once !== undefined) this.#once.read++;
    if (this.#cursorOf !== undefined) this.#cursor = this.#cursorOf(value as never);
    return value;
  }
}
