/** The programs in the guide about batch jobs print what the guide says they print. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from './project-files.ts';

/** A program, by the name in its first line, and what stands below it. */
const PROGRAM = /^```ts\n(\/\/ (\S+)\n.*?)^```\n\n```text\n(.*?)^```$/gms;
const guide = await readFile(join(projectRoot, 'docs/guides/batch.md'), 'utf8');
const programs = [...guide.matchAll(PROGRAM)].map(([, code = '', name = '', output = '']) => ({
  name,
  code,
  output,
}));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-batch-guide-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(projectRoot, join(folder, 'node_modules/waymark'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('every block of TypeScript is a program with its output', () => {
  expect(programs).toHaveLength([...guide.matchAll(/^```ts$/gm)].length);
  expect(programs.length).toBeGreaterThan(5);
});

test.each(programs)('$name', async ({ name, code, output }) => {
  await writeFile(join(folder, name), code);
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('VITEST')));
  const ended = await promisify(execFile)(
    process.execPath,
    ['--conditions=waymark-source', '--disable-warning=ExperimentalWarning', name],
    { cwd: folder, env: { ...env, NO_COLOR: '1', FORCE_COLOR: '0' } },
  );
  expect(ended.stderr).toBe('');
  expect(ended.stdout).toBe(output);
});
