import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { wantsColor } from '../../src/cli/terminal.ts';
import { formatDuration, formatTable } from '../../src/cli/table.ts';
import { packageVersion } from '../../src/cli/version.ts';
import { recordingTerminal } from './recording-terminal.ts';

const bin = fileURLToPath(new URL('../../bin/waymark.js', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

test('--version prints the version to stdout and exits with 0', async () => {
  const terminal = recordingTerminal(here);
  expect(await main(['--version'], terminal)).toBe(0);
  expect(terminal.printed()).toBe(packageVersion());
  expect(terminal.said()).toBe('');
});

test('--help names every command, the exit codes and examples', async () => {
  const terminal = recordingTerminal(here);
  expect(await main(['--help'], terminal)).toBe(0);
  for (const word of [
    'run',
    'serve',
    'check',
    'compile',
    'instances',
    'demo',
    'Exit codes:',
    'Examples:',
    'NO_COLOR',
  ]) {
    expect(terminal.printed()).toContain(word);
  }
});

test('every command has help with examples', async () => {
  const leaves: string[][] = [];
  const collect = (command: Command, path: string[]): void => {
    if (command.commands.length === 0) leaves.push(path);
    for (const child of command.commands) collect(child, [...path, child.name()]);
  };
  collect(await buildProgram({ terminal: recordingTerminal(here), exit: () => undefined }), []);
  expect(leaves.length).toBeGreaterThanOrEqual(7);
  for (const path of leaves) {
    const terminal = recordingTerminal(here);
    expect(await main([...path, '--help'], terminal)).toBe(0);
    expect(terminal.printed(), path.join(' ')).toContain('Examples:');
    expect(terminal.printed()).toContain(`waymark ${path.join(' ')}`);
  }
});

test.each([
  [['frobnicate'], 'unknown command'],
  [['run'], 'missing required argument'],
  [['run', 'x.ts', '--input', '{'], 'must be JSON'],
  [['serve', '.', '--max-in-flight', '0'], 'whole number from 1'],
  [['serve', '.', '--keep-results', 'long'], 'such as 500ms'],
  [['check', '.', '--frobnicate'], 'unknown option'],
])('%j is wrong usage: exit code 2, and the reason on stderr', async (args, reason) => {
  const terminal = recordingTerminal(here);
  expect(await main(args, terminal)).toBe(2);
  expect(terminal.said()).toContain(reason);
  expect(terminal.said()).toContain('--help');
  expect(terminal.printed()).toBe('');
});

test('an unknown demo is not found', async () => {
  const terminal = recordingTerminal(here);
  expect(await main(['demo', 'frobnicate'], terminal)).toBe(3);
  expect(terminal.said()).toContain('WM8003');
  expect(terminal.said()).toContain('payments');
});

test('an old Node.js is told in one line what is needed, with exit code 2', async () => {
  const pretend = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'24.14.1'}})`;
  const ended = await promisify(execFile)(process.execPath, ['--import', pretend, bin, '--version']).catch(
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );
  expect(ended).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'waymark: Node.js 24.15 or newer is needed, this is 24.14.1\n',
  });
});

test('the program file runs the command line', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [bin, '--version']);
  expect(stdout).toBe(`${packageVersion()}\n`);
});

test('colours: NO_COLOR wins, FORCE_COLOR forces, a dumb terminal and a pipe have none', () => {
  expect(wantsColor({}, true)).toBe(true);
  expect(wantsColor({}, false)).toBe(false);
  expect(wantsColor({ NO_COLOR: '1', FORCE_COLOR: '1' }, true)).toBe(false);
  expect(wantsColor({ NO_COLOR: '' }, true)).toBe(true);
  expect(wantsColor({ FORCE_COLOR: '1' }, false)).toBe(true);
  expect(wantsColor({ FORCE_COLOR: '0' }, false)).toBe(false);
  expect(wantsColor({ TERM: 'dumb' }, true)).toBe(false);
});

test('tables align their columns and do not count colour codes', () => {
  expect(
    formatTable(
      ['id', 'status'],
      [
        ['1', 'running'],
        ['\u001B[31m22\u001B[39m', 'failed'],
      ],
    ),
  ).toBe('id  status\n1   running\n\u001B[31m22\u001B[39m  failed');
});

test('durations use the largest unit that fits', () => {
  expect([0, 999, 1000, 119_999, 120_000, 7_200_000, 172_800_000].map(formatDuration)).toEqual([
    '0 ms',
    '999 ms',
    '1 s',
    '119 s',
    '2 min',
    '2 h',
    '2 d',
  ]);
});
