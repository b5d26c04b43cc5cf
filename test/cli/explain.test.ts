import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { wrapped } from '../../src/cli/wrapped-text.ts';
import { recordingTerminal } from './recording-terminal.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function explained(...args: string[]): Promise<{ code: number; out: string; talk: string }> {
  const terminal = recordingTerminal(root);
  const code = await main(['explain', ...args], terminal);
  return { code, out: terminal.printed(), talk: terminal.said() };
}

test('a code is explained: meaning, what to do, a wrong and a right example, and where there is more', async () => {
  const { code, out } = await explained('WM4007');
  expect(code).toBe(0);
  expect(out).toContain('WM4007 A value that no snapshot can hold');
  expect(out).toContain('What to do');
  expect(out).toMatch(/✗ not so\n    import \{ createHash \}/);
  expect(out).toMatch(/✓ but so\n    import \{ createHash \}/);
  const [, page] = /More: (\S+)#wm4007$/.exec(out) ?? [];
  expect(existsSync(join(root, page!))).toBe(true);
});

test.each(['wm4007', '4007', 'WM-4007'])('%s means WM4007', async (text) => {
  expect((await explained(text)).out).toContain('WM4007 A value');
});

test('several codes, and JSON', async () => {
  const { out } = await explained('WM1002', 'WM7002', '--json');
  expect(JSON.parse(out)).toMatchObject([
    { code: 'WM1002', title: 'Module not found', example: { files: {} } },
    { code: 'WM7002' },
  ]);
});

test('without a code all are listed, by area', async () => {
  const { out } = await explained();
  expect(out).toContain('Compiler\n  WM1000');
  expect(out).toContain('\n\nCommand line\n  WM8001');
});

test('words find the codes that speak of them', async () => {
  expect((await explained('disk', 'full')).out).toContain('WM5006');
});

test('an unknown code is not found, and near ones are named', async () => {
  const { code, out, talk } = await explained('WM1044');
  expect(code).toBe(3);
  expect(out).toBe('');
  expect(talk).toContain('There is no code WM1044');
  expect(talk).toContain('WM1024  Direct eval');
  expect((await explained('qqq')).talk).toContain('lists them all');
});

test('paragraphs fit terminals of any width, and long words stay whole', () => {
  const text =
    'one two three four five six seven eight nine ten a-word-that-is-much-longer-than-the-line end';
  for (const width of [10, 24, 40, 200]) {
    const lines = wrapped(text, width, '  ').split('\n');
    expect(lines.map((line) => line.trim()).join(' ')).toBe(text);
    for (const line of lines) {
      expect(line.startsWith('  ')).toBe(true);
      if (line.trim().includes(' ')) expect(line.length).toBeLessThanOrEqual(Math.max(22, width));
    }
  }
});
