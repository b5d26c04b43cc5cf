/**
 * Base of every error that Waymark raises itself. `code` is stable (`WM` and four digits; the first digit says where:
 * 1 to 2 compiler, 3 runtime, 4 snapshot, 5 store, 6 transport, 7 node, 8 command line, 9 batch), `message` says what happened and where,
 * `fix` says what to do.
 */
export class WaymarkError extends Error {
  readonly code: string;
  readonly fix: string | undefined;

  constructor(code: string, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.fix = options.fix;
  }
}
