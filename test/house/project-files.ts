/** The files of the project as the tidy test sees them: everything in the folder that is neither installed nor generated. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** `.git` is a file in a work tree that git made beside another. */
const GENERATED = new Set(['node_modules', 'dist', '.git', '.node', '.waymark', 'coverage']);
const TEXT_ENDINGS = new Set(
  ['.ts .tsx .mts .js .mjs .json .md .yml .yaml .toml .sh .txt .sql .html .css .xml'.split(' '), ''].flat(),
);

export interface ProjectFile {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (GENERATED.has(entry.name)) continue;
    if (entry.isDirectory()) {
      yield* walk(join(folder, entry.name));
    } else if (entry.isFile() && TEXT_ENDINGS.has(extname(entry.name)) && !entry.name.endsWith('.log')) {
      yield join(folder, entry.name);
    }
  }
}

/** All text files, sorted by path. */
export function readProject(): readonly ProjectFile[] {
  return [...walk(projectRoot)]
    .map((file) => ({
      path: relative(projectRoot, file).split(sep).join('/'),
      text: readFileSync(file, 'utf8'),
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

export interface ModuleImport {
  readonly specifier: string;
  /** True when the import leaves no trace in the running program. */
  readonly typeOnly: boolean;
}

/** Static imports, re-exports and dynamic imports of a literal. */
export function importsOf(file: ProjectFile): readonly ModuleImport[] {
  const { module, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new Error(`${file.path}: ${errors[0]?.message}`);
  const imports: ModuleImport[] = module.staticImports.map((statement) => ({
    specifier: statement.moduleRequest.value,
    typeOnly: statement.entries.length > 0 && statement.entries.every((entry) => entry.isType),
  }));
  for (const { entries } of module.staticExports) {
    for (const entry of entries) {
      if (entry.moduleRequest) imports.push({ specifier: entry.moduleRequest.value, typeOnly: entry.isType });
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"])(.*)\1$/.exec(file.text.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[2] !== undefined) imports.push({ specifier: literal[2], typeOnly: false });
  }
  return imports;
}

/** Path of a relative import from the root; undefined for a package. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return join(dirname(from), specifier).split(sep).join('/');
}
