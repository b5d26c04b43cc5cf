import pc from 'picocolors';
import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal that keeps what was printed, without colours. */
export interface RecordingTerminal extends Terminal {
  /** Everything printed to stdout so far. */
  readonly printed: () => string;
  /** Everything printed to stderr so far. */
  readonly said: () => string;
  /** What Ctrl-C does. */
  readonly interrupt: () => void;
}

export function recordingTerminal(
  directory: string,
  env: Readonly<Record<string, string>> = {},
): RecordingTerminal {
  const out: string[] = [];
  const talk: string[] = [];
  const stop = new AbortController();
  return {
    env,
    directory,
    interactive: true,
    colors: pc.createColors(false),
    outColors: pc.createColors(false),
    width: 100,
    interrupted: stop.signal,
    out: (text) => void out.push(text),
    talk: (text) => void talk.push(text),
    printed: () => out.join('\n'),
    said: () => talk.join('\n'),
    interrupt: () => stop.abort('SIGINT'),
  };
}
