/**
 * Batches of records as bytes:
 *
 *     version (1) | session (8) | number (8) | part (8) | parts (8) | body | CRC32C of all before (4)
 *
 * Numbers of the envelope are float64, little endian. The body of a batch that is larger than one message is cut into parts, each with the same number. A body is a count and so many
 * records: kind, then its fields; text is a length and UTF-8, bytes a length and bytes, times are float64. Script names and
 * code hashes, which repeat, are numbered within a body: 0 and the text the first time, later the number.
 */
import { crc32c } from '../../snapshot/crc32c.ts';
import { ByteReader } from '../../snapshot/byte-reader.ts';
import { ByteWriter } from '../../snapshot/byte-writer.ts';
import type { CheckpointWrite, CodeChange, OutcomeWrite } from '../../store/checkpoint-store.ts';
import type { ReplicaRecord } from './replica-record.ts';

const VERSION = 1;
export const SESSION_BYTES = 8;
/** Version, session, three numbers, checksum. */
const ENVELOPE_BYTES = 1 + SESSION_BYTES + 3 * 8 + 4;

const KINDS = [
  'save',
  'complete',
  'fail',
  'retry',
  'purge',
  'expire',
  'code',
  'change-code',
  'drop-code',
] as const;

/** One message of a batch. */
export interface BatchPart {
  readonly session: Uint8Array;
  /** 1, 2, 3 ... within a session. */
  readonly number: number;
  /** 0 to `parts` - 1. */
  readonly part: number;
  readonly parts: number;
  readonly body: Uint8Array;
}

/** A part that is not what was sent. */
export class BatchDamaged extends Error {}

class BodyWriter extends ByteWriter {
  readonly #known = new Map<string, number>();

  text(value: string): void {
    this.reserve(value.length * 3 + 8);
    const bytes = Buffer.byteLength(value);
    this.varint(bytes);
    this.position += this.bytes.utf8Write(value, this.position);
  }

  repeated(value: string): void {
    const number = this.#known.get(value);
    this.reserve(8);
    this.varint(number ?? 0);
    if (number !== undefined) return;
    this.#known.set(value, this.#known.size + 1);
    this.text(value);
  }

  sized(bytes: Uint8Array): void {
    this.reserve(8);
    this.varint(bytes.length);
    this.raw(bytes);
  }

  time(value: number): void {
    this.reserve(8);
    this.float64(value);
  }

  forget(): void {
    this.#known.clear();
  }
}

const writer = new BodyWriter();

/** The body of a batch. */
export function encodeRecords(records: readonly ReplicaRecord[]): Uint8Array {
  writer.reset();
  writer.forget();
  writer.reserve(8);
  writer.varint(records.length);
  for (const record of records) {
    writer.reserve(1);
    writer.byte(KINDS.indexOf(record.kind));
    switch (record.kind) {
      case 'save':
        writeHead(record.write);
        writer.sized(record.write.snapshot);
        break;
      case 'complete':
      case 'fail':
        writeHead(record.write);
        writer.sized(record.write.outcome);
        break;
      case 'retry':
        writer.text(record.id);
        writer.time(record.at);
        break;
      case 'purge':
        writer.text(record.id);
        break;
      case 'expire':
        writer.time(record.before);
        break;
      case 'code':
        writer.text(record.hash);
        writer.sized(record.bundle);
        break;
      case 'change-code':
        writer.text(record.change.id);
        writer.repeated(record.change.from.codeHash);
        writer.repeated(record.change.codeHash);
        writer.reserve(8);
        writer.varint(record.change.from.sequence);
        writer.sized(record.change.snapshot);
        break;
      case 'drop-code':
        writer.reserve(8);
        writer.varint(record.keep.length);
        for (const hash of record.keep) writer.text(hash);
        break;
    }
  }
  return writer.finish();
}

function writeHead(write: CheckpointWrite | OutcomeWrite): void {
  writer.text(write.id);
  writer.repeated(write.script);
  writer.repeated(write.codeHash);
  writer.reserve(9);
  writer.byte(write.requestId === undefined ? 0 : 1);
  if (write.requestId !== undefined) writer.text(write.requestId);
  writer.reserve(8);
  writer.varint(write.sequence);
  writer.time(write.createdAt);
  writer.time(write.at);
}

