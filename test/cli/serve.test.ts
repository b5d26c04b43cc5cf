import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { WaymarkProcess } from './waymark-process.ts';

let folder: string;
const processes: WaymarkProcess[] = [];

function serve(...args: string[]): WaymarkProcess {
  const started = new WaymarkProcess(['serve', 'scripts', ...args], folder);
  processes.push(started);
  return started;
}

async function request(...args: string[]): Promise<{ code: number; printed: string; said: string }> {
  const terminal = recordingTerminal(folder);
  const code = await main(['request', ...args], terminal);
  return { code, printed: terminal.printed(), said: terminal.said() };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
  await mkdir(join(folder, 'scripts'));
  await writeFile(
    join(folder, 'scripts/order.ts'),
    `import { checkpoint, reply, self, sleep } from 'waymark';
     export default async function order({ id, wait }: { id: number; wait: boolean }) {
       await checkpoint({ commit: () => reply({ accepted: id }) });
       if (wait && !self.recovered) await sleep('1h');
       return { id, attempt: self.attempt };
     }\n`,
  );
});
afterEach(async () => {
  for (const started of processes.splice(0)) {
    started.kill('SIGKILL');
    await started.ended;
  }
  await rm(folder, { recursive: true, force: true });
});

const eventsOf = (started: WaymarkProcess): Record<string, unknown>[] =>
  started.stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('serves requests, reports refused scripts with their place, and stops on SIGTERM with exit code 0', async () => {
  await writeFile(join(folder, 'scripts/bad.ts'), 'await null;\nexport default function bad() {}\n');
  const node = serve();
  await node.said('"event":"serving"');
  const serving = eventsOf(node).find(({ event }) => event === 'serving');
  expect(serving).toMatchObject({
    loaded: [{ name: 'order' }],
    failed: [{ file: 'scripts/bad.ts', reasons: [expect.stringMatching(/^scripts\/bad\.ts:1:\d+ WM1013 /)] }],
    recovered: 0,
    attention: 0,
  });
  expect(await request('order', '--input', '{"id":7}')).toEqual({
    code: 0,
    printed: '{"id":7,"attempt":1}',
    said: '{"accepted":7}',
  });
  node.kill('SIGTERM');
  expect(await node.ended).toEqual({ code: 0, signal: null });
  expect(eventsOf(node).at(-1)).toMatchObject({ event: 'stopped', withoutCheckpoint: 0 });
});

test('kill -9 after the acknowledgement: the next process ends it, and the repeated request gets the result', async () => {
  const first = serve();
  await first.said('"event":"serving"');
  const terminal = recordingTerminal(folder);
  const args = [
    'request',
    'order',
    '--input',
    '{"id":8,"wait":true}',
    '--request-id',
    'r-8',
    '--timeout',
    '60000',
  ];
  const acknowledged = Promise.withResolvers<void>();
  const waiting = main(args, { ...terminal, talk: () => acknowledged.resolve() });
  await acknowledged.promise;
  first.kill('SIGKILL');
  await first.ended;

  const second = serve();
  await second.said('"event":"serving"');
  expect(eventsOf(second).find(({ event }) => event === 'serving')).toMatchObject({ recovered: 1 });
  expect(await request('order', '--input', '{"id":8,"wait":true}', '--request-id', 'r-8')).toMatchObject({
    code: 0,
    printed: '{"id":8,"attempt":2}',
  });
  terminal.interrupt();
  await waiting;
});

test('a folder that is not there: exit code 3', async () => {
  const terminal = recordingTerminal(folder);
  expect(await main(['serve', 'nowhere'], terminal)).toBe(3);
  expect(terminal.said()).toContain('WM8008');
});

test('an address for metrics that is taken, or is none: exit codes 4 and 2, and the folder is free again', async () => {
  const first = serve('--http', '127.0.0.1:0');
  await first.said('"event":"serving"');
  const { http } = JSON.parse(
    first.stderr.split('\n').find((line) => line.includes('"event":"serving"'))!,
  ) as {
    http: string;
  };
  expect((await fetch(`${http}/ready`)).status).toBe(200);
  const second = serve('--data', 'other', '--socket', 'other', '--http', new URL(http).host);
  expect(await second.ended).toMatchObject({ code: 4 });
  expect(second.stderr).toContain('WM7030');
  const third = serve('--data', 'other', '--socket', 'other', '--http', 'here');
  expect(await third.ended).toMatchObject({ code: 2 });
  const fourth = serve('--data', 'other', '--socket', 'other');
  await fourth.said('"event":"serving"');
});
