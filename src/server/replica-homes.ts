/** Where a node keeps the copies of other nodes: one embedded store for each, in a folder of its own. */
import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReplicaHome, ReplicaHomes, ReplicaLabel } from '../node/replication/replica-receiver.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { StoreError, StoreErrorCode } from '../store/store-error.ts';

const LABEL_FILE = 'replica.json';
const TAKEN_FILE = 'taken-over.json';
const NO_LABEL: ReplicaLabel = { store: undefined, takenOver: undefined };

/**
 * The copies below `directory`. Opening throws StoreError WM5003 when what is known about the copies cannot be read, and
 * those of opening a store.
 */
export function replicaHomes(directory: string, onFatal: (error: StoreError) => void): ReplicaHomes {
  return {
    async known() {
      const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
      return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    },
    async open(node): Promise<ReplicaHome> {
      const folder = join(directory, node);
      const store = await openSqliteStore({ directory: folder, onFatal });
      try {
        const path = join(folder, LABEL_FILE);
        const taken = join(folder, TAKEN_FILE);
        return {
          store,
          label: { ...NO_LABEL, ...(await readJson<Partial<ReplicaLabel>>(path)) },
          saveLabel: (label) => writeDurably(folder, path, label),
          saveTaken: (ids) => writeDurably(folder, taken, ids),
          taken: async () => (await readJson<readonly string[]>(taken)) ?? [],
        };
      } catch (error) {
        await store.close();
        throw error;
      }
    },
  };
}

/** Undefined when there is no such file. */
async function readJson<T>(path: string): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    // Whether the node was taken over is in it: guessing could make an instance run twice.
    throw new StoreError(StoreErrorCode.damaged, `${path} cannot be read`, {
      cause: error,
      fix: 'Put the file back from a copy, or delete the folder: the other node then sends its copies again.',
    });
  }
}

/** Whole or not at all, and durable. */
async function writeDurably(folder: string, path: string, value: unknown): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  const file = await open(temporary, 'w');
  try {
    await file.writeFile(`${JSON.stringify(value)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
