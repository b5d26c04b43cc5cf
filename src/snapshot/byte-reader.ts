/**
 * Owns the position in the bytes of a snapshot that is being read.
 * 1. Nothing at or beyond `end` is ever read: every method checks first.
 * 2. A count is only handed out after the check that so many elements can still follow.
 */
import { isUtf8 } from 'node:buffer';
import type { TextBuffer } from './buffer-text.ts';
import { malformed } from './snapshot-error.ts';

/** Longer strings are made by the engine: a call of it costs as much as making one of this length. */
const SHORT_TEXT = 12;
const floatBytes = new Uint8Array(8);
const floatView = new DataView(floatBytes.buffer);

export class ByteReader {
  readonly bytes: TextBuffer;
  position: number;
  readonly end: number;

  constructor(bytes: Uint8Array, position: number, end: number) {
    const buffer = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.bytes = buffer as TextBuffer;
    this.position = position;
    this.end = end;
  }

  byte(): number {
    if (this.position >= this.end) throw tooShort();
    return this.bytes[this.position++]!;
  }

  /** A non-negative safe integer. */
  varint(): number {
    const first = this.byte();
    return first < 0x80 ? first : this.longVarint(first);
  }

  private longVarint(first: number): number {
    let value = first & 0x7f;
    let scale = 128;
    for (let count = 0; count < 7; count++) {
      const next = this.byte();
      value += (next & 0x7f) * scale;
      if (next < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      scale *= 128;
    }
    throw malformed('a number has too many digits');
  }

  /** A count of things of at least `size` bytes each that are still to come. */
  count(size = 1): number {
    return this.checkCount(this.varint(), size);
  }

  checkCount(count: number, size = 1): number {
    if (count * size > this.end - this.position) throw malformed('a count exceeds the bytes that are left');
    return count;
  }

  float32(): number {
    const at = this.skip(4);
    for (let index = 0; index < 4; index++) floatBytes[index] = this.bytes[at + index]!;
    return floatView.getFloat32(0, true);
  }

  float64(): number {
    const at = this.skip(8);
    for (let index = 0; index < 8; index++) floatBytes[index] = this.bytes[at + index]!;
    return floatView.getFloat64(0, true);
  }

  latin1(length: number): string {
    const at = this.skip(length);
    return length > SHORT_TEXT ? this.bytes.latin1Slice(at, at + length) : shortText(this.bytes, at, length);
  }

  /** `length` in UTF-16 units. */
  utf16(length: number): string {
    const at = this.skip(length * 2);
    return this.bytes.ucs2Slice(at, at + length * 2);
  }

  /** `length` in bytes. */
  utf8(length: number): string {
    const at = this.skip(length);
    if (!isUtf8(this.bytes.subarray(at, at + length))) throw malformed('a string is not UTF-8');
    return this.bytes.utf8Slice(at, at + length);
  }

  /** A view of the next `length` bytes; copy it before it is kept. */
  raw(length: number): Buffer {
    const at = this.skip(length);
    return this.bytes.subarray(at, at + length);
  }

  /** Steps over `length` bytes; returns where they begin. */
  private skip(length: number): number {
    const at = this.position;
    if (length > this.end - at) throw tooShort();
    this.position = at + length;
    return at;
  }
}

/** One call of `fromCharCode` with all units makes one string; adding them up makes one for each. */
function shortText(b: Uint8Array, at: number, length: number): string {
  const { fromCharCode } = String;
  let text = '';
  let left = length;
  let from = at;
  for (; left >= 4; left -= 4, from += 4)
    text += fromCharCode(b[from]!, b[from + 1]!, b[from + 2]!, b[from + 3]!);
  if (left === 3) text += fromCharCode(b[from]!, b[from + 1]!, b[from + 2]!);
  else if (left === 2) text += fromCharCode(b[from]!, b[from + 1]!);
  else if (left === 1) text += fromCharCode(b[from]!);
  return text;
}

function tooShort(): Error {
  return malformed('the body ends too early');
}
