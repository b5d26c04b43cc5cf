/** Diagnostics of the compiler with the paths that a person would type. */
import { relative } from 'node:path';
import { type Diagnostic, formatDiagnostic } from '../compiler/diagnostics/diagnostic.ts';

/** Relative to `directory` when it lies below it. */
export function shownPath(file: string, directory: string): string {
  const shown = relative(directory, file);
  return shown.startsWith('..') ? file : shown;
}

/** All of them with their code frames, ready to print. */
export const diagnosticsText = (diagnostics: readonly Diagnostic[], directory: string): string =>
  diagnostics
    .map((found) => formatDiagnostic({ ...found, file: shownPath(found.file, directory) }))
    .join('\n\n');
