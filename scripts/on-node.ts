/**
 * `node scripts/on-node.ts 26 program.ts ...`: runs a program with another version of Node.js, which is first on the `PATH` of
 * whatever the program starts. Installs that version in `.node/<major>` where it is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const [major, ...args] = process.argv.slice(2);
if (!/^\d+$/.test(major ?? '') || args.length === 0) {
  process.stderr.write('usage: node scripts/on-node.ts <major version> <program> [arguments]\n');
  process.exit(1);
}

const folder = join(import.meta.dirname, '..', '.node', major!);
const program = join(
  folder,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);
if (!existsSync(program)) install();

const path = `${dirname(program)}${delimiter}${process.env['PATH'] ?? ''}`;
const { status, error } = spawnSync(program, args, {
  stdio: 'inherit',
  env: { ...process.env, PATH: path },
});
if (error) throw error;
process.exitCode = status ?? 1;

/** In a project of its own: Waymark's own `node_modules` and lock file stay as they are. */
function install(): void {
  mkdirSync(folder, { recursive: true });
  const project = { private: true, dependencies: { node: `^${major}.0.0` }, allowScripts: { node: true } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  const installed = spawnSync('npm', ['install', '--no-package-lock', '--prefix', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (installed.status === 0 && existsSync(program)) return;
  rmSync(folder, { recursive: true, force: true });
  process.stderr.write(`npm could not install Node.js ${major}.\n`);
  process.exit(1);
}
