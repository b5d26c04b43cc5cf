/** Phase 1: text of one module -> ESTree without types, every node with its place in the author's file. */
import { TraceMap, originalPositionFor } from '@jridgewell/trace-mapping';
import { parseSync } from 'oxc-parser';
import { transformSync } from 'oxc-transform';
import { forEachChild, type Node } from '../ast.ts';
import { useFromAsync, withFromAsync } from './array-from-async.ts';
import { bracketPrivateIn } from './private-in-loops.ts';
import { type Diagnostic, makeDiagnostic } from '../diagnostics/diagnostic.ts';

export interface ParsedModule {
  /** Absolute path, or the name given for text that is not in a file. */
  readonly path: string;
  readonly source: string;
  readonly program: Node;
}

export interface SyntaxErrors {
  readonly errors: readonly Diagnostic[];
}

/**
 * Strips the types (enums, parameter properties and the like become what TypeScript makes of them) and parses.
 * Positions are those of `source`, not of the stripped text.
 */
export function parseModule(path: string, source: string): ParsedModule | SyntaxErrors {
  const typed = /\.[cm]?tsx?$/.test(path);
  const language = /\.[cm]?[tj]sx$/.test(path) ? (typed ? 'tsx' : 'jsx') : typed ? 'ts' : 'js';
  const stripped = typed
    ? transformSync(path, bracketPrivateIn(path, source, language as 'ts' | 'tsx'), {
        lang: language as 'ts' | 'tsx',
        sourceType: 'module',
        sourcemap: true,
        target: 'esnext',
        jsx: 'preserve',
        typescript: { removeClassFieldsWithoutInitializer: false },
      })
    : undefined;
  if (stripped && stripped.errors.length > 0) return { errors: syntaxErrors(path, source, stripped.errors) };
  const { text, name } = withFromAsync(stripped?.code ?? source);
  const parsed = parseSync(typed ? `${path}.js` : path, text, {
    lang: language.endsWith('x') ? 'jsx' : 'js',
    sourceType: 'module',
    range: true,
    preserveParens: false,
  });
  if (parsed.errors.length > 0) return { errors: syntaxErrors(path, source, parsed.errors) };
  const program = parsed.program as unknown as Node;
  locate(program, text, stripped?.map ? new TraceMap(stripped.map as never) : undefined);
  if (name !== undefined) useFromAsync(program, name);
  nameDefaultData(program);
  return { path, source, program };
}

/** `export default { ... }` is a variable like any other: it gets a name, so that later phases see one. */
function nameDefaultData(program: Node): void {
  const body = program['body'] as Node[];
  const index = body.findIndex(({ type }) => type === 'ExportDefaultDeclaration');
  const declaration = body[index]?.['declaration'] as Node | undefined;
  if (!declaration || !/^(Object|Array|New|Call)Expression$/.test(declaration.type)) return;
  const { start, end, loc } = declaration;
  const place = { start: start!, end: end!, range: [start, end], loc: loc! };
  const id = { type: 'Identifier', name: '$exported', ...place };
  const declarator = { type: 'VariableDeclarator', id, init: declaration, ...place };
  body.splice(index, 0, { type: 'VariableDeclaration', kind: 'const', declarations: [declarator], ...place });
  body[index + 1]!['declaration'] = { ...id };
}

interface OxcError {
  readonly message: string;
  readonly helpMessage?: string | null;
  readonly labels?: readonly { readonly start: number }[];
}

function syntaxErrors(path: string, source: string, errors: readonly OxcError[]): Diagnostic[] {
  const lines = lineStarts(source);
  return errors.map((error) =>
    makeDiagnostic('WM1001', path, source, positionOf(lines, error.labels?.[0]?.start ?? 0), {
      detail: error.helpMessage ? `${error.message} (${error.helpMessage})` : error.message,
    }),
  );
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
  return starts;
}

function positionOf(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! };
}

/** Gives every node its `loc` in the author's text, through the map of the stripping if there was one. */
function locate(program: Node, text: string, map: TraceMap | undefined): void {
  const starts = lineStarts(text);
  const place = (offset: number): { line: number; column: number } => {
    const position = positionOf(starts, offset);
    if (!map) return position;
    const original = originalPositionFor(map, position);
    return original.line === null ? { line: 1, column: 0 } : { line: original.line, column: original.column };
  };
  const pending: Node[] = [program];
  for (let node = pending.pop(); node; node = pending.pop()) {
    node.loc = { start: place(node.start!), end: place(node.end!) };
    forEachChild(node, (child) => pending.push(child));
  }
}
