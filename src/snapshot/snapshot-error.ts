import { WaymarkError } from '../waymark-error.ts';

/** What can go wrong with a snapshot. The codes are stable. */
export const SnapshotCode = {
  /** The bytes do not begin like a snapshot. */
  notASnapshot: 'WM4001',
  /** The bytes end too early. */
  truncated: 'WM4002',
  /** Written by a newer Waymark. */
  unknownVersion: 'WM4003',
  /** The checksum does not fit the bytes. */
  damaged: 'WM4004',
  /** The checksum fits, but the body is not what the format allows. */
  malformed: 'WM4005',
  /** Belongs to other code than the context's. */
  unknownCode: 'WM4006',
  /** A value that no snapshot can hold. */
  unserialisable: 'WM4007',
  /** A user type or a closure needs itself to be made. */
  constructionCycle: 'WM4008',
  /** `write()` of a user type threw. */
  userWriteFailed: 'WM4009',
  /** `read()` of a user type threw or gave no object. */
  userReadFailed: 'WM4010',
  /** The snapshot names a user type that is not registered. */
  unknownUserType: 'WM4011',
  /** Larger than a snapshot may be. */
  tooLarge: 'WM4012',
  /** The context handed to `encode` or `decode` is not usable. */
  badContext: 'WM4013',
} as const;

export interface SnapshotErrorOptions {
  readonly fix?: string;
  readonly cause?: unknown;
  /** Where the value is, in the author's words. */
  readonly path?: string;
}

/** Every failure of encoding or decoding a snapshot. */
export class SnapshotError extends WaymarkError {
  /** Where the value is, in the author's words: `payments.ts:14 settle(): local "socket" -> .handle`. */
  readonly path: string | undefined;

  constructor(code: string, message: string, options: SnapshotErrorOptions = {}) {
    super(code, message, options);
    this.path = options.path;
  }
}

/** Bytes whose checksum fits but that no encoder would write. */
export function malformed(what: string, cause?: unknown): SnapshotError {
  return new SnapshotError(SnapshotCode.malformed, `Snapshot is malformed: ${what}`, {
    fix: 'The bytes were changed or written by something else. Restore this instance from a replica, or purge it.',
    ...(cause === undefined ? {} : { cause }),
  });
}
