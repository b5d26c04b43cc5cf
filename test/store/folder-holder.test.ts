import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { inDataFolder } from './data-folder.ts';
import { checkpointOf } from './writes.ts';

const WRITER = fileURLToPath(new URL('./writer-process.ts', import.meta.url));
const PID_FILE = 'waymark.pid';

async function startHolder(directory: string) {
  const child = spawn(process.execPath, [WRITER, directory, 'worker', 'x', '1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe.each(['main', 'worker'] as const)('one process per data folder, %s thread', (thread) => {
  it('refuses a second store in the same process', () =>
    inDataFolder(async (directory) => {
      const first = await openSqliteStore({ directory, thread });
      for (const second of ['main', 'worker'] as const) {
        const error = await openSqliteStore({ directory, thread: second }).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(StoreError);
        expect(error).toMatchObject({ code: 'WM5002' });
        expect((error as StoreError).message).toContain(`already open in this process (pid ${process.pid}`);
        expect((error as StoreError).message).toContain(directory);
      }
      await first.save(checkpointOf('a', 1));
      await first.close();
      const third = await openSqliteStore({ directory, thread });
      expect((await third.load('a'))?.sequence).toBe(1);
      await third.close();
    }));

  it('refuses a second process and names the first, until that one is killed', () =>
    inDataFolder(async (directory) => {
      const holder = await startHolder(directory);
      try {
        const error = await openSqliteStore({ directory, thread }).catch((reason: unknown) => reason);
        expect(error).toMatchObject({ code: 'WM5002' });
        expect((error as StoreError).message).toContain(`in use by process ${holder.pid}`);
        expect((error as StoreError).fix).toContain('Stop that process');
      } finally {
        const exited = once(holder, 'exit');
        holder.kill('SIGKILL');
        await exited;
      }
      // What the killed process left names it still.
      expect(readFileSync(join(directory, PID_FILE), 'utf8')).toContain(`"pid":${holder.pid}`);
      const store = await openSqliteStore({ directory, thread });
      expect(readFileSync(join(directory, PID_FILE), 'utf8')).toContain(`"pid":${process.pid}`);
      await store.close();
    }));

  it('takes no file for the truth: a stale, foreign or torn one blocks nobody', () =>
    inDataFolder(async (directory) => {
      for (const text of [
        '',
        '{"pid":1,',
        `{"pid":${process.pid},"host":"x"}`,
        '{"pid":1,"host":"elsewhere"}',
      ]) {
        writeFileSync(join(directory, PID_FILE), text);
        const store = await openSqliteStore({ directory, thread });
        await store.close();
      }
      const store = await openSqliteStore({ directory, thread });
      writeFileSync(join(directory, PID_FILE), 'torn');
      await expect(openSqliteStore({ directory, thread })).rejects.toThrow(/in use by another process/);
      await store.close();
    }));

  it('says so when a folder cannot be made or opened', () =>
    inDataFolder(async (directory) => {
      const file = join(directory, 'a file');
      writeFileSync(file, 'text');
      const error = await openSqliteStore({ directory: file, thread }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code: 'WM5009', fatal: false });
      expect((error as StoreError).message).toContain(file);
    }));
});
