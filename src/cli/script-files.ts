/** Which files a path on the command line means. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { listScripts } from '../node/script-folder.ts';
import { CliError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/**
 * The absolute path of a script.
 * @throws CliError WM8001 (exit code 3) if there is no such file.
 */
export async function scriptFile(path: string, terminal: Terminal): Promise<string> {
  const file = resolve(terminal.directory, path);
  if ((await stat(file).catch(() => undefined))?.isFile()) return file;
  throw new CliError('WM8001', `There is no script ${path}`, {
    exitCode: EXIT.notFound,
    fix: 'Name a .ts, .mts, .js or .mjs file.',
  });
}

/**
 * The scripts of a folder, in alphabetical order (files directly in it; not tests, declarations, or names that
 * begin with `.` or `_`), or the one script that `path` is.
 *
 * @throws CliError WM8001 or WM8002 (exit code 3) if there is none.
 */
export async function scriptsAt(path: string, terminal: Terminal): Promise<readonly string[]> {
  const folder = resolve(terminal.directory, path);
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) return [await scriptFile(path, terminal)];
  const files = await listScripts(folder);
  if (files.length > 0) return files;
  throw new CliError('WM8002', `There is no script in ${path}`, {
    exitCode: EXIT.notFound,
    fix: 'A script is a .ts, .mts, .js or .mjs file directly in the folder.',
  });
}
