import type { Terminal } from './terminal.ts';

/** What every command gets. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Sets the exit code of a command that did its work and has bad news (a check with findings). */
  readonly exit: (code: number) => void;
}
