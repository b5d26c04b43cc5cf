/**
 * One instance as bytes: the value of a row in the tables `live` and `result`.
 *
 * 1. All integers are little-endian; a record begins with a head of 72 bytes, then come id, script, code hash and
 *    request id (UTF-8), zeros up to a multiple of 4, then the outcome, then the snapshot, then zeros up to the row length.
 * 2. Two checksums: one of its own over head and strings, so that whose record it is can be trusted even when its snapshot cannot
 *    be; one over outcome and snapshot
 *    (CRC-32).
 * 3. A free row says so in words and is zeros after them. Zeros alone are damage: that is what a lost sector reads as.
 * 4. Row lengths come in few sizes (`rowLengthFor`), so that a row is mostly overwritten by one of the same
 *    length: SQLite then replaces the bytes in place and leaves the tree as it is.
 */
import { crc32 } from 'node:zlib';
import type { InstanceStatus, StoredInstance } from '../checkpoint-store.ts';
import type { RawRow } from './engine-messages.ts';
import { requestHash, tagOf } from './key-hash.ts';
import {
  HEAD_LENGTH,
  FORMAT,
  FLAG_REQUEST,
  FLAG_SNAPSHOT,
  FLAG_OUTCOME,
  FLAG_DAMAGED,
  AT_HEAD_SUM,
  AT_BODY_CRC,
  AT_FORMAT,
  AT_STATUS,
  AT_FLAGS,
  AT_LENGTH,
  AT_CREATED,
  AT_UPDATED,
  AT_SEQUENCE,
  AT_SCRIPT_TAG,
  AT_CODE_TAG,
  AT_REQUEST,
  AT_OUTCOME_LENGTH,
  AT_SNAPSHOT_LENGTH,
  AT_ID_LENGTH,
  AT_SCRIPT_LENGTH,
  AT_CODE_LENGTH,
  AT_REQUEST_LENGTH,
} from './record-layout.ts';

/** Strings in a record are at most this long in UTF-8 bytes. */
export const MAX_STRING_BYTES = 65_535;

/** Status as one byte. Zero stands for a free row. */
export const FREE = 0;
export const RUNNING = 1;
export const FAILED = 2;
export const COMPLETED = 3;

const STATUS_NAMES: readonly (InstanceStatus | undefined)[] = [undefined, 'running', 'failed', 'completed'];

export function statusByte(status: InstanceStatus): number {
  return status === 'running' ? RUNNING : status === 'failed' ? FAILED : COMPLETED;
}

export interface RecordFields {
  readonly id: string;
  readonly script: string;
  readonly requestId: string | undefined;
  readonly codeHash: string;
  readonly status: number;
  readonly sequence: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly snapshot: Uint8Array | undefined;
  readonly outcome: Uint8Array | undefined;
  /** The snapshot was found damaged before: it is kept as it is, and never handed out. */
  readonly damaged: boolean;
}

/** What the tables in memory keep of a record. */
export interface RecordKeys {
  readonly id: string;
  readonly status: number;
  readonly createdAt: number;
  readonly scriptTag: number;
  readonly codeTag: number;
  /** 0 without a request id. */
  readonly request: number;
}

/** Length of the row for a record of `length` bytes: the next multiple of 64, or of an eighth of its power of two. */
export function rowLengthFor(length: number): number {
  const step = Math.max(64, 2 ** (28 - Math.clz32(length)));
  return Math.ceil(length / step) * step;
}

/** Most bytes that `writeRecord` can need for these fields. */
export function recordBound(fields: RecordFields): number {
  const text =
    fields.id.length + fields.script.length + fields.codeHash.length + (fields.requestId?.length ?? 0);
  return HEAD_LENGTH + 3 * text + 3 + (fields.outcome?.length ?? 0) + (fields.snapshot?.length ?? 0);
}

const encoder = new TextEncoder();

