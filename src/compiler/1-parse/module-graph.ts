/** A script and the relative modules that it imports, in the order in which they are evaluated. */
import { dirname, resolve as resolvePath } from 'node:path';
import type { Node } from '../ast.ts';
import { type Diagnostic, makeDiagnostic } from '../diagnostics/diagnostic.ts';
import { parseModule, type ParsedModule } from './parse-module.ts';

export interface GraphModule extends ParsedModule {
  /** Relative specifier -> path of the module. */
  readonly dependencies: ReadonlyMap<string, string>;
}

export interface ModuleGraph {
  /** Dependencies first, the entry last. */
  readonly modules: readonly GraphModule[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Text of a file, or undefined if there is none. */
export type ReadSource = (path: string) => string | undefined;

export function isRelative(specifier: string): boolean {
  return specifier.startsWith('./') || specifier.startsWith('../');
}

export function loadModuleGraph(entry: string, read: ReadSource): ModuleGraph {
  const modules: GraphModule[] = [];
  const diagnostics: Diagnostic[] = [];
  const visited = new Set<string>();
  const visit = (path: string, source: string): void => {
    visited.add(path);
    const text = path.endsWith('.json') ? `export default ${source.trim()};` : source;
    const parsed = parseModule(path.endsWith('.json') ? `${path}.js` : path, text);
    if ('errors' in parsed) {
      diagnostics.push(...parsed.errors);
      return;
    }
    const dependencies = new Map<string, string>();
    for (const statement of parsed.program['body'] as Node[]) {
      const specifier: unknown = statement['source']?.value;
      if (typeof specifier !== 'string' || !isRelative(specifier) || dependencies.has(specifier)) continue;
      const found = findModule(path, specifier, read);
      if (!found) {
        diagnostics.push(
          makeDiagnostic('WM1002', path, source, statement['source'].loc.start, { specifier }),
        );
        continue;
      }
      dependencies.set(specifier, found.path);
      if (!visited.has(found.path)) visit(found.path, found.source);
    }
    modules.push({ ...parsed, path, dependencies });
  };
  const source = read(entry);
  if (source === undefined) {
    const diagnostic = makeDiagnostic('WM1002', entry, '', { line: 1, column: 0 }, { specifier: entry });
    return { modules, diagnostics: [diagnostic] };
  }
  visit(entry, source);
  return { modules, diagnostics };
}

/** As TypeScript resolves relative specifiers, with `.js` standing for a `.ts` beside it. */
function findModule(
  from: string,
  specifier: string,
  read: ReadSource,
): { path: string; source: string } | undefined {
  const base = resolvePath(dirname(from), specifier);
  const candidates = [base];
  const typed = base.replace(/\.([cm]?)js$/, '.$1ts');
  if (typed !== base) candidates.push(typed);
  if (!/\.([cm]?[tj]s|json)$/.test(base))
    candidates.push(`${base}.ts`, `${base}.js`, `${base}.mjs`, `${base}/index.ts`, `${base}/index.js`);
  for (const path of candidates) {
    const source = read(path);
    if (source !== undefined) return { path, source };
  }
  return undefined;
}