/** Cuts a body into messages of at most `maxBytes` each. */
export function encodeBatch(
  session: Uint8Array,
  number: number,
  body: Uint8Array,
  maxBytes: number,
): Uint8Array[] {
  const room = maxBytes - ENVELOPE_BYTES;
  const parts = Math.max(1, Math.ceil(body.length / room));
  return Array.from({ length: parts }, (_, part) => {
    const content = body.subarray(part * room, (part + 1) * room);
    const message = Buffer.allocUnsafe(ENVELOPE_BYTES + content.length);
    let at = 0;
    message[at++] = VERSION;
    message.set(session, at);
    at += SESSION_BYTES;
    for (const value of [number, part, parts]) at = message.writeDoubleLE(value, at);
    message.set(content, at);
    at += content.length;
    message.writeUInt32LE(crc32c(message, 0, at), at);
    return message;
  });
}

/** @throws BatchDamaged */
export function decodePart(message: Uint8Array): BatchPart {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.length);
  const end = bytes.length - 4;
  if (end < ENVELOPE_BYTES - 4) throw new BatchDamaged('a message of replication is too short');
  if (bytes.readUInt32LE(end) !== crc32c(bytes, 0, end))
    throw new BatchDamaged('a message of replication does not have its checksum');
  if (bytes[0] !== VERSION)
    throw new BatchDamaged(`a message of replication has version ${bytes[0]}; this node reads ${VERSION}`);
  const session = bytes.subarray(1, 1 + SESSION_BYTES);
  const at = 1 + SESSION_BYTES;
  const [number, part, parts] = [0, 8, 16].map((offset) => bytes.readDoubleLE(at + offset));
  return { session, number: number!, part: part!, parts: parts!, body: bytes.subarray(at + 24, end) };
}

class BodyReader extends ByteReader {
  readonly #known: string[] = [];

  text(): string {
    return this.utf8(this.varint());
  }

  repeated(): string {
    const number = this.varint();
    if (number > 0) {
      const known = this.#known[number - 1];
      if (known === undefined) throw new BatchDamaged('a record of replication names an unknown text');
      return known;
    }
    const text = this.text();
    this.#known.push(text);
    return text;
  }

  /** A copy: the message may be a view of a larger buffer. */
  sized(): Uint8Array {
    return new Uint8Array(this.raw(this.varint()));
  }

  time(): number {
    return this.float64();
  }
}

/** @throws BatchDamaged, SnapshotError (a body that ends too early) */
export function decodeRecords(body: Uint8Array): ReplicaRecord[] {
  const reader = new BodyReader(body, 0, body.length);
  const count = reader.count();
  return Array.from({ length: count }, () => readRecord(reader));
}

function readRecord(reader: BodyReader): ReplicaRecord {
  const kind = KINDS[reader.byte()];
  switch (kind) {
    case 'save':
      return { kind, write: { ...readHead(reader), snapshot: reader.sized() } };
    case 'complete':
    case 'fail':
      return { kind, write: { ...readHead(reader), outcome: reader.sized() } };
    case 'retry':
      return { kind, id: reader.text(), at: reader.time() };
    case 'purge':
      return { kind, id: reader.text() };
    case 'expire':
      return { kind, before: reader.time() };
    case 'code':
      return { kind, hash: reader.text(), bundle: reader.sized() };
    case 'change-code':
      return { kind, change: readChange(reader) };
    case 'drop-code':
      return { kind, keep: Array.from({ length: reader.count() }, () => reader.text()) };
    default:
      throw new BatchDamaged('a record of replication has an unknown kind');
  }
}

function readChange(reader: BodyReader): CodeChange {
  const id = reader.text();
  const before = reader.repeated();
  const codeHash = reader.repeated();
  const sequence = reader.varint();
  return { id, from: { codeHash: before, sequence }, codeHash, snapshot: reader.sized() };
}

function readHead(reader: BodyReader): Omit<CheckpointWrite, 'snapshot'> {
  const id = reader.text();
  const script = reader.repeated();
  const codeHash = reader.repeated();
  const requestId = reader.byte() === 1 ? reader.text() : undefined;
  return {
    id,
    script,
    codeHash,
    requestId,
    sequence: reader.varint(),
    createdAt: reader.time(),
    at: reader.time(),
  };
}
