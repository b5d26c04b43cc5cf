/**
 * The first bytes of every snapshot: magic, format version, code hash. And the last: CRC32C over all before it.
 */
import type { ByteWriter } from './byte-writer.ts';
import { crc32c } from './crc32c.ts';
import { CHECKSUM_LENGTH, FORMAT_VERSION, MAGIC, MAX_CODE_HASH } from './format.ts';
import { SnapshotCode, SnapshotError } from './snapshot-error.ts';

export interface SnapshotHeader {
  /** Of the format. */
  readonly version: number;
  /** Identifies the compiled code; lower-case hexadecimal. */
  readonly codeHash: string;
}

// Most snapshots of a process have one of a few code hashes: the last header that was written or read is kept.
let lastHash: string | undefined;
let lastHeader: Uint8Array = new Uint8Array(0);

export function writeHeader(out: ByteWriter, codeHash: string): void {
  if (codeHash !== lastHash) {
    lastHeader = headerBytes(codeHash);
    lastHash = codeHash;
  }
  const header = lastHeader;
  out.reserve(header.length);
  for (let index = 0; index < header.length; index++) out.byte(header[index]!);
}

function headerBytes(codeHash: string): Uint8Array {
  const hash = Buffer.from(codeHash, 'hex');
  if (hash.length > MAX_CODE_HASH || hash.toString('hex') !== codeHash) {
    throw new SnapshotError(
      SnapshotCode.badContext,
      `The code hash ${JSON.stringify(codeHash)} is not lower-case hexadecimal of at most ${MAX_CODE_HASH} bytes`,
    );
  }
  return Uint8Array.from([...MAGIC, FORMAT_VERSION, hash.length, ...hash]);
}

/**
 * What a snapshot says about itself, without looking at its body or its checksum.
 * @throws SnapshotError WM4001 (not a snapshot), WM4002 (truncated), WM4003 (unknown version), WM4005 (malformed).
 */
export function readHeader(bytes: Uint8Array): SnapshotHeader {
  for (let index = 0; index < MAGIC.length; index++) {
    if (index >= bytes.length) throw truncated(bytes.length);
    if (bytes[index] !== MAGIC[index]) {
      throw new SnapshotError(SnapshotCode.notASnapshot, 'These bytes are not a Waymark snapshot', {
        fix: 'Check where they come from: a snapshot begins with 57 4D 4B C1.',
      });
    }
  }
  const version = bytes[MAGIC.length];
  if (version === undefined) throw truncated(bytes.length);
  if (version !== FORMAT_VERSION) {
    throw new SnapshotError(
      SnapshotCode.unknownVersion,
      `Snapshot format ${version} is unknown here; this Waymark reads format ${FORMAT_VERSION}`,
      { fix: 'Restore it with the version of Waymark that wrote it, or a newer one.' },
    );
  }
  const length = bytes[MAGIC.length + 1];
  if (length === undefined) throw truncated(bytes.length);
  if (length > MAX_CODE_HASH) {
    throw new SnapshotError(SnapshotCode.malformed, `Snapshot is malformed: a code hash of ${length} bytes`);
  }
  const start = MAGIC.length + 2;
  if (bytes.length < start + length) throw truncated(bytes.length);
  if (lastHash !== undefined && beginsWith(bytes, lastHeader) && length === lastHash.length / 2)
    return { version, codeHash: lastHash };
  const codeHash = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('hex');
  // A copy: the memory of `bytes` belongs to the caller, and `slice` of a Buffer would be a view of it.
  lastHeader = Uint8Array.from(bytes.subarray(0, start + length));
  lastHash = codeHash;
  return { version, codeHash };
}

function beginsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
  if (bytes.length < beginning.length) return false;
  for (let index = 0; index < beginning.length; index++) if (bytes[index] !== beginning[index]) return false;
  return true;
}

/** Where the body begins. */
export function headerLength(header: SnapshotHeader): number {
  return MAGIC.length + 2 + header.codeHash.length / 2;
}

export function writeChecksum(out: ByteWriter): void {
  out.reserve(CHECKSUM_LENGTH);
  out.uint32(crc32c(out.bytes, 0, out.position));
}

/** @throws SnapshotError WM4002 or WM4004 when the bytes are not those that were written. */
export function verifyChecksum(bytes: Uint8Array, bodyStart: number): void {
  const end = bytes.length - CHECKSUM_LENGTH;
  if (end <= bodyStart) throw truncated(bytes.length);
  const stored =
    (bytes[end]! | (bytes[end + 1]! << 8) | (bytes[end + 2]! << 16) | (bytes[end + 3]! << 24)) >>> 0;
  const computed = crc32c(bytes, 0, end);
  if (stored === computed) return;
  throw new SnapshotError(
    SnapshotCode.damaged,
    `Snapshot is damaged: its checksum is ${hex(stored)}, its bytes give ${hex(computed)} (${bytes.length} bytes)`,
    { fix: 'Restore this instance from a replica; the storage or the network changed or cut the bytes.' },
  );
}

function truncated(length: number): SnapshotError {
  return new SnapshotError(SnapshotCode.truncated, `Snapshot is truncated: only ${length} bytes`, {
    fix: 'Restore this instance from a replica; the write or the transfer did not finish.',
  });
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
