/**
 * The oracle: runs a program with the async functions of Node itself.
 *
 * Owns the module hooks that load the program and the relative modules that it imports. Invariants:
 * 1. Every run loads its modules afresh (the run number is part of their URLs), so module-level state is never shared.
 * 2. Types are stripped and nothing else: no syntax is lowered but TypeScript's own (enums, namespaces, parameter properties).
 * 3. The package `waymark` is `native-waymark.ts` for a program, whatever is installed or built.
 */
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from 'oxc-transform';
import { bracketPrivateIn } from '../../src/compiler/1-parse/private-in-loops.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

const RUN = 'oracle-run';
const givenSources = new Map<string, string>();
let runs = 0;

registerHooks({
  resolve(specifier, context, nextResolve) {
    const run = context.parentURL === undefined ? null : new URL(context.parentURL).searchParams.get(RUN);
    if (run === null) return nextResolve(specifier, context);
    if (specifier === 'waymark')
      return { url: new URL('./native-waymark.ts', import.meta.url).href, shortCircuit: true };
    if (!specifier.startsWith('.')) return nextResolve(specifier, context);
    const url = new URL(specifier, context.parentURL);
    url.searchParams.set(RUN, run);
    return { url: url.href, format: 'module', shortCircuit: true };
  },
  load(url, context, nextLoad) {
    const location = new URL(url);
    if (!location.searchParams.has(RUN)) return nextLoad(url, context);
    location.search = '';
    const filename = fileURLToPath(location);
    const source = givenSources.get(url) ?? readFileSync(filename, 'utf8');
    return { format: 'module', source: stripTypes(source, filename), shortCircuit: true };
  },
});

const importNatively = createRequire(import.meta.url)('./import-natively.cts') as (url: string) => Promise<{
  default: (input?: unknown) => unknown;
}>;

/** Runs the program in `file` and gives its result or its error. */
export function runNative(file: string): Promise<Outcome> {
  return runNativeSource(readFileSync(file, 'utf8'), file);
}

/** Runs a program given as text; relative imports resolve against `filename` (absolute), which need not exist. */
export async function runNativeSource(source: string, filename: string): Promise<Outcome> {
  const location = pathToFileURL(filename);
  location.searchParams.set(RUN, String(++runs));
  givenSources.set(location.href, source);
  const module = await importNatively(location.href);
  givenSources.delete(location.href);
  return outcomeOf(() => module.default());
}

/** TypeScript to JavaScript of the newest ECMAScript; throws on syntax errors. */
export function stripTypes(source: string, filename: string): string {
  const { code, errors } = transformSync(filename, bracketPrivateIn(filename, source, 'ts'), {
    lang: 'ts',
    sourceType: 'module',
    target: 'esnext',
  });
  if (errors.length > 0)
    throw new SyntaxError(errors.map((error) => error.codeframe ?? error.message).join('\n'));
  return code;
}
