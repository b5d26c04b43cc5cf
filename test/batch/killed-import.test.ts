/** An import that is killed with SIGKILL again and again: every row is there exactly once. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open-database.ts';

const ITEMS = 800;
const program = fileURLToPath(new URL('killed-import-process.ts', import.meta.url));

/** Runs until it ends, or is killed after it has written so many chunks. @returns its last line, or the signal that ended it */
function life(folder: string, chunks: number | undefined): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, folder, String(ITEMS)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  let lines = 0;
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    text += data;
    lines += data.split('\n').length - 1;
    if (chunks !== undefined && lines >= chunks) child.kill('SIGKILL');
  });
  return new Promise((resolve) =>
    child.on('close', (_code, signal) => resolve(signal ?? text.trim().split('\n').at(-1) ?? '')),
  );
}

test('skips and retries, five kills: exactly once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wm-killed-import-'));
  try {
    const ends: string[] = [];
    for (const chunks of [1, 6, 2, 9, 4]) ends.push(await life(folder, chunks));
    expect(ends).toContain('SIGKILL');
    expect(await life(folder, undefined)).toBe('COMPLETED');
    const database = await openDatabase(`sqlite:${join(folder, 'target.db')}`);
    const rows = await database.query<{ item: number }>('SELECT item FROM row ORDER BY item');
    await database.close();
    const due = Array.from({ length: ITEMS }, (_, index) => index + 1).filter((item) => item % 10 !== 0);
    expect(rows.map(({ item }) => item)).toEqual(due);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
