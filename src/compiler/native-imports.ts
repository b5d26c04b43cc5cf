/**
 * Checks what a script imports from packages: that they are there, and export what is named. Apart from compiling, because it
 * depends on what is installed and not on the script, and because asking a package for its exports means to load it.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isRelative, loadModuleGraph } from './1-parse/module-graph.ts';
import type { Node } from './ast.ts';
import { type Diagnostic, makeDiagnostic } from './diagnostics/diagnostic.ts';

/**
 * The names that a package exports; undefined when that cannot be known, because loading it fails.
 * @param parent absolute path of the script, from which packages are looked for
 * @throws if there is no such package
 */
export type ExportNames = (specifier: string, parent: string) => Promise<readonly string[] | undefined>;

interface NativeImport {
  readonly specifier: string;
  /** Undefined for a whole namespace. */
  readonly name: string | undefined;
  readonly place: Node;
  readonly sourceOfModule: Node;
}

/**
 * Diagnostics WM1005 and WM1006 of the script at `entry` and its relative imports. A script that cannot be parsed has none.
 */
export async function checkNativeImports(
  entry: string,
  exportNames: ExportNames,
): Promise<readonly Diagnostic[]> {
  const script = resolve(entry);
  const { modules } = loadModuleGraph(script, readOrNothing);
  const diagnostics: Diagnostic[] = [];
  const known = new Map<string, Promise<readonly string[] | 'missing' | undefined>>();
  for (const { path, source, program } of modules) {
    const missing = new Set<string>();
    for (const { specifier, name, place, sourceOfModule } of nativeImports(program)) {
      let names = known.get(specifier);
      if (!names) known.set(specifier, (names = exportNames(specifier, script).catch(() => 'missing')));
      const found = await names;
      if (found === 'missing') {
        if (missing.has(specifier)) continue;
        missing.add(specifier);
        const { start } = sourceOfModule.loc!;
        diagnostics.push(makeDiagnostic('WM1005', path, source, start, { specifier }));
      } else if (found !== undefined && name !== undefined && !found.includes(name)) {
        const { start } = place.loc!;
        const values = { specifier, name, hint: hintFor(name, found) };
        diagnostics.push(makeDiagnostic('WM1006', path, source, start, values));
      }
    }
  }
  return diagnostics;
}

function nativeImports(program: Node): NativeImport[] {
  return (program['body'] as Node[]).flatMap((statement) => {
    const sourceOfModule = statement['source'] as Node | null | undefined;
    const specifier = sourceOfModule?.['value'] as unknown;
    if (!sourceOfModule || typeof specifier !== 'string' || isRelative(specifier)) return [];
    const base = { specifier, sourceOfModule };
    const specifiers = (statement['specifiers'] ?? []) as Node[];
    const named = specifiers.map((place) => ({ ...base, place, name: importedName(place) }));
    return named.length > 0 ? named : [{ ...base, place: statement, name: undefined }];
  });
}

/** `a` of `import { a as b }` and of `export { a as b } from`, `default` of a default import. */
function importedName(specifier: Node): string | undefined {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  const named = (specifier['imported'] ?? specifier['local']) as Node | undefined;
  if (specifier.type === 'ImportNamespaceSpecifier' || named === undefined) return undefined;
  return (named['name'] ?? named['value']) as string;
}

/** The name that was probably meant. */
function hintFor(name: string, names: readonly string[]): string {
  const wanted = name.toLowerCase();
  const near = names.find((other) => {
    const given = other.toLowerCase();
    return given === wanted || isOneAway(given, wanted);
  });
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

/** One letter more, less or other. */
function isOneAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
