/** Phase 4: lowered modules -> the text of the bundle's function, with one source map over all of it. */
import { fromMap, toEncodedMap } from '@jridgewell/gen-mapping';
import { print } from 'esrap';
import type { Statement } from '../3-lower/builders.ts';
import { language } from './language.ts';

export interface PrintedPart {
  readonly statements: readonly Statement[];
  /** Index into the sources; undefined for generated code that maps to nothing. */
  readonly source: number | undefined;
}

export interface PrintedBundle {
  readonly code: string;
  readonly map: string;
}

type Segment = [number] | [number, number, number, number] | [number, number, number, number, number];

/** `sources`: paths for the map, with their texts. */
export function printBundle(
  header: string,
  parts: readonly PrintedPart[],
  footer: string,
  sources: readonly { readonly path: string; readonly text: string }[],
): PrintedBundle {
  const lines: string[] = [];
  const mappings: Segment[][] = [];
  const append = (text: string, segments: readonly Segment[][], source: number | undefined): void => {
    text.split('\n').forEach((line, index) => {
      lines.push(line);
      const mapped = source === undefined ? [] : (segments[index] ?? []);
      mappings.push(
        mapped.map((segment) =>
          segment.length === 1 ? segment : [segment[0], source!, segment[2], segment[3]],
        ),
      );
    });
  };
  append(header, [], undefined);
  for (const { statements, source } of parts) {
    if (statements.length === 0) continue;
    const program = { type: 'Program', sourceType: 'module', body: statements };
    const printed = print(
      program as never,
      language() as never,
      { sourceMapSource: 'module', sourceMapEncodeMappings: false } as never,
    );
    append(printed.code, printed.map.mappings as Segment[][], source);
  }
  append(footer, [], undefined);
  const map = toEncodedMap(
    fromMap({
      version: 3,
      names: [],
      sources: sources.map(({ path }) => path),
      sourcesContent: sources.map(({ text }) => text),
      mappings: mappings as never,
    }),
  );
  return { code: lines.join('\n'), map: JSON.stringify(map) };
}
