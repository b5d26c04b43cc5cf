/** Imports the modules of jobs as they are, with the types taken away by Node.js. */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { CliError } from '../cli-error.ts';
import { shownPath } from '../diagnostic-text.ts';
import { EXIT } from '../exit-codes.ts';
import { mapStacks } from '../mapped-stacks.ts';

const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
/** What a job imports must be what runs it: errors are known by their classes. */
const OWN: Readonly<Record<string, string>> = {
  'waymark/batch': new URL(`../../batch/index${ENDING}`, import.meta.url).href,
  waymark: new URL(`../../index${ENDING}`, import.meta.url).href,
};

let hooked = false;

function hook(): void {
  if (hooked) return;
  hooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const own = OWN[specifier];
      if (own !== undefined) return { url: own, shortCircuit: true };
      const found = next(specifier, context);
      // Without a package.json that says so, Node.js would guess, and warn about it.
      const isUntyped = found.format === undefined || found.format === null;
      return isUntyped && found.url.endsWith('.ts') ? { ...found, format: 'module-typescript' } : found;
    },
  });
}

/**
 * @param file Absolute.
 * @returns its exports
 * @throws CliError WM8023 (exit code 5) if it cannot be loaded, with the reason as its cause
 */
export async function importModule(
  file: string,
  directory: string,
): Promise<Readonly<Record<string, unknown>>> {
  hook();
  mapStacks();
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    throw new CliError('WM8023', `${shownPath(file, directory)} cannot be loaded`, {
      exitCode: EXIT.checkFailed,
      fix: 'Modules of jobs are loaded by Node.js as they are: only types that can be erased, imports with .ts endings.',
      cause: error,
    });
  }
}
