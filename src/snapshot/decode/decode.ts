/** `decode`: checks, then body, then what is left to do. */
import { ByteReader } from '../byte-reader.ts';
import { CHECKSUM_LENGTH } from '../format.ts';
import { headerLength, readHeader, verifyChecksum } from '../header.ts';
import { recordsByTag } from '../record-types.ts';
import type { SnapshotContext } from '../snapshot-context.ts';
import { malformed, SnapshotCode, SnapshotError } from '../snapshot-error.ts';
import { Decoder } from './decoder.ts';
import { finish } from './finish.ts';

/**
 * The graph that `encode` was given. Never evaluates anything, and needs memory in proportion to the bytes.
 * @throws SnapshotError WM4001 to WM4006 for bytes that are not exactly a snapshot for this code; WM4010 and WM4011 for user types.
 */
export function decode(bytes: Uint8Array, context: SnapshotContext): unknown {
  const header = readHeader(bytes);
  const start = headerLength(header);
  verifyChecksum(bytes, start);
  if (header.codeHash !== context.codeHash) {
    throw new SnapshotError(
      SnapshotCode.unknownCode,
      `The snapshot belongs to code ${header.codeHash}, not to ${context.codeHash}`,
      { fix: 'Restore it with the bundle of that hash.' },
    );
  }
  try {
    const reader = new ByteReader(bytes, start, bytes.length - CHECKSUM_LENGTH);
    const d = new Decoder(reader, context, recordsByTag(context));
    const root = d.run();
    finish(d);
    return d.resolve(root) as unknown;
  } catch (error) {
    if (error instanceof SnapshotError) throw error;
    throw malformed(error instanceof Error ? error.message : String(error), error);
  }
}
