import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { recordingTerminal } from './recording-terminal.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function fill(): Promise<void> {
  const store = await openSqliteStore({ directory: join(folder, 'data'), thread: 'main' });
  const codeHash = 'ab'.repeat(32);
  const at = Date.now() - 60_000;
  const instance = (id: string, script: string) => ({
    id,
    script,
    codeHash,
    at,
    requestId: undefined,
    sequence: 2,
    createdAt: at,
  });
  await store.saveCode(codeHash, new Uint8Array([1]));
  await store.save({ ...instance('01A', 'payment'), snapshot: new Uint8Array([1, 2]) });
  await store.save({ ...instance('01B', 'order'), snapshot: new Uint8Array([3]) });
  await store.fail({ ...instance('01B', 'order'), outcome: new Uint8Array([4]) });
  await store.close();
}

test('lists id, script, status, checkpoint and ages as a table', async () => {
  await fill();
  const terminal = recordingTerminal(folder, { WAYMARK_DATA: 'data' });
  expect(await main(['instances', 'list'], terminal)).toBe(0);
  const [head, ...rows] = terminal.printed().split('\n');
  expect(head?.split(/\s{2,}/)).toEqual(['ID', 'SCRIPT', 'STATUS', 'CHECKPOINT', 'STARTED', 'UPDATED']);
  expect(
    new Set(
      rows.map((row) =>
        row
          .split(/\s{2,}/)
          .slice(0, 4)
          .join(' '),
      ),
    ),
  ).toEqual(new Set(['01A payment running 2', '01B order failed 2']));
});

test('filters, and prints JSON', async () => {
  await fill();
  const terminal = recordingTerminal(folder);
  const args = ['instances', 'list', '--data', 'data', '--status', 'failed', '--json'];
  expect(await main(args, terminal)).toBe(0);
  expect(JSON.parse(terminal.printed())).toMatchObject([{ id: '01B', script: 'order', status: 'failed' }]);
});

test('a data folder that is not there is not made: exit code 3', async () => {
  const terminal = recordingTerminal(folder);
  expect(await main(['instances', 'list'], terminal)).toBe(3);
  expect(terminal.said()).toContain('WM8006');
});

test('a data folder that a running process holds: exit code 4, and what to do', async () => {
  const store = await openSqliteStore({ directory: join(folder, 'data'), thread: 'main' });
  const terminal = recordingTerminal(folder);
  expect(await main(['instances', 'list', '--data', 'data'], terminal)).toBe(4);
  expect(terminal.said()).toContain('WM8007');
  expect(terminal.said()).toContain('Stop that process first');
  await store.close();
});
