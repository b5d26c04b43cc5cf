/** TypeScript source -> resumable bundle: parse, analyze, lower, print. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, extname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Bundle, type FunctionMetadata, LOWERING_VERSION } from '../bundle.ts';
import { ABI_VERSION } from '../frame-abi.ts';
import { type GraphModule, loadModuleGraph } from './1-parse/module-graph.ts';
import { analyzeModule } from './2-analyze/analyze-module.ts';
import type { Binding, ModuleAnalysis } from './2-analyze/model.ts';
import { findChangedFunctions } from './2-analyze/changed-functions.ts';
import { ContentsOf } from './2-analyze/contents.ts';
import { classesOverMadeOnes } from './2-analyze/made-while-loading.ts';
import { defaultGenerator } from './2-analyze/default-export.ts';
import { findModuleState } from './2-analyze/module-state.ts';
import { ModuleOutput, NameAllocator } from './3-lower/bundle-output.ts';
import {
  arrow,
  call,
  declare,
  literal,
  object,
  property,
  type Expression,
  type Statement,
} from './3-lower/builders.ts';
import { type LoweredModule, lowerModule } from './3-lower/lower-module.ts';
import { Linker } from './4-print/link.ts';
import { stateAccess } from './4-print/state-access.ts';
import { type PrintedPart, printBundle } from './4-print/print-bundle.ts';
import { CompileError, type Diagnostic, makeDiagnostic } from './diagnostics/diagnostic.ts';

export { CompileError, type Diagnostic, formatDiagnostic } from './diagnostics/diagnostic.ts';

export interface CompileOptions {
  /** Names that the bundle receives as globals of its own, besides the ABI. */
  readonly globals?: readonly string[];
}

/**
 * Compiles the script at `entry` with its relative imports.
 *
 * @throws CompileError with every diagnostic, if there is any.
 */
export async function compile(entry: string, options: CompileOptions = {}): Promise<Bundle> {
  return compileModules(resolve(entry), readFile, options);
}

/** Compiles text that stands for the file `filename`; its relative imports are read from disk. */
export function compileSource(source: string, filename: string, options: CompileOptions = {}): Bundle {
  const path = resolve(filename);
  return compileModules(path, (wanted) => (wanted === path ? source : readFile(wanted)), options);
}

/**
 * The bundle that this compiler makes of the sources that `bundle` was made of, which its source map holds.
 *
 * @throws CompileError, or Error when the map does not have them
 */
