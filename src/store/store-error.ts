import { WaymarkError } from '../waymark-error.ts';

/** Codes of everything that a store reports. They are stable: users' scripts and alerts may match on them. */
export const StoreErrorCode = {
  closed: 'WM5001',
  inUse: 'WM5002',
  damaged: 'WM5003',
  newerFormat: 'WM5004',
  foreignFile: 'WM5005',
  full: 'WM5006',
  commitFailed: 'WM5007',
  invalidWrite: 'WM5008',
  cannotOpen: 'WM5009',
  workerDied: 'WM5010',
} as const;

export type StoreErrorCode = (typeof StoreErrorCode)[keyof typeof StoreErrorCode];

/** What crosses a thread border in place of a StoreError, whose class structured clone would drop. */
export interface StoreErrorData {
  readonly code: string;
  readonly message: string;
  readonly fix: string | undefined;
  readonly fatal: boolean;
  readonly detail: string | undefined;
}

/**
 * A store could not do what was asked. `fatal` means that the store is dead: what is on disk can no longer be known
 * from inside this process, every later call rejects with the same error, and only opening the store again (which
 * reads the disk) helps. Without `fatal` the call had no effect and the store goes on.
 */
export class StoreError extends WaymarkError {
  readonly fatal: boolean;

  constructor(
    code: StoreErrorCode,
    message: string,
    options: { fix?: string; cause?: unknown; fatal?: boolean } = {},
  ) {
    super(code, message, options);
    this.fatal = options.fatal === true;
  }

  toData(): StoreErrorData {
    const detail = this.cause instanceof Error ? this.cause.message : undefined;
    return { code: this.code, message: this.message, fix: this.fix, fatal: this.fatal, detail };
  }

  static fromData(data: StoreErrorData): StoreError {
    return new StoreError(data.code as StoreErrorCode, data.message, {
      fatal: data.fatal,
      ...(data.fix === undefined ? {} : { fix: data.fix }),
      ...(data.detail === undefined ? {} : { cause: new Error(data.detail) }),
    });
  }
}
