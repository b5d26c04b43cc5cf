import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { recordingTerminal } from './recording-terminal.ts';

const GOOD =
  'export default async function good(input: number): Promise<number> {\n  return (await input) + 1;\n}\n';
const BAD = "import { x } from './gone.ts';\n\nexport default async function* bad() {\n  yield x;\n}\n";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
  await mkdir(join(folder, 'scripts/lib'), { recursive: true });
  await writeFile(join(folder, 'scripts/good.ts'), GOOD);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('a folder without findings: exit code 0, nothing on stdout', async () => {
  for (const name of ['good.test.ts', 'types.d.ts', '_draft.ts', 'notes.txt', 'lib/part.ts']) {
    await writeFile(join(folder, 'scripts', name), 'this is not a script');
  }
  const terminal = recordingTerminal(folder);
  expect(await main(['check', 'scripts'], terminal)).toBe(0);
  expect(terminal.printed()).toBe('');
  expect(terminal.said()).toBe('1 checked, 1 ok, 0 with errors');
});

test('a finding: exit code 5; place, code, code frame and fix on stdout', async () => {
  await writeFile(join(folder, 'scripts/bad.ts'), BAD);
  const terminal = recordingTerminal(folder);
  expect(await main(['check', 'scripts'], terminal)).toBe(5);
  expect(terminal.printed()).toMatch(/^scripts\/bad\.ts:1:\d+ WM1002 .*gone\.ts/);
  expect(terminal.printed()).toContain("> 1 | import { x } from './gone.ts';");
  expect(terminal.printed()).toContain('fix: ');
  expect(terminal.said()).toBe('2 checked, 1 ok, 1 with errors');
});

test('--json prints one object per script', async () => {
  await writeFile(join(folder, 'scripts/bad.ts'), BAD);
  const terminal = recordingTerminal(folder);
  expect(await main(['check', 'scripts', '--json'], terminal)).toBe(5);
  expect(JSON.parse(terminal.printed())).toMatchObject([
    { file: 'scripts/bad.ts', ok: false, diagnostics: [{ code: 'WM1002', line: 1 }] },
    { file: 'scripts/good.ts', ok: true, diagnostics: [], hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
});

test.each([
  ['check', 'nowhere', 'WM8001'],
  ['check', 'scripts/lib', 'WM8002'],
  ['compile', 'nowhere.ts', 'WM8001'],
])('%s %s is not found: exit code 3', async (command, path, code) => {
  const terminal = recordingTerminal(folder);
  expect(await main([command, path], terminal)).toBe(3);
  expect(terminal.said()).toContain(code);
});

test('compile prints code, source map or the whole bundle', async () => {
  const printed = async (...options: string[]): Promise<string> => {
    const terminal = recordingTerminal(folder);
    expect(await main(['compile', 'scripts/good.ts', ...options], terminal)).toBe(0);
    return terminal.printed();
  };
  expect(await printed()).toContain('good');
  expect(JSON.parse(await printed('--map'))).toMatchObject({
    version: 3,
    sources: [expect.stringMatching(/^file:.*good\.ts$/)],
  });
  expect(JSON.parse(await printed('--json'))).toMatchObject({ name: 'good', sources: ['good.ts'] });
});

test('compile of a script that is refused: exit code 5, the diagnostics once', async () => {
  await writeFile(join(folder, 'scripts/bad.ts'), BAD);
  const terminal = recordingTerminal(folder);
  expect(await main(['compile', 'scripts/bad.ts'], terminal)).toBe(5);
  expect(terminal.said().match(/WM1002/g)).toHaveLength(1);
});

test('what a package does not export, and a package that is not there, are findings with their place', async () => {
  await writeFile(
    join(folder, 'scripts/imports.ts'),
    `import { checkPoint, sleep, type Self } from 'waymark';
     import { left } from 'no-such-package';
     import os, { EOL as end, cpuz } from 'node:os';
     import * as path from 'node:path';
     export { basename } from 'node:path';
     export default async (self: Self) => [checkPoint, sleep, left, os, end, cpuz, path, self];\n`,
  );
  const terminal = recordingTerminal(folder);
  expect(await main(['check', 'scripts', '--json'], terminal)).toBe(5);
  const found = (
    JSON.parse(terminal.printed()) as { diagnostics: { code: string; line: number; message: string }[] }[]
  ).flatMap(({ diagnostics }) => diagnostics);
  expect(found.map(({ code, line, message }) => [code, line, message])).toEqual([
    ['WM1006', 1, 'The package "waymark" has no export named "checkPoint". Did you mean "checkpoint"?'],
    ['WM1005', 2, 'Cannot find the package "no-such-package" imported here.'],
    ['WM1006', 3, 'The package "node:os" has no export named "cpuz". Did you mean "cpus"?'],
  ]);
});

test('a package that fails to load, opens something, prints or ends the process does not disturb the check', async () => {
  for (const [name, text] of Object.entries({
    throws: 'throw new Error("no database");',
    open: 'setInterval(() => {}, 1000); console.log("loud"); export const x = 1;',
    ends: 'process.exit(7);',
  })) {
    await mkdir(join(folder, 'node_modules', name), { recursive: true });
    await writeFile(
      join(folder, 'node_modules', name, 'package.json'),
      JSON.stringify({ name, type: 'module', exports: './index.js' }),
    );
    await writeFile(join(folder, 'node_modules', name, 'index.js'), text);
    await writeFile(
      join(folder, 'scripts', `${name}.ts`),
      `import { x } from '${name}';\nexport default async () => x;\n`,
    );
  }
  const terminal = recordingTerminal(folder);
  expect(await main(['check', 'scripts'], terminal), terminal.printed()).toBe(0);
  expect(terminal.said()).toBe('4 checked, 4 ok, 0 with errors');
});
