/** Reads the fields of frames. Every function checks its bounds and throws WM6008. */
import type { Headers } from '../transport.ts';
import { MESSAGE_FIXED_BYTES } from './frame-format.ts';
import { malformed } from './frame-reader.ts';

export interface MessageFrame {
  readonly subscription: number;
  /** Empty unless for an inbox. */
  readonly subject: string;
  readonly replyTo: string | undefined;
  readonly headers: Headers;
  readonly data: Uint8Array;
}

const NO_HEADERS: Headers = Object.freeze({});

export function readNumber(bytes: Buffer, at: number, end: number): number {
  if (at + 4 > end) throw malformed('a truncated number');
  return bytes.readUInt32LE(at);
}

export interface TextField {
  readonly text: string;
  readonly next: number;
}

export function readText(bytes: Buffer, at: number, end: number): TextField {
  if (at + 2 > end) throw malformed('a truncated text');
  const next = at + 2 + bytes.readUInt16LE(at);
  if (next > end) throw malformed('a text longer than its frame');
  return { text: bytes.toString('utf8', at + 2, next), next };
}

export function readMessage(bytes: Buffer, start: number, end: number): MessageFrame {
  if (start + MESSAGE_FIXED_BYTES > end) throw malformed('a truncated message');
  const subjectAt = start + MESSAGE_FIXED_BYTES;
  const replyAt = subjectAt + bytes.readUInt16LE(start + 4);
  const headersAt = replyAt + bytes.readUInt16LE(start + 6);
  const dataAt = headersAt + bytes.readUInt16LE(start + 8);
  if (dataAt > end) throw malformed('a message whose parts are longer than its frame');
  return {
    subscription: bytes.readUInt32LE(start),
    subject: replyAt === subjectAt ? '' : bytes.toString('latin1', subjectAt, replyAt),
    replyTo: headersAt === replyAt ? undefined : bytes.toString('latin1', replyAt, headersAt),
    headers: dataAt === headersAt ? NO_HEADERS : readHeaders(bytes, headersAt, dataAt),
    // Not `bytes.subarray`: a plain Uint8Array, as the seam says.
    data: new Uint8Array(bytes.buffer, bytes.byteOffset + dataAt, end - dataAt),
  };
}

function readHeaders(bytes: Buffer, start: number, end: number): Headers {
  const headers: Record<string, string> = {};
  let at = start;
  while (at < end) {
    const nameEnd = at + 1 + bytes[at]!;
    if (nameEnd + 2 > end) throw malformed('truncated headers');
    const next = nameEnd + 2 + bytes.readUInt16LE(nameEnd);
    if (next > end) throw malformed('a header longer than its frame');
    const name = nameOf(bytes, at + 1, nameEnd);
    if (name === '__proto__') throw malformed('a header named __proto__');
    headers[name] = bytes.toString('utf8', nameEnd + 2, next);
    at = next;
  }
  return headers;
}

/** Header names come from a small set: each is decoded once and then recognised by its bytes. */
const known: (Known | undefined)[] = Array.from({ length: 64 });
interface Known {
  readonly text: string;
  readonly bytes: Uint8Array;
}

function nameOf(bytes: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length === 0) throw malformed('a header without a name');
  const slot = (length * 7 + bytes[end - 1]! * 3 + bytes[start]!) & 63;
  const entry = known[slot];
  if (entry !== undefined && entry.bytes.length === length) {
    let index = 0;
    while (index < length && entry.bytes[index] === bytes[start + index]) index++;
    if (index === length) return entry.text;
  }
  const text = bytes.toString('latin1', start, end);
  known[slot] = { text, bytes: new Uint8Array(bytes.subarray(start, end)) };
  return text;
}
