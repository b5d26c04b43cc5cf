/** Errors that scripts can catch. */
import { WaymarkError } from './waymark-error.ts';

/** `checkpoint()` could not make its checkpoint; `cause` says why. The previous checkpoint stands. */
export class CheckpointError extends WaymarkError {
  constructor(message: string, options: { fix?: string; cause?: unknown } = {}) {
    super('WM3003', message, options);
  }
}

/** A `call()` had no reply in time, or its receiver failed. `remote` is what the receiver said, if it said something. */
export class CallError extends WaymarkError {
  readonly subject: string;
  readonly remote: { readonly code: string; readonly message: string } | undefined;

  constructor(
    message: string,
    options: {
      subject: string;
      remote?: { code: string; message: string } | undefined;
      fix?: string;
      cause?: unknown;
    },
  ) {
    super('WM3005', message, options);
    this.subject = options.subject;
    this.remote = options.remote;
  }
}
