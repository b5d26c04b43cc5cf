import { WaymarkError } from '../waymark-error.ts';
import type { ExitCode } from './exit-codes.ts';

/** Ends a command with an exit code. Codes WM8001 to WM8099. */
export class CliError extends WaymarkError {
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, options: { exitCode: ExitCode; fix?: string; cause?: unknown }) {
    super(code, message, options);
    this.exitCode = options.exitCode;
  }
}
