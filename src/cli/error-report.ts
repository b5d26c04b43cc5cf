/** How a failed command tells what went wrong. */
import { inspect } from 'node:util';
import { WaymarkError } from '../waymark-error.ts';
import { authorFrames } from './author-frames.ts';
import { CompileError } from '../compiler/diagnostics/diagnostic.ts';
import { CliError } from './cli-error.ts';
import { diagnosticsText } from './diagnostic-text.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { jobProblemsText } from './jobs/job-problems.ts';
import type { Terminal } from './terminal.ts';

/** Codes of the layers below that mean more than "failure" to whoever called the command. */
const EXIT_OF_CODE: Readonly<Record<string, ExitCode>> = {
  WM5002: EXIT.conflict,
  WM6001: EXIT.unreachable,
  WM6002: EXIT.unreachable,
  WM6005: EXIT.usage,
  WM6014: EXIT.unreachable,
  WM7030: EXIT.conflict,
  // A job or its definition, unknown or refused.
  WM9030: EXIT.conflict,
  WM9040: EXIT.checkFailed,
  WM9050: EXIT.notFound,
  WM9051: EXIT.notFound,
  WM9052: EXIT.notFound,
  WM9053: EXIT.conflict,
  WM9054: EXIT.conflict,
  WM9055: EXIT.conflict,
  WM9056: EXIT.conflict,
  WM9057: EXIT.conflict,
};

/** So many are told; errors may be each other's cause. */
const MOST_CAUSES = 5;

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  if (!(error instanceof WaymarkError)) return EXIT.failure;
  if (/^WM([12]|900\d)/.test(error.code)) return EXIT.checkFailed;
  return EXIT_OF_CODE[error.code] ?? EXIT.failure;
}

export interface ErrorData {
  readonly name?: string;
  readonly code?: string;
  readonly message: string;
  readonly fix?: string;
  /** The author's lines, innermost first: `settle (/srv/scripts/payment.ts:14:5)`. */
  readonly stack?: readonly string[];
  readonly cause?: ErrorData;
}

/** An error as data, causes included; used with --json and in log lines. */
export function errorAsData(error: unknown, depth = 0): ErrorData {
  if (!(error instanceof Error)) return { message: thrownText(error) };
  const stack = scriptFrames(error);
  return {
    name: error.name,
    ...(error instanceof WaymarkError ? { code: error.code } : {}),
    message: error.message,
    ...(error instanceof WaymarkError && error.fix !== undefined ? { fix: error.fix } : {}),
    ...(stack.length > 0 ? { stack: stack.map((line) => line.replace(/^ +at /, '')) } : {}),
    ...(error.cause === undefined || depth === MOST_CAUSES
      ? {}
      : { cause: errorAsData(error.cause, depth + 1) }),
  };
}

/**
 * Message, what to do, code, and the author's lines; with `json` one line of JSON. An error that is not Waymark's and has no
 * line of an author's is a defect of Waymark's, and comes with its whole stack.
 */
export function reportError(error: unknown, terminal: Terminal, json: boolean): void {
  if (json) {
    terminal.talk(JSON.stringify({ error: errorAsData(error) }));
    return;
  }
  const { red, dim } = terminal.colors;
  // So are the problems of a job.
  const problems = jobProblemsText(error, terminal);
  if (problems !== undefined) {
    terminal.talk(problems);
    return;
  }
  // The diagnostics of a script are complete: place, code frame and fix.
  if (error instanceof CompileError) {
    terminal.talk(diagnosticsText(error.diagnostics, terminal.directory));
    return;
  }
  if (!(error instanceof Error)) {
    terminal.talk(`${red('waymark:')} ${thrownText(error)}`);
    return;
  }
  const frames = scriptFrames(error);
  if (error instanceof WaymarkError) {
    terminal.talk(`${red('waymark:')} ${error.message} ${dim(`(${error.code})`)}`);
    if (error.fix !== undefined && error.fix !== '') terminal.talk(`  ${error.fix}`);
  } else if (frames.length > 0) {
    terminal.talk(`${red('waymark:')} ${nameAndMessage(error)}`);
  } else {
    terminal.talk(`${red('waymark:')} ${error.stack ?? nameAndMessage(error)}`);
  }
  for (const frame of frames) terminal.talk(dim(frame));
  for (const cause of causesOf(error)) {
    terminal.talk(dim(`  caused by ${nameAndMessage(cause)}`));
    for (const frame of scriptFrames(cause)) terminal.talk(dim(`  ${frame}`));
  }
}

/** Causes, and the errors of an AggregateError; those that say nothing new are left out. */
function causesOf(error: Error): readonly Error[] {
  const causes: Error[] = [];
  const told = [error.message];
  // A set that grows while it is read: errors may be each other's cause.
  const found = new Set([error]);
  for (const next of found) {
    if (next !== error && !told.some((text) => text.includes(next.message))) {
      causes.push(next);
      told.push(next.message);
    }
    if (causes.length === MOST_CAUSES) break;
    const further: unknown[] = next instanceof AggregateError ? [next.cause, ...next.errors] : [next.cause];
    for (const cause of further) if (cause instanceof Error) found.add(cause);
  }
  return causes;
}

/** Without those of packages when the error is Waymark's: they ran the command line, not the script. */
function scriptFrames(error: Error): readonly string[] {
  const frames = authorFrames(error);
  return error instanceof WaymarkError ? frames.filter((line) => !line.includes('/node_modules/')) : frames;
}

const nameAndMessage = (error: Error): string =>
  error.message === '' ? error.name : `${error.name}: ${error.message}`;

/** For values that are no errors: `throw undefined`, `throw { code: 7 }`. */
const thrownText = (value: unknown): string =>
  `a value that is no error was thrown: ${inspect(value, { depth: 3, compact: true, breakLength: Infinity, customInspect: false })}`;
