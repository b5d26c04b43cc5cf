import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckpointStore } from '../../src/store/checkpoint-store.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import type { StoreUnderTest } from './conformance.ts';

export const memoryUnderTest: StoreUnderTest = {
  name: 'memory',
  open: () => Promise.resolve(new MemoryStore()),
  dispose: () => Promise.resolve(),
};

export function sqliteUnderTest(
  thread: 'main' | 'worker',
): StoreUnderTest & Required<Pick<StoreUnderTest, 'reopen'>> {
  let directory = '';
  const open = (): Promise<CheckpointStore> => openSqliteStore({ directory, thread });
  return {
    name: `sqlite, ${thread} thread`,
    async open() {
      directory = await mkdtemp(join(tmpdir(), 'waymark-store-'));
      return open();
    },
    async reopen(store) {
      await store.close();
      return open();
    },
    dispose: () => rm(directory, { recursive: true, force: true }),
  };
}
