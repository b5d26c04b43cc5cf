/**
 * Many rows on their way from the engine to its store: one piece of memory for all, as an object for each costs more to
 * hand from thread to thread than it costs to read it.
 *
 * 1. The engine looks at the checksums of every row. Those that are sound are copied into the page; any other row travels
 *    by itself, with what the tables in memory say of it.
 * 2. Rows of a page are records of running instances with a snapshot that may be handed out.
 * 3. What is read from a page shares its memory.
 */
import type { StoredInstance } from '../checkpoint-store.ts';
import type { RawRow, RowPage } from './engine-messages.ts';
import { isSoundRow, RUNNING, toStoredInstance } from './record-format.ts';
import {
  AT_CODE_LENGTH,
  AT_CREATED,
  AT_FLAGS,
  AT_ID_LENGTH,
  AT_LENGTH,
  AT_OUTCOME_LENGTH,
  AT_REQUEST_LENGTH,
  AT_SCRIPT_LENGTH,
  AT_SEQUENCE,
  AT_UPDATED,
  FLAG_OUTCOME,
  FLAG_REQUEST,
  HEAD_LENGTH,
} from './record-layout.ts';

/** Puts rows of running instances on a page. */
export function makePage(rows: readonly RawRow[]): RowPage {
  let length = 0;
  for (const { row } of rows) length += row.length;
  const bytes = new Uint8Array(length);
  const ends: number[] = [];
  const others: RawRow[] = [];
  let end = 0;
  for (const raw of rows) {
    if (isSoundRow(raw.row, raw.id, RUNNING)) {
      bytes.set(raw.row, end);
      end += raw.row.length;
      ends.push(end);
    } else {
      others.push(raw);
      ends.push(0);
    }
  }
  return { bytes, ends, others };
}

interface TextBytes extends Uint8Array {
  utf8Slice(start: number, end: number): string;
}

/** A text of the row before: script and code are mostly the same, and one string for all of them takes less memory. */
interface LastText {
  text: string;
  /** Where its bytes are on the page. */
  at: number;
  length: number;
}

/** The inverse. */
export function readPage(page: RowPage): StoredInstance[] {
  const reader = new RowReader(page.bytes);
  const instances: StoredInstance[] = [];
  let at = 0;
  let other = 0;
  for (const end of page.ends) {
    if (end === 0) {
      instances.push(toStoredInstance(page.others[other++]!));
      continue;
    }
    instances.push(reader.read(at));
    at = end;
  }
  return instances;
}

class RowReader {
  readonly #bytes: Uint8Array;
  readonly #text: TextBytes;
  readonly #view: DataView;
  readonly #script: LastText = { text: '', at: 0, length: 0 };
  readonly #code: LastText = { text: '', at: 0, length: 0 };

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as Buffer & TextBytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The row that begins at `at`. */
  read(at: number): StoredInstance {
    const view = this.#view;
    const bytes = this.#bytes;
    const idAt = at + HEAD_LENGTH;
    const scriptAt = idAt + view.getUint16(at + AT_ID_LENGTH, true);
    const codeAt = scriptAt + view.getUint16(at + AT_SCRIPT_LENGTH, true);
    const requestAt = codeAt + view.getUint16(at + AT_CODE_LENGTH, true);
    const stringsEnd = requestAt + view.getUint16(at + AT_REQUEST_LENGTH, true);
    const outcomeAt = at + ((stringsEnd - at + 3) & ~3);
    const snapshotAt = outcomeAt + view.getUint32(at + AT_OUTCOME_LENGTH, true);
    const flags = view.getUint8(at + AT_FLAGS);
    return {
      id: this.#text.utf8Slice(idAt, scriptAt),
      script: this.#sameText(scriptAt, codeAt, this.#script),
      requestId: (flags & FLAG_REQUEST) === 0 ? undefined : this.#text.utf8Slice(requestAt, stringsEnd),
      codeHash: this.#sameText(codeAt, requestAt, this.#code),
      status: 'running',
      sequence: view.getFloat64(at + AT_SEQUENCE, true),
      createdAt: view.getFloat64(at + AT_CREATED, true),
      updatedAt: view.getFloat64(at + AT_UPDATED, true),
      outcome: (flags & FLAG_OUTCOME) === 0 ? undefined : bytes.subarray(outcomeAt, snapshotAt),
      snapshot: bytes.subarray(snapshotAt, at + view.getUint32(at + AT_LENGTH, true)),
      damaged: undefined,
    };
  }

  #sameText(start: number, end: number, last: LastText): string {
    const bytes = this.#bytes;
    const length = end - start;
    if (length === last.length) {
      let index = 0;
      while (index < length && bytes[start + index] === bytes[last.at + index]) index++;
      if (index === length) return last.text;
    }
    last.text = this.#text.utf8Slice(start, end);
    last.at = start;
    last.length = length;
    return last.text;
  }
}
