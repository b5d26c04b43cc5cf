/**
 * Where a command reads and writes. Data goes to `out` (stdout), talk goes to `talk` (stderr), so that
 * the output of a command can be piped. Tests pass their own.
 */
import pc from 'picocolors';
import { LiveLines } from './live-lines.ts';

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Current directory; relative paths on the command line start here. */
  readonly directory: string;
  /** Whether a person reads `talk`. If not, `serve` writes one JSON object per line. */
  readonly interactive: boolean;
  /** For `talk`. */
  readonly colors: ReturnType<typeof pc.createColors>;
  /** For `out`, which may be a file while `talk` is a terminal. */
  readonly outColors: ReturnType<typeof pc.createColors>;
  /** Columns of the terminal. */
  readonly width: number;
  /** Aborted by Ctrl-C and by SIGTERM; the reason is the signal's name. */
  readonly interrupted: AbortSignal;
  out(text: string): void;
  talk(text: string): void;
  /** Shows lines below everything else, in place of those shown before; none: takes them away. For a person: `interactive` only. */
  show(lines: readonly string[]): void;
  /** The command has ended. What modules of the user have left open keeps the process alive for one more second. */
  end(code: number): void;
}

/** NO_COLOR (any value but the empty one) and TERM=dumb switch colours off, FORCE_COLOR switches them on. */
export function wantsColor(env: Terminal['env'], interactive: boolean): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0') return true;
  return interactive && env.TERM !== 'dumb';
}

/** The terminal of this process. A second Ctrl-C ends the process at once. */
export function processTerminal(): Terminal {
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort(signal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const interactive = process.stderr.isTTY === true;
  const live = new LiveLines([process.stdout, process.stderr], process.stderr);
  return {
    env: process.env,
    directory: process.cwd(),
    interactive,
    colors: pc.createColors(wantsColor(process.env, interactive)),
    outColors: pc.createColors(wantsColor(process.env, process.stdout.isTTY === true)),
    width: process.stdout.columns ?? process.stderr.columns ?? 100,
    interrupted: stop.signal,
    out: (text) => void process.stdout.write(`${text}\n`),
    talk: (text) => void process.stderr.write(`${text}\n`),
    show: (lines) => live.show(lines),
    end: (code) => void setTimeout(() => process.exit(code), 1000).unref(),
  };
}
