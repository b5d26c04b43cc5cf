import pc from 'picocolors';
import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal that keeps what was printed, without colours. */
export interface RecordingTerminal extends Terminal {
  /** Everything printed to stdout so far. */
  readonly printed: () => string;
  /** Everything printed to stderr so far. */
  readonly said: () => string;
  /** Lines shown in place so far, oldest first. */
  readonly shown: () => readonly (readonly string[])[];
  /** What Ctrl-C does. */
  readonly interrupt: () => void;
}

export function recordingTerminal(
  directory: string,
  env: Readonly<Record<string, string>> = {},
): RecordingTerminal {
  const out: string[] = [];
  const talk: string[] = [];
  const shown: (readonly string[])[] = [];
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
    show: (lines) => void shown.push(lines),
    end: () => {},
    printed: () => out.join('\n'),
    shown: () => shown,
    said: () => talk.join('\n'),
    interrupt: () => stop.abort('SIGINT'),
  };
}
