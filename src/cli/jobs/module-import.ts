/** Imports the modules of jobs as they are, with the types taken away by Node.js. */
import { pathToFileURL } from 'node:url';
import { hookJobModules } from '../../batch/workers/module-hooks.ts';
import { CliError } from '../cli-error.ts';
import { shownPath } from '../diagnostic-text.ts';
import { EXIT } from '../exit-codes.ts';
import { mapStacks } from '../mapped-stacks.ts';

/**
 * @param file Absolute.
 * @returns its exports
 * @throws CliError WM8023 (exit code 5) if it cannot be loaded, with the reason as its cause
 */
export async function importModule(
  file: string,
  directory: string,
): Promise<Readonly<Record<string, unknown>>> {
  hookJobModules();
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
