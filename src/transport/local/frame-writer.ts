/**
 * Owns: one growing buffer of frames that wait to be written to one socket. No allocation per message. Invariant:
 * the buffer holds whole frames only.
 */
import type { Headers } from '../transport.ts';
import {
  FORMAT_VERSION,
  KIND,
  MAX_ENVELOPE_BYTES,
  MESSAGE_FIXED_BYTES,
  PREFIX_BYTES,
} from './frame-format.ts';

/** Room for the largest envelope several times over, so that it rarely grows. */
const START_BYTES = 262_144;
/** A buffer that grew beyond this for a burst is not kept. */
const KEEP_BYTES = 1 << 20;

export class FrameWriter {
  #buffer = Buffer.allocUnsafeSlow(START_BYTES);
  #length = 0;

  /** Bytes waiting. */
  get length(): number {
    return this.#length;
  }

  hello(id: string, incarnation: string): void {
    this.#frame(KIND.hello, (at) =>
      this.#string(this.#string(this.#u32(at, FORMAT_VERSION), id), incarnation),
    );
  }

  subscribe(subscription: number, subject: string, queue: string | undefined): void {
    this.#frame(KIND.subscribe, (at) => {
      const flag = this.#string(this.#u32(at, subscription), subject);
      this.#buffer[flag] = queue === undefined ? 0 : 1;
      return this.#string(flag + 1, queue ?? '');
    });
  }

  /** UNSUBSCRIBE, SYNC and KNOWN. */
  numbered(kind: number, value: number): void {
    this.#frame(kind, (at) => this.#u32(at, value));
  }

  ready(): void {
    this.#frame(KIND.ready, (at) => at);
  }

  message(
    subscription: number,
    subject: string,
    replyTo: string | undefined,
    headers: Headers,
    data: Uint8Array,
  ): void {
    const reply = replyTo ?? '';
    this.#reserve(MAX_ENVELOPE_BYTES + data.length);
    const buffer = this.#buffer;
    const start = this.#length;
    let at = start + PREFIX_BYTES + MESSAGE_FIXED_BYTES;
    // Subjects are ASCII: checked before.
    for (let index = 0; index < subject.length; index++) buffer[at++] = subject.charCodeAt(index);
    for (let index = 0; index < reply.length; index++) buffer[at++] = reply.charCodeAt(index);
    const headersAt = at;
    for (const name in headers) {
      const value = headers[name]!;
      buffer[at++] = name.length;
      for (let index = 0; index < name.length; index++) buffer[at++] = name.charCodeAt(index);
      const length = this.#text(at + 2, value);
      buffer[at] = length;
      buffer[at + 1] = length >>> 8;
      at += 2 + length;
    }
    const headersLength = at - headersAt;
    buffer.set(data, at);
    at += data.length;
    this.#u32(start, at - start - 4);
    buffer[start + 4] = KIND.message;
    this.#u32(start + 5, subscription);
    buffer[start + 9] = subject.length;
    buffer[start + 10] = subject.length >>> 8;
    buffer[start + 11] = reply.length;
    buffer[start + 12] = reply.length >>> 8;
    buffer[start + 13] = headersLength;
    buffer[start + 14] = headersLength >>> 8;
    this.#length = at;
  }

  /** The waiting bytes. They are the caller's until `reuse` or `renew`, one of which must follow before the next frame. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /** The bytes have been copied elsewhere: the buffer is filled again from its start. */
  reuse(): void {
    this.#length = 0;
    if (this.#buffer.length > KEEP_BYTES) this.#buffer = Buffer.allocUnsafeSlow(START_BYTES);
  }

  /** Somebody still reads the bytes: a new buffer is begun. */
  renew(): void {
    this.#length = 0;
    this.#buffer = Buffer.allocUnsafeSlow(START_BYTES);
  }

  /** Bytes that `text` takes in the buffer from `at`. */
  #text(at: number, text: string): number {
    const buffer = this.#buffer;
    const length = text.length;
    if (length > 64) return buffer.write(text, at);
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code > 127) return buffer.write(text, at);
      buffer[at + index] = code;
    }
    return length;
  }

  #frame(kind: number, fields: (at: number) => number): void {
    this.#reserve(4096);
    const start = this.#length;
    this.#buffer[start + 4] = kind;
    const end = fields(start + PREFIX_BYTES);
    this.#u32(start, end - start - 4);
    this.#length = end;
  }

  #u32(at: number, value: number): number {
    const buffer = this.#buffer;
    buffer[at] = value;
    buffer[at + 1] = value >>> 8;
    buffer[at + 2] = value >>> 16;
    buffer[at + 3] = value >>> 24;
    return at + 4;
  }

  #string(at: number, text: string): number {
    const length = this.#text(at + 2, text);
    this.#buffer[at] = length;
    this.#buffer[at + 1] = length >>> 8;
    return at + 2 + length;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
