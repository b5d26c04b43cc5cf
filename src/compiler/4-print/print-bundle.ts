/** Phase 4: lowered modules -> the text of the bundle's function, with one source map over all of it. */
import type { Statement } from '../3-lower/builders.ts';
import { Printer } from './print-statement.ts';

export interface PrintedPart {
  readonly statements: readonly Statement[];
  /** Index into the sources; undefined for generated code that maps to nothing. */
  readonly source: number | undefined;
}

export interface PrintedBundle {
  readonly code: string;
  readonly map: string;
}

/** `sources`: paths for the map, with their texts. */
export function printBundle(
  header: string,
  parts: readonly PrintedPart[],
  footer: string,
  sources: readonly { readonly path: string; readonly text: string }[],
): PrintedBundle {
  const printer = new Printer();
  printer.raw(header);
  for (const { statements, source } of parts) {
    printer.source = source;
    printer.statements(statements);
  }
  printer.newLine();
  printer.raw(footer);
  const map = {
    version: 3,
    names: [],
    sources: sources.map(({ path }) => path),
    sourcesContent: sources.map(({ text }) => text),
    mappings: printer.mappings,
  };
  return { code: printer.text, map: JSON.stringify(map) };
}
