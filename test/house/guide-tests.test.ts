/** The tests in the guide about testing pass: written to a project of their own, beside the scripts of the other pages. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from './project-files.ts';

const GUIDE = 'docs/guides/testing.md';
let folder: string;

const page = (path: string): Promise<string> => readFile(join(projectRoot, path), 'utf8');

const blocksOf = (text: string): string[] =>
  [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);

/** Blocks that begin with the name of their file. */
function filesOf(text: string): Map<string, string> {
  return new Map(
    blocksOf(text).flatMap((code) => {
      const name = /^\/\/ (\S+\.ts)\n/.exec(code)?.[1];
      return name === undefined ? [] : [[name, code] as const];
    }),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waymark-guide-'));
  const [countdown] = blocksOf(await page('docs/guides/first-script.md'));
  const files = new Map([
    ...filesOf(await page('README.md')),
    ['try/countdown.ts', countdown!],
    ...filesOf(await page(GUIDE)),
    ['package.json', '{ "type": "module" }'],
    [
      'vitest.config.ts',
      // The limit is for what hangs: the tests run beside those of the project.
      `export default { test: { testTimeout: 300_000 }, resolve: { alias: [
         { find: /^waymark\\/testing$/, replacement: ${JSON.stringify(join(projectRoot, 'src/testing/index.ts'))} },
         { find: /^waymark$/, replacement: ${JSON.stringify(join(projectRoot, 'src/index.ts'))} },
       ] } };`,
    ],
  ]);
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('every block that is a test file passes', async () => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const ended = await promisify(execFile)(
    process.execPath,
    [vitest, 'run', '--root', folder, '--reporter', 'json', '--outputFile', 'report.json'],
    { cwd: folder, env: { ...env, NO_COLOR: '1' }, maxBuffer: 1 << 26 },
  ).catch((error: unknown) => error as { stdout: string; stderr: string });
  const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as {
    numFailedTests?: number;
    testResults?: { name: string; message: string; assertionResults: { failureMessages: string[] }[] }[];
  };
  const results = report.testResults ?? [];
  const failures = results.flatMap(({ message, assertionResults }) => [
    ...(message === '' ? [] : [message]),
    ...assertionResults.flatMap(({ failureMessages }) => failureMessages),
  ]);
  expect(failures, ended.stderr).toEqual([]);
  const blocks = [...filesOf(await page(GUIDE)).keys()].filter((name) => name.endsWith('.test.ts'));
  expect(results).toHaveLength(blocks.length);
  expect(blocks.length).toBeGreaterThanOrEqual(6);
});