function writeString(target: Uint8Array, at: number, text: string): number {
  const length = text.length;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    // TextEncoder costs more than the loop for a short ASCII text, which nearly all ids, names and hashes are.
    if (unit > 127) return encoder.encodeInto(text, target.subarray(at)).written;
    target[at + index] = unit;
  }
  return length;
}

/** Checksum of head and strings: every word passes a step that loses nothing, so that no change of one word escapes it. */
function headChecksum(view: DataView, at: number, end: number): number {
  let sum = FORMAT;
  for (let word = at + AT_BODY_CRC; word < end; word += 4) {
    sum = Math.imul(sum ^ view.getUint32(word, true), 0x9e3779b1);
    sum = (sum << 13) | (sum >>> 19);
  }
  sum = Math.imul(sum ^ (sum >>> 15), 0x85ebca77);
  return (sum ^ (sum >>> 16)) >>> 0;
}

/** Of both as they follow each other. */
function bodyChecksum(outcome: Uint8Array | undefined, snapshot: Uint8Array | undefined): number {
  const sum = outcome === undefined ? 0 : crc32(outcome);
  return snapshot === undefined ? sum : crc32(snapshot, sum);
}

/**
 * Writes the record of `fields` at `at` and returns its length in bytes, without padding. `target` must have
 * `recordBound(fields)` bytes from there; `view` is a view of the same memory.
 */
export function writeRecord(target: Uint8Array, view: DataView, at: number, fields: RecordFields): number {
  const { requestId, outcome, snapshot } = fields;
  let end = at + HEAD_LENGTH;
  const idLength = writeString(target, end, fields.id);
  end += idLength;
  const scriptLength = writeString(target, end, fields.script);
  end += scriptLength;
  const codeLength = writeString(target, end, fields.codeHash);
  end += codeLength;
  const requestLength = requestId === undefined ? 0 : writeString(target, end, requestId);
  end += requestLength;
  while ((end - at) % 4 !== 0) target[end++] = 0;
  const bodyStart = end;
  if (outcome !== undefined) {
    target.set(outcome, end);
    end += outcome.length;
  }
  if (snapshot !== undefined) {
    target.set(snapshot, end);
    end += snapshot.length;
  }
  const flags =
    (requestId === undefined ? 0 : FLAG_REQUEST) |
    (snapshot === undefined ? 0 : FLAG_SNAPSHOT) |
    (outcome === undefined ? 0 : FLAG_OUTCOME) |
    (fields.damaged ? FLAG_DAMAGED : 0);
  view.setUint32(at + AT_BODY_CRC, bodyChecksum(outcome, snapshot), true);
  view.setUint32(at + AT_FORMAT, FORMAT | (fields.status << 8) | (flags << 16), true);
  view.setUint32(at + AT_LENGTH, end - at, true);
  view.setFloat64(at + AT_CREATED, fields.createdAt, true);
  view.setFloat64(at + AT_UPDATED, fields.updatedAt, true);
  view.setFloat64(at + AT_SEQUENCE, fields.sequence, true);
  view.setUint32(at + AT_SCRIPT_TAG, tagOf(fields.script), true);
  view.setUint32(at + AT_CODE_TAG, tagOf(fields.codeHash), true);
  view.setFloat64(at + AT_REQUEST, requestId === undefined ? 0 : requestHash(fields.script, requestId), true);
  view.setUint32(at + AT_OUTCOME_LENGTH, outcome?.length ?? 0, true);
  view.setUint32(at + AT_SNAPSHOT_LENGTH, snapshot?.length ?? 0, true);
  view.setUint32(at + AT_ID_LENGTH, idLength | (scriptLength << 16), true);
  view.setUint32(at + AT_CODE_LENGTH, codeLength | (requestLength << 16), true);
  view.setUint32(at + AT_HEAD_SUM, headChecksum(view, at, bodyStart), true);
  return end - at;
}

