/** kill -9 of a process with four worker threads that write to SQLite in transactions: every item is there exactly once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/batch/index.ts';

const program = fileURLToPath(new URL('./killed-workers-process.ts', import.meta.url));
const ITEMS = 2000;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wm-killed-workers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** @returns whether it came to its end before it had made so many chunks */
async function live(address: string, life: number, chunks: number): Promise<boolean> {
  // Of one of the four threads: a little more than its share, so that our kill comes first unless this process is slow.
  const most = Math.ceil(chunks / 4) + 2;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, join(folder, 'jobs'), String(life)],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DATABASE: address, CHUNKS: `${most}` } },
  );
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > chunks) child.kill('SIGKILL');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(errors).toBe('');
  if (signal === null) expect(code).toBe(0);
  return signal === null;
}

test('killed after 1, 7, 19, 40 and 70 chunks, then undisturbed', async () => {
  const address = `sqlite:${join(folder, 'items.db')}`;
  const database = await openDatabase(address);
  await database.execute('CREATE TABLE item (id INTEGER NOT NULL)');
  const counts = async (): Promise<{ items: number; different: number }> => {
    const [row] = await database.query<{ items: number; different: number }>(
      'SELECT count(*) AS items, count(DISTINCT id) AS different FROM item',
    );
    return row!;
  };
  let before = 0;
  let life = 0;
  for (const chunks of [1, 7, 19, 40, 70]) {
    expect(await live(address, ++life, chunks)).toBe(false);
    const { items, different } = await counts();
    expect(different).toBe(items);
    expect(items).toBeGreaterThanOrEqual(before);
    before = items;
  }
  expect(before).toBeLessThan(ITEMS);
  expect(await live(address, ++life, Infinity)).toBe(true);
  expect(await counts()).toEqual({ items: ITEMS, different: ITEMS });
  await database.close();
});
