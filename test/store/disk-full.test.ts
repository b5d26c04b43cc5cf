import { execFileSync } from 'node:child_process';
import { mkdirSync, openSync, closeSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CheckpointStore } from '../../src/store/checkpoint-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { inDataFolder } from './data-folder.ts';
import { allUnfinished, checkpointOf, outcomeOf } from './writes.ts';

const large = new Uint8Array(20_000).fill(7);

/** Saves new instances until one is refused for want of room. @returns the ids of those acknowledged, and the refusal. */
async function fill(store: CheckpointStore, prefix: string): Promise<{ ids: string[]; error: StoreError }> {
  const ids: string[] = [];
  for (let number = 0; number < 100_000; number++) {
    const id = `${prefix}${number}`;
    const error = await store
      .save(checkpointOf(id, 1, { snapshot: large }))
      .catch((reason: unknown) => reason);
    if (error === undefined) {
      ids.push(id);
      continue;
    }
    expect(error).toBeInstanceOf(StoreError);
    return { ids, error: error as StoreError };
  }
  throw new Error('there is always room');
}

async function idsIn(store: CheckpointStore): Promise<string[]> {
  return (await allUnfinished(store)).map(({ id }) => id).toSorted();
}

describe.each(['main', 'worker'] as const)('full disk, %s thread', (thread) => {
  it('refuses what does not fit, keeps what was acknowledged, and goes on when there is room', () =>
    inDataFolder(async (directory) => {
      let fatal = 0;
      const open = () => openSqliteStore({ directory, thread, maxPages: 300, onFatal: () => fatal++ });
      let store = await open();
      const { ids, error } = await fill(store, 'a');
      expect(error).toMatchObject({ code: 'WM5006', fatal: false });
      expect(error.message).toContain(directory);
      expect(error.fix).toContain('room');
      expect(ids.length).toBeGreaterThan(10);
      expect(await idsIn(store)).toEqual(ids.toSorted());

      // What needs no more room than it gives back is taken even now.
      await store.complete(outcomeOf(ids[0]!, 1));
      await store.save(checkpointOf(ids[1]!, 2, { snapshot: large.slice(0, 19_900) }));
      await store.save(checkpointOf('in the place of the first', 1, { snapshot: large }));
      await expect(store.save(checkpointOf('one more', 1, { snapshot: large }))).rejects.toMatchObject({
        code: 'WM5006',
      });

      const expected = [...ids.slice(1), 'in the place of the first'].toSorted();
      expect(await idsIn(store)).toEqual(expected);
      await store.close();
      store = await open();
      expect(await idsIn(store)).toEqual(expected);
      expect((await store.load(ids[1]!))?.sequence).toBe(2);
      expect(fatal).toBe(0);
      await store.close();
    }));

  it('takes a whole group back, and leaves what it knows of rows as it was', () =>
    inDataFolder(async (directory) => {
      const store = await openSqliteStore({ directory, thread, maxPages: 300 });
      await store.save(checkpointOf('kept', 1, { requestId: 'kept' }));
      await store.save(checkpointOf('completing', 1, { requestId: 'completing' }));
      await store.fail(outcomeOf('failing', 0, { requestId: 'failing' }));
      const before = await store.list();

      const group = [
        store.save(checkpointOf('kept', 2, { requestId: 'another' })),
        store.complete(outcomeOf('completing', 1, { requestId: 'completing' })),
        store.save(checkpointOf('begun', 1, { requestId: 'begun' })),
        store.purge('failing'),
        store.saveCode('hash', large),
        ...Array.from({ length: 400 }, (_, index) =>
          store.save(checkpointOf(`i${index}`, 1, { snapshot: large })),
        ),
      ];
      for (const result of await Promise.allSettled<unknown>(group)) {
        expect(result).toMatchObject({ status: 'rejected', reason: { code: 'WM5006', fatal: false } });
      }
      expect(await store.list()).toEqual(before);
      expect((await store.findRequest('payments', 'kept'))?.sequence).toBe(1);
      expect((await store.findRequest('payments', 'completing'))?.status).toBe('running');
      expect((await store.findRequest('payments', 'failing'))?.id).toBe('failing');
      for (const requestId of ['another', 'begun'])
        expect(await store.findRequest('payments', requestId)).toBeUndefined();
      expect(await store.loadCode('hash')).toBeUndefined();
      expect((await store.stats()).liveInstances).toBe(3);

      await store.save(checkpointOf('kept', 2));
      await store.save(checkpointOf('begun', 1));
      expect(await idsIn(store)).toEqual(['begun', 'completing', 'kept']);
      await store.close();
    }));

  it('answers reads of a group whose writes did not fit', () =>
    inDataFolder(async (directory) => {
      const store = await openSqliteStore({ directory, thread, maxPages: 100 });
      await store.save(checkpointOf('a', 1));
      const refused = store.save(checkpointOf('b', 1, { snapshot: new Uint8Array(3_000_000) }));
      const read = store.load('a');
      await expect(refused).rejects.toMatchObject({ code: 'WM5006' });
      expect((await read)?.sequence).toBe(1);
      await store.close();
    }));
});

/** A file system of a few megabytes of its own; undefined where this user may not mount one. */
function mountSmall(directory: string): (() => void) | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', directory], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return () => void execFileSync('umount', ['-l', directory], { stdio: 'ignore' });
}

describe('a file system that is really full', () => {
  it.each(['main', 'worker'] as const)('loses nothing acknowledged, and goes on (%s thread)', (thread) =>
    inDataFolder(async (parent) => {
      const directory = join(parent, 'mounted');
      mkdirSync(directory);
      const unmount = mountSmall(directory);
      // Where nothing can be mounted the limit on pages stands in for the end of the disk.
      const maxPages = unmount === undefined ? 1500 : undefined;
      try {
        const data = join(directory, 'data');
        // Ballast, as of somebody else's files, that is removed to make room.
        const ballast = join(directory, 'ballast');
        const file = openSync(ballast, 'w');
        writeSync(file, new Uint8Array(4 * 2 ** 20));
        closeSync(file);
        let fatal = 0;
        let store = await openSqliteStore({ directory: data, thread, maxPages, onFatal: () => fatal++ });
        const { ids, error } = await fill(store, 'a');
        expect(error).toMatchObject({ code: 'WM5006', fatal: false });
        await expect(store.save(checkpointOf('no', 1, { snapshot: large }))).rejects.toMatchObject({
          code: 'WM5006',
        });
        expect(await idsIn(store)).toEqual(ids.toSorted());

        rmSync(ballast);
        if (unmount === undefined) for (const id of ids.splice(0, 10)) await store.purge(id);
        await store.save(checkpointOf('there is room again', 1, { snapshot: large }));
        const expected = [...ids, 'there is room again'].toSorted();
        expect(await idsIn(store)).toEqual(expected);
        expect(fatal).toBe(0);
        await store.close();
        store = await openSqliteStore({ directory: data, thread, maxPages });
        expect(await idsIn(store)).toEqual(expected);
        await store.close();
      } finally {
        unmount?.();
      }
    }),
  );
});
