/**
 * Owns the bytes of a snapshot that is being written.
 * 1. `bytes[0, position)` is what has been written; nothing beyond is read.
 * 2. `byte`, `varint` and the floats write without a check: `reserve` must have made room before.
 * 3. The memory never leaves this class: `finish` gives a copy.
 */
import type { TextBuffer } from './buffer-text.ts';
import { SnapshotCode, SnapshotError } from './snapshot-error.ts';

const INITIAL_SIZE = 16 * 1024;
/** A buffer that grew beyond this is given up after use, so that one large snapshot does not hold memory for ever. */
const KEEP_SIZE = 1024 * 1024;
/** Largest snapshot, in bytes. */
export const MAX_SNAPSHOT = 1024 * 1024 * 1024;

export class ByteWriter {
  bytes: TextBuffer = Buffer.allocUnsafeSlow(INITIAL_SIZE) as TextBuffer;
  private view = new DataView(this.bytes.buffer);
  position = 0;

  /** Makes room for `length` more bytes. */
  reserve(length: number): void {
    if (this.position + length > this.bytes.length) this.grow(length);
  }

  private grow(length: number): void {
    const needed = this.position + length;
    if (needed > MAX_SNAPSHOT) {
      throw new SnapshotError(SnapshotCode.tooLarge, `The snapshot is larger than ${MAX_SNAPSHOT} bytes`, {
        fix: 'Keep large data outside the script (a file, a database) and hold only its name.',
      });
    }
    const size = Math.min(MAX_SNAPSHOT, Math.max(needed, this.bytes.length * 2));
    const larger = Buffer.allocUnsafeSlow(size) as TextBuffer;
    this.bytes.copy(larger, 0, 0, this.position);
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }

  byte(value: number): void {
    this.bytes[this.position++] = value;
  }

  /** A non-negative safe integer, seven bits a byte, lowest first. At most eight bytes. */
  varint(value: number): void {
    let rest = value;
    while (rest > 0x7fffffff) {
      this.bytes[this.position++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest > 0x7f) {
      this.bytes[this.position++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.position++] = rest;
  }

  float32(value: number): void {
    this.view.setFloat32(this.position, value, true);
    this.position += 4;
  }

  float64(value: number): void {
    this.view.setFloat64(this.position, value, true);
    this.position += 8;
  }

  uint32(value: number): void {
    this.view.setUint32(this.position, value, true);
    this.position += 4;
  }

  /** Bytes as they are; makes room itself. */
  raw(source: Uint8Array): void {
    this.reserve(source.length);
    this.bytes.set(source, this.position);
    this.position += source.length;
  }

  /** A copy of what was written; the writer can be used again. */
  finish(): Buffer {
    const result = Buffer.allocUnsafe(this.position);
    this.bytes.copy(result, 0, 0, this.position);
    this.reset();
    return result;
  }

  reset(): void {
    this.position = 0;
    if (this.bytes.length <= KEEP_SIZE) return;
    this.bytes = Buffer.allocUnsafeSlow(INITIAL_SIZE) as TextBuffer;
    this.view = new DataView(this.bytes.buffer);
  }
}
