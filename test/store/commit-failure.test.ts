import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import type { StoreError } from '../../src/store/store-error.ts';
import { inDataFolder } from './data-folder.ts';
import { allUnfinished, checkpointOf } from './writes.ts';

describe.each([
  ['main', 'before'],
  ['main', 'after'],
  ['worker', 'before'],
  ['worker', 'after'],
] as const)('failed fsync, %s thread, failing %s the commit', (thread, when) => {
  it('ends the store: everything waiting and everything later is refused, and it is reported once', () =>
    inDataFolder(async (directory) => {
      const reported: StoreError[] = [];
      const store = await openSqliteStore({
        directory,
        thread,
        failCommit: { number: 3, when },
        onFatal: (error) => reported.push(error),
      });
      await store.save(checkpointOf('a', 1));
      await store.save(checkpointOf('b', 1));

      const failing = Promise.allSettled<unknown>([
        store.save(checkpointOf('a', 2)),
        store.save(checkpointOf('c', 1)),
        store.load('a'),
      ]);
      // Called when the failing group has left already.
      await new Promise(setImmediate);
      const later = Promise.allSettled<unknown>([
        store.save(checkpointOf('d', 1)),
        store.purge('a'),
        store.list(),
      ]);
      const errors: unknown[] = [];
      for (const result of [...(await failing), ...(await later)]) {
        expect(result).toMatchObject({ status: 'rejected', reason: { code: 'WM5007', fatal: true } });
        if (result.status === 'rejected') errors.push(result.reason);
      }
      expect(reported).toEqual([errors[0]]);
      expect(reported[0]?.message).toContain(directory);
      expect(reported[0]?.fix).toContain('start again');

      await expect(store.save(checkpointOf('e', 1))).rejects.toBe(reported[0]);
      await expect(store.load('a')).rejects.toBe(reported[0]);
      await expect(allUnfinished(store)).rejects.toBe(reported[0]);
      await store.close();
      expect(reported.length).toBe(1);

      // The disk tells what is there: what was acknowledged surely, what failed perhaps.
      const again = await openSqliteStore({ directory, thread: 'main' });
      expect((await again.load('b'))?.sequence).toBe(1);
      expect((await again.load('a'))?.sequence).toBe(when === 'before' ? 1 : 2);
      expect((await again.load('c'))?.sequence).toBe(when === 'before' ? undefined : 1);
      expect(await again.load('d')).toBeUndefined();
      await again.close();
    }));
});

// A real error of the system: a process whose files may not grow beyond a limit gets EFBIG from write.
describe.runIf(process.platform !== 'win32')('a write that the system refuses', () => {
  it.each(['main', 'worker'])('ends the store and loses nothing acknowledged (%s thread)', (thread) =>
    inDataFolder(async (directory) => {
      const program = fileURLToPath(new URL('./limited-writer-process.ts', import.meta.url));
      const command = `trap '' XFSZ; ulimit -f 30000; exec "$0" "$@"`;
      const child = spawnSync('sh', ['-c', command, process.execPath, program, directory, thread], {
        encoding: 'utf8',
      });
      expect(child.stderr).toBe('');
      const report = JSON.parse(child.stdout) as {
        acknowledged: number;
        error: object;
        later: object;
        fatal: number;
      };
      expect(report.error).toMatchObject({ code: 'WM5007', fatal: true });
      expect(report.later).toEqual(report.error);
      expect(report.fatal).toBe(1);
      expect(report.acknowledged).toBeGreaterThan(10);

      const again = await openSqliteStore({ directory, thread: 'main' });
      const ids = new Set((await allUnfinished(again)).map(({ id }) => id));
      for (let number = 0; number < report.acknowledged; number++) expect(ids).toContain(`i${number}`);
      expect(ids.size - report.acknowledged).toBeLessThanOrEqual(1);
      await again.close();
    }),
  );
});
