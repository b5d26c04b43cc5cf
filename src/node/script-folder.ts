/** Which files of a folder are scripts. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const SCRIPT = /^[^._].*\.(ts|mts|js|mjs)$/;
const NO_SCRIPT = /\.(d\.m?ts|test\.\w+|spec\.\w+|config\.\w+)$/;

/** True for the modules that are served when they lie directly in the folder: not tests, declarations, or `_` and `.` names. */
export function isScriptFile(fileName: string): boolean {
  return SCRIPT.test(fileName) && !NO_SCRIPT.test(fileName);
}

/** Absolute paths of the scripts directly in `folder`, in alphabetical order. Rejects when it cannot be read. */
export async function listScripts(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && isScriptFile(entry.name))
    .map((entry) => join(resolve(folder), entry.name))
    .toSorted();
}

/** `payment` for `/scripts/payment.ts`. */
export function scriptName(path: string): string {
  return path.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');
}