/** The record of `fields` padded with zeros to its row length. */
export function encodeRow(fields: RecordFields): Uint8Array {
  const scratch = new Uint8Array(recordBound(fields));
  const length = writeRecord(scratch, new DataView(scratch.buffer), 0, fields);
  const row = new Uint8Array(rowLengthFor(length));
  row.set(scratch.subarray(0, length));
  return row;
}

const FREE_MARK = encoder.encode('free row\0\0\0\0');
const freeRows = new Map<number, Uint8Array>();

/** A free row of this length. Shared: not to be written to. */
export function freeRow(length: number): Uint8Array {
  let row = freeRows.get(length);
  if (row === undefined) {
    row = new Uint8Array(length);
    row.set(FREE_MARK);
    // Snapshots of odd sizes must not keep a megabyte each for ever.
    if (length <= 65_536) freeRows.set(length, row);
  }
  return row;
}

/** Whether this is (the beginning of) a free row. No record begins so: its format byte, the ninth, is never zero. */
export function isFreeRow(row: Uint8Array): boolean {
  for (let index = 0; index < FREE_MARK.length; index++) if (row[index] !== FREE_MARK[index]) return false;
  return true;
}

/** A third of the time of a TextDecoder for texts as short as these. What the checksum covers is UTF-8. */
const { utf8Slice } = Buffer.prototype as unknown as {
  utf8Slice: (this: Uint8Array, start: number, end: number) => string;
};

function stringsEnd(view: DataView): number {
  return (
    HEAD_LENGTH +
    view.getUint16(AT_ID_LENGTH, true) +
    view.getUint16(AT_SCRIPT_LENGTH, true) +
    view.getUint16(AT_CODE_LENGTH, true) +
    view.getUint16(AT_REQUEST_LENGTH, true)
  );
}

/** Where the outcome begins: after the strings, at a multiple of 4. */
const headEnd = (view: DataView): number => (stringsEnd(view) + 3) & ~3;

const viewOf = (row: Uint8Array): DataView => new DataView(row.buffer, row.byteOffset, row.byteLength);

/** Bytes of head and strings, as the head claims; `row` may be only the beginning of a row. */
export function claimedHeadLength(row: Uint8Array): number {
  return row.length < HEAD_LENGTH ? HEAD_LENGTH : headEnd(viewOf(row));
}

/** Reads what the tables in memory need from the beginning of a row. Undefined if head or strings are damaged. */
export function readKeys(row: Uint8Array): RecordKeys | undefined {
  if (row.length < HEAD_LENGTH) return undefined;
  const view = viewOf(row);
  const end = headEnd(view);
  if (end > row.length || headChecksum(view, 0, end) !== view.getUint32(AT_HEAD_SUM, true)) return undefined;
  return {
    id: utf8Slice.call(row, HEAD_LENGTH, HEAD_LENGTH + view.getUint16(AT_ID_LENGTH, true)),
    ...numericKeys(view, 0),
  };
}

/** The keys that need no string of a record that was just written at `at`. */
export function numericKeys(view: DataView, at: number): Omit<RecordKeys, 'id'> {
  return {
    status: view.getUint8(at + AT_STATUS),
    createdAt: view.getFloat64(at + AT_CREATED, true),
    scriptTag: view.getUint32(at + AT_SCRIPT_TAG, true),
    codeTag: view.getUint32(at + AT_CODE_TAG, true),
    request: view.getFloat64(at + AT_REQUEST, true),
  };
}

/** Of a record that was just written at `at`; 0 if it has no request id. */
export function requestNumberOf(view: DataView, at: number): number {
  return view.getFloat64(at + AT_REQUEST, true);
}

export function updatedAtOf(view: DataView, at: number): number {
  return view.getFloat64(at + AT_UPDATED, true);
}

/** A record read back; `damage` says what is wrong with outcome or snapshot, which then must not be used. */
export interface ReadRecord extends RecordFields {
  readonly damage: string | undefined;
}