export function recompile(bundle: Bundle): Bundle {
  const map = JSON.parse(bundle.map) as { sources: string[]; sourcesContent?: (string | null)[] };
  const texts = new Map<string, string>();
  map.sources.forEach((url, index) => {
    const text = map.sourcesContent?.[index];
    if (url.startsWith('file:') && typeof text === 'string') texts.set(fileURLToPath(url), text);
  });
  const entry = [...texts.keys()].find((path) => path.endsWith(`/${bundle.sources[0]}`));
  if (entry === undefined) throw new Error(`The sources of ${bundle.name} are not in its source map.`);
  return compileModules(entry, (path) => texts.get(path), { globals: bundle.globals });
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

interface Unit {
  readonly graph: GraphModule;
  readonly analysis: ModuleAnalysis;
}

/**
 * Compiles modules that `read` gives (undefined: there is no such file); `entry` is an absolute path.
 *
 * @throws CompileError with every diagnostic, if there is any.
 */
export function compileModules(
  entry: string,
  read: (path: string) => string | undefined,
  options: CompileOptions = {},
): Bundle {
  const { modules, diagnostics } = loadModuleGraph(entry, read);
  refuse(diagnostics);
  const made = classesOverMadeOnes(modules);
  const units: Unit[] = modules.map((graph) => ({ graph, analysis: analyzeModule(graph, made) }));
  refuse(units.flatMap(({ analysis }) => analysis.diagnostics));

  const names = new NameAllocator();
  names.take(options.globals ?? []);
  for (const { analysis } of units) names.take(analysis.names);
  const linker = new Linker(units, names);
  refuse(linker.diagnostics);
  const entryUnit = units.at(-1)!;
  const exported = linker.exportsOf(entry);
  if (!exported.has('default')) {
    refuse([makeDiagnostic('WM1004', entry, entryUnit.graph.source, { line: 1, column: 0 })]);
  }
  const generator = defaultGenerator(entryUnit.analysis);
  if (generator) refuse([makeDiagnostic('WM1031', entry, entryUnit.graph.source, generator.loc!.start)]);

  // The entry is source 0; its dependencies follow in evaluation order.
  const ordered = [entryUnit, ...units.slice(0, -1)];
  const directory = dirname(entry);
  const sources = ordered.map(({ graph }) => relative(directory, graph.path) || basename(graph.path));
  const functionCount = number(units);
  const metadata = new Map<number, FunctionMetadata>();
  const analyses = units.map(({ analysis }) => analysis);
  const behind = (binding: Binding): Binding | undefined => linker.variableBehind(binding);
  const exportsBehind = (binding: Binding): ReadonlyMap<string, Binding> | undefined =>
    linker.exportsBehind(binding);
  const contents = new ContentsOf(analyses, behind, exportsBehind);
  const state = findModuleState(analyses, behind, contents);
  const hasState = analyses.some(
    (analysis) =>
      state.get(analysis)!.length > 0 || analysis.classes.some(({ staticState }) => staticState.length > 0),
  );
  const changed = findChangedFunctions(analyses, behind, exportsBehind, hasState, contents);
  const lowered = new Map<Unit, LoweredModule>();
  const outputs = new Map<ModuleAnalysis, ModuleOutput>();
  for (const unit of units) {
    const own = state.get(unit.analysis)!;
    const { path } = unit.graph;
    const out = new ModuleOutput(
      unit.analysis,
      names,
      (binding) => linker.resolve(binding),
      ordered.indexOf(unit),
      metadata,
      new Set(own),
      changed.members,
    );
    outputs.set(unit.analysis, out);
    lowered.set(
      unit,
      lowerModule(out, pathToFileURL(path).href, path, dirname(path), linker.defaultName(path)),
    );
  }

  const sourceOf = new Map(ordered.map(({ analysis }, index) => [analysis, sources[index]!]));
  const access = stateAccess(outputs, state, changed, names, sourceOf);
  const parts: PrintedPart[] = units.map((unit) => ({
    statements: lowered.get(unit)!.prologue,
    source: ordered.indexOf(unit),
  }));
  parts.push(
    ...units.map((unit) => ({ statements: lowered.get(unit)!.body, source: ordered.indexOf(unit) })),
  );
  parts.push({ statements: access.statements, source: undefined });
  const namespaces = namespaceObjects(linker, names);
  parts.unshift({ statements: namespaces, source: undefined });

  const header = printHeader(options.globals ?? [], names, linker, functionCount);
  const footer = `return { ${[...exported.keys()].map((name) => `${JSON.stringify(name)}: ${exportText(exported.get(name)!)}`).join(', ')} };\n})`;
  const texts = ordered.map(({ graph }) => ({ path: pathToFileURL(graph.path).href, text: graph.source }));
  const { code, map } = printBundle(header, parts, footer, texts);
  const functions = Array.from({ length: functionCount }, (_, id) => metadata.get(id)!);
  const content = {
    abi: ABI_VERSION,
    name: basename(entry, extname(entry)),
    code,
    sources,
    imports: linker.imports,
    globals: options.globals ?? [],
    state: access.names,
    functions,
    lowering: LOWERING_VERSION,
    stateNames: access.qualified,
  };
  return { ...content, map, hash: createHash('sha256').update(JSON.stringify(content)).digest('hex') };
}

function refuse(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) throw new CompileError(diagnostics);
}

/** Gives functions and classes their numbers; returns how many there are. */
function number(units: readonly Unit[]): number {
  let next = 0;
  for (const { analysis } of units) {
    for (const fn of analysis.functions)
      if (analysis.infoOf.get(fn.node) === fn && fn.kind !== 'static-block') fn.id = next++;
    for (const cls of analysis.classes) cls.id = next++;
  }
  return next;
}

function printHeader(
  globals: readonly string[],
  names: NameAllocator,
  linker: Linker,
  functionCount: number,
): string {
  const runtime = names.fresh('$w');
  const modules = names.fresh('$modules');
  const functionsEntry = names.abi('functions');
  const abi = [...names.usedAbi()].map(([entry, local]) => `${entry}: ${local}`);
  const lines = [
    `(function (${[runtime, modules, ...globals].join(', ')}) {`,
    '"use strict";',
    `const { ${abi.join(', ')} } = ${runtime};`,
  ];
  if (names.emptySlots !== undefined) lines.push(`const ${names.emptySlots} = [];`);
  const handles = Array.from({ length: functionCount }, (_, id) => `${names.handlePrefix}${id}`);
  lines.push(`const [${handles.join(', ')}] = ${functionsEntry}(${functionCount});`);
  for (const [specifier, variable] of linker.nativeVariables())
    lines.push(`const ${variable} = ${modules}.get(${JSON.stringify(specifier)});`);
  return lines.join('\n');
}

/** Objects for `import * as name` of relative modules. */
function namespaceObjects(linker: Linker, names: NameAllocator): Statement[] {
  const made = new Set<string>();
  const statements: Statement[] = [];
  for (let grown = true; grown;) {
    grown = false;
    for (const [path, variable] of linker.namespaces()) {
      if (made.has(path)) continue;
      made.add(path);
      grown = true;
      const getters = [...linker.exportsOf(path)].map(([name, value]) =>
        property(literal(name), arrow([], value)),
      );
      statements.push(
        declare(
          'const',
          variable,
          call(names.abi('namespace'), [literal(`module:${made.size}`), object(getters)]),
        ),
      );
    }
  }
  return statements;
}

function exportText(expression: Expression): string {
  if (expression.type === 'Identifier') return expression['name'];
  const object = exportText(expression['object']);
  return expression['computed']
    ? `${object}[${JSON.stringify(expression['property'].value)}]`
    : `${object}.${expression['property'].name}`;
}
