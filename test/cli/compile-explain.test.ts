/** `waymark compile --explain`: where a script can wait, what is saved there, what may not be saved. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CapturePlan } from '../../src/cli/capture-plan.ts';
import { main } from '../../src/cli/main.ts';
import { testScript } from '../../src/testing/index.ts';
import { recordingTerminal } from './recording-terminal.ts';

const SCRIPT = `import { createHash } from 'node:crypto';
import * as net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { checkpoint, sleep } from 'waymark';

let total = 0;

const double = (n: number): number => n * 2;

export async function digest(list: string[]) {
  let count = 0;
  const hash = createHash('sha256');
  const bump = () => ++count;
  for (const item of list) {
    await sleep('1s');
    hash.update(item);
    bump();
  }
  await sleep('2s');
  return hash.digest('hex').length + count + double(1);
}

export default async function main(input: { list: string[] }) {
  const { listening } = net.createServer();
  const reading = pause(1, 'text');
  await pause(1);
  total++;
  await checkpoint({ commit: () => console.log(await_(input)) });
  return [listening, await digest(input.list), await reading];
}
const await_ = (value: unknown): unknown => value;
`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-explain-'));
  await writeFile(join(folder, 'script.ts'), SCRIPT);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function explained(width: number, ...flags: string[]): Promise<string> {
  const terminal = { ...recordingTerminal(folder), width };
  expect(await main(['compile', 'script.ts', '--explain', ...flags], terminal)).toBe(0);
  return terminal.printed();
}

async function plan(): Promise<CapturePlan> {
  return JSON.parse(await explained(100, '--json')) as CapturePlan;
}

test('every suspension point: place, the line of the author, and what is saved', async () => {
  const { functions, state, hash } = await plan();
  expect(state).toEqual(['total']);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  const digest = functions.find(({ name }) => name === 'digest')!;
  expect(digest.points.map(({ line, column, source }) => [line, column, source])).toEqual([
    [15, 5, "await sleep('1s');"],
    [19, 3, "await sleep('2s');"],
  ]);
  expect(digest.points[0]!.saved).toEqual(
    expect.arrayContaining([
      { name: 'hash', held: 'value' },
      { name: 'item', held: 'value' },
      { name: 'count', held: 'shared' },
      { name: 'where a loop is in what it goes through', held: 'hidden' },
    ]),
  );
  expect(digest.points[1]!.saved.map(({ name }) => name)).not.toContain('item');
  expect(functions.find(({ name }) => name === 'bump')!.captures).toEqual([
    { name: 'count', held: 'shared' },
  ]);
});

test('what no checkpoint can hold is named where it is alive, and only there', async () => {
  const { functions } = await plan();
  const warnings = functions.flatMap(({ points }) =>
    points.flatMap(({ line, warnings: own }) => own.map((text) => `${line} ${text.replace(/\..*/s, '')}`)),
  );
  expect(warnings).toEqual([
    '15 hash (line 12) holds a hash (createHash of node:crypto)',
    '19 hash: as above',
    '26 reading (line 25) holds a promise of native code (setTimeout of node:timers/promises)',
    '26 Waits for a promise of native code (setTimeout of node:timers/promises)',
    '28 reading: as above',
    '29 reading: as above',
  ]);
});

test('the warnings are right: the script fails where they say', async () => {
  await expect(testScript(join(folder, 'script.ts'), { input: { list: ['a'] } })).rejects.toMatchObject({
    code: 'WM3003',
    message: expect.stringMatching(/script\.ts:28 main\(\).*reading/s) as string,
  });
});

test('it fits narrow terminals', async () => {
  for (const width of [40, 60, 100]) {
    const text = await explained(width);
    expect(text.split('\n').filter((line) => line.length > width + 2 && !/^script {2}/.test(line))).toEqual(
      [],
    );
    expect(text).toContain('saves');
  }
});

test('the text tells it in words', async () => {
  const text = await explained(100);
  expect(text).toMatch(/^script {2}\d functions, 6 suspension points; \d+ B of source/);
  expect(text).toContain('Each instance has its own total');
  expect(text).toContain('bump()  script.ts:13\n  captures count (shared with closures)');
  expect(text).toContain('6 warnings');
});