/** Reads a whole row. Undefined if head or strings are damaged, so that not even its owner is known. */
export function readRecord(row: Uint8Array): ReadRecord | undefined {
  const keys = readKeys(row);
  if (keys === undefined) return undefined;
  const view = viewOf(row);
  const text = (at: number, length: number): string => utf8Slice.call(row, at, at + length);
  const scriptAt = HEAD_LENGTH + view.getUint16(AT_ID_LENGTH, true);
  const codeAt = scriptAt + view.getUint16(AT_SCRIPT_LENGTH, true);
  const requestAt = codeAt + view.getUint16(AT_CODE_LENGTH, true);
  const outcomeAt = headEnd(view);
  const snapshotAt = outcomeAt + view.getUint32(AT_OUTCOME_LENGTH, true);
  const end = view.getUint32(AT_LENGTH, true);
  const flags = view.getUint8(AT_FLAGS);
  const whole =
    row.length >= end && crc32(row.subarray(outcomeAt, end)) === view.getUint32(AT_BODY_CRC, true);
  const damage = !whole
    ? 'the checksum of its stored bytes does not match'
    : (flags & FLAG_DAMAGED) !== 0
      ? 'its snapshot was found damaged earlier'
      : undefined;
  return {
    id: keys.id,
    status: keys.status,
    script: text(scriptAt, codeAt - scriptAt),
    codeHash: text(codeAt, requestAt - codeAt),
    requestId: (flags & FLAG_REQUEST) === 0 ? undefined : text(requestAt, stringsEnd(view) - requestAt),
    sequence: view.getFloat64(AT_SEQUENCE, true),
    createdAt: keys.createdAt,
    updatedAt: view.getFloat64(AT_UPDATED, true),
    outcome: (flags & FLAG_OUTCOME) === 0 ? undefined : row.slice(outcomeAt, snapshotAt),
    snapshot: (flags & FLAG_SNAPSHOT) === 0 ? undefined : row.slice(snapshotAt, end),
    damaged: damage !== undefined,
    damage,
  };
}

/** Whether a row is, whole and with a snapshot that may be handed out, what the tables in memory say: this instance in this status. */
export function isSoundRow(row: Uint8Array, id: string, status: number): boolean {
  if (row.length < HEAD_LENGTH || row[AT_STATUS] !== status) return false;
  const keys = readKeys(row);
  if (keys === undefined || keys.id !== id) return false;
  const view = viewOf(row);
  const end = view.getUint32(AT_LENGTH, true);
  if (row.length < end || crc32(row.subarray(headEnd(view), end)) !== view.getUint32(AT_BODY_CRC, true))
    return false;
  return (view.getUint8(AT_FLAGS) & (FLAG_SNAPSHOT | FLAG_DAMAGED)) === FLAG_SNAPSHOT;
}

const DAMAGED_HEAD =
  'the checksum of its stored head does not match, so that its id and script are not known';
const WRONG_OWNER = 'its stored bytes name another instance, or a status that cannot be';

/**
 * What a row says to the outside. `id` is what the tables in memory call its instance, which is a stand-in if the row
 * could not be trusted when it was first read; `status` is what they take it for.
 */
export function toStoredInstance({ row, id, status }: RawRow): StoredInstance {
  const record = readRecord(row);
  if (record === undefined || record.id !== id) {
    return {
      id,
      script: '',
      requestId: undefined,
      codeHash: '',
      status,
      sequence: 0,
      createdAt: 0,
      updatedAt: 0,
      snapshot: undefined,
      outcome: undefined,
      damaged: record === undefined ? DAMAGED_HEAD : WRONG_OWNER,
    };
  }
  const { damage } = record;
  return {
    id: record.id,
    script: record.script,
    requestId: record.requestId,
    codeHash: record.codeHash,
    status: STATUS_NAMES[record.status] ?? 'running',
    sequence: record.sequence,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    snapshot: damage === undefined ? record.snapshot : undefined,
    outcome: damage === undefined ? record.outcome : undefined,
    damaged: damage,
  };
}
