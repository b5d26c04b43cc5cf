/** Native modules that a bundle imports. */
import { createRequire, isBuiltin } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as scriptApi from './script-api.ts';

/** Specifiers that mean the durable implementation of the script API. */
const OWN: ReadonlyMap<string, object> = new Map([['waymark', scriptApi]]);

/**
 * Imports what `bundle.imports` names, as if from a file at `parent`.
 *
 * @param parent URL or path of the script, from which bare specifiers are resolved.
 * @param replacements namespaces to use instead of importing, by specifier.
 * @throws whatever the import of a module throws.
 */
export async function importModules(
  bundle: { readonly imports: readonly string[] },
  parent: string,
  replacements: ReadonlyMap<string, object> = OWN,
): Promise<Map<string, object>> {
  const url = /^[a-z]+:/.test(parent) ? parent : pathToFileURL(parent).href;
  const modules = new Map<string, object>();
  for (const specifier of bundle.imports) {
    const given = replacements.get(specifier) ?? OWN.get(specifier);
    modules.set(specifier, given ?? ((await import(resolveFrom(specifier, url))) as object));
  }
  return modules;
}

/**
 * The names that a module exports to scripts; undefined when loading it fails.
 *
 * @param parent URL or path of the script
 * @throws if there is no such module
 */
export async function exportNames(specifier: string, parent: string): Promise<readonly string[] | undefined> {
  const own = OWN.get(specifier);
  if (own) return Object.keys(own);
  const url = /^[a-z]+:/.test(parent) ? parent : pathToFileURL(parent).href;
  const resolved = resolveFrom(specifier, url);
  if (specifier.startsWith('node:') && !isBuiltin(specifier)) throw new Error(`There is no ${specifier}`);
  try {
    return Object.keys((await import(resolved)) as object);
  } catch {
    return undefined;
  }
}

function resolveFrom(specifier: string, parent: string): string {
  if (specifier.startsWith('node:') || /^[a-z]+:/.test(specifier)) return specifier;
  let resolved: string;
  try {
    resolved = createRequire(parent).resolve(specifier, {
      conditions: new Set(['node', 'import']),
    } as never);
  } catch (error) {
    // Whoever required whom says nothing here: it is always the script.
    if (error instanceof Error) error.message = error.message.replace(/\nRequire stack:[^]*/, '');
    throw error;
  }
  return resolved.startsWith('/') || /^[A-Za-z]:\\/.test(resolved) ? pathToFileURL(resolved).href : resolved;
}
