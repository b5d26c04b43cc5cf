/** Where a node keeps the copies of other nodes: one embedded store for each, in a folder of its own. */
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReplicaHome, ReplicaHomes, ReplicaLabel } from '../node/replication/replica-home.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { StoreError, StoreErrorCode } from '../store/store-error.ts';
import { writeDurably } from './durable-file.ts';

const LABEL_FILE = 'replica.json';
/** An id in each line. */
const TAKEN_FILE = 'taken-over.txt';
/** Written by versions before replication protocol 1. */
const OLD_TAKEN_FILE = 'taken-over.json';
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
          saveLabel: (label) => writeDurably(path, [JSON.stringify(label), '\n']),
          saveTaken: (pages) => writeDurably(taken, linesOf(pages)),
          taken: async (from, count) =>
            (await linesAt(taken, from, count)) ??
            ((await readJson<readonly string[]>(join(folder, OLD_TAKEN_FILE))) ?? []).slice(
              from,
              from + count,
            ),
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

async function* linesOf(pages: AsyncIterable<readonly string[]>): AsyncGenerator<string, void> {
  for await (const page of pages) if (page.length > 0) yield `${page.join('\n')}\n`;
}

/** The lines from number `from` on; undefined when there is no such file. */
async function linesAt(path: string, from: number, count: number): Promise<readonly string[] | undefined> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  const lines: string[] = [];
  let number = 0;
  try {
    for await (const line of file.readLines({ autoClose: false })) {
      if (number++ < from) continue;
      lines.push(line);
      if (lines.length === count) break;
    }
    return lines;
  } finally {
    await file.close();
  }
}
