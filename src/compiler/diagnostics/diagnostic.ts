import { codeFrame } from '../../code-frame.ts';
import { WaymarkError } from '../../waymark-error.ts';
import { CATALOGUE, type DiagnosticCode } from './catalogue.ts';

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly message: string;
  /** Path of the author's file, as given to the compiler. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, as editors count. */
  readonly column: number;
  /** The source around the place, with a marker under it. */
  readonly frame: string;
  readonly fix: string;
}

/** One or more scripts cannot be compiled. `message` has all diagnostics, ready to print. */
export class CompileError extends WaymarkError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super('WM1000', diagnostics.map(formatDiagnostic).join('\n\n'), { fix: diagnostics[0]?.fix ?? '' });
    this.diagnostics = diagnostics;
  }
}

/** As printed by `waymark check`. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { code, message, file, line, column, frame, fix } = diagnostic;
  return `${file}:${line}:${column} ${code} ${message}\n\n${frame}\n\n  fix: ${fix}`;
}

/** `position`: line from 1, column from 0. `values` replace `{name}` in the message and fix of the catalogue. */
export function makeDiagnostic(
  code: DiagnosticCode,
  file: string,
  source: string,
  position: { line: number; column: number },
  values: Readonly<Record<string, string>> = {},
): Diagnostic {
  const entry = CATALOGUE[code];
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  return {
    code,
    message: fill(entry.message),
    file,
    line: position.line,
    column: position.column + 1,
    frame: codeFrame(source, position),
    fix: fill(entry.fix),
  };
}
