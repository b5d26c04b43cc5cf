/** How a failed command tells what went wrong. */
import { WaymarkError } from '../waymark-error.ts';
import { CliError } from './cli-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Codes of the layers below that mean more than "failure" to whoever called the command. */
const EXIT_OF_CODE: Readonly<Record<string, ExitCode>> = {
  WM5002: EXIT.conflict,
  WM6001: EXIT.unreachable,
  WM6002: EXIT.unreachable,
  WM6014: EXIT.unreachable,
};

const COMPILE_ERROR = 'WM1000';

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  if (!(error instanceof WaymarkError)) return EXIT.failure;
  if (/^WM[12]/.test(error.code)) return EXIT.checkFailed;
  return EXIT_OF_CODE[error.code] ?? EXIT.failure;
}

export interface ErrorData {
  readonly name?: string;
  readonly code?: string;
  readonly message: string;
  readonly fix?: string;
  readonly cause?: ErrorData;
}

/** An error as data, causes included; used with --json and in log lines. */
export function errorAsData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    name: error.name,
    ...(error instanceof WaymarkError ? { code: error.code } : {}),
    message: error.message,
    ...(error instanceof WaymarkError && error.fix !== undefined ? { fix: error.fix } : {}),
    ...(error.cause === undefined ? {} : { cause: errorAsData(error.cause) }),
  };
}

/** Message, what to do, and code; with `json` one line of JSON. Errors that are not Waymark's come with their stack. */
export function reportError(error: unknown, terminal: Terminal, json: boolean): void {
  if (json) {
    terminal.talk(JSON.stringify({ error: errorAsData(error) }));
    return;
  }
  const { red, dim } = terminal.colors;
  // The diagnostics of a script are complete: place, code frame and fix.
  if (error instanceof WaymarkError && error.code === COMPILE_ERROR) {
    terminal.talk(error.message);
    return;
  }
  if (!(error instanceof WaymarkError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.talk(`${red('waymark:')} ${text}`);
    return;
  }
  terminal.talk(`${red('waymark:')} ${error.message} ${dim(`(${error.code})`)}`);
  if (error.fix !== undefined && error.fix !== '') terminal.talk(`  ${error.fix}`);
  for (
    let cause = error.cause, depth = 0;
    cause instanceof Error && depth < 5;
    cause = cause.cause, depth++
  ) {
    terminal.talk(dim(`  caused by ${cause.name}: ${cause.message}`));
  }
}
