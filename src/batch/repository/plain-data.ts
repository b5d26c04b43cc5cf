/** Checkpoints and user data as bytes: the snapshot format without anything of a running script in it. */
import { BatchError, BatchErrorCode } from '../batch-error.ts';
import { decode, encode, SnapshotError, type SnapshotContext } from '../../snapshot/index.ts';

const CONTEXT: SnapshotContext = {
  codeHash: '',
  records: [],
  referenceOf: () => undefined,
  resolveReference: (name) => {
    throw new SnapshotError('WM4005', `Plain data has no reference ${JSON.stringify(name)}`);
  },
  closureOf: () => undefined,
  createClosure: () => {
    throw new SnapshotError('WM4005', 'Plain data has no closures');
  },
  instanceTypeOf: () => undefined,
  userTypeOf: () => undefined,
  userTypeNamed: () => undefined,
};

/**
 * Numbers, texts, big integers, dates, maps, sets, lists, buffers, plain objects: with identity and cycles, with a checksum.
 * @param what Begins the message: `The checkpoint of step "load"`.
 * @throws BatchError WM9064 for a value that cannot be kept
 */
export function encodePlain(value: unknown, what: string): Uint8Array {
  try {
    return encode(value, CONTEXT);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new BatchError(BatchErrorCode.checkpointNotSaved, `${what} cannot be saved: ${error.message}`, {
      cause: error,
      fix: 'Use plain data: numbers, texts, dates, maps, lists.',
    });
  }
}

/** @throws BatchError WM9065 */
export function decodePlain(bytes: Uint8Array, what: string): unknown {
  try {
    return decode(bytes, CONTEXT);
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new BatchError(BatchErrorCode.recordUnreadable, `${what} cannot be read: ${error.message}`, {
      cause: error,
      fix: 'Run the version that wrote it. If it is damaged, purge the instance and start a new one.',
    });
  }
}

/** Whether a value can no longer change, so that it needs no copy. */
export const isPrimitive = (value: unknown): boolean =>
  value === null || (typeof value !== 'object' && typeof value !== 'function');
