import { resolve } from 'node:path';
import type { CheckpointStore } from '../checkpoint-store.ts';
import type { StoreError } from '../store-error.ts';
import type { EngineLink, EngineLinkEvents } from './engine-link.ts';
import type { EngineOptions } from './engine-messages.ts';
import { SqliteStore, type SqliteStoreStats } from './sqlite-store.ts';
import { WorkerLink } from './worker-link.ts';

export type { SqliteStoreStats } from './sqlite-store.ts';

export interface SqliteStoreOptions {
  /** Folder of the store's files; made if it is not there. One process at a time. On a local disk: network file systems lie about locks and fsync. */
  readonly directory: string;
  /**
   * `worker` (default): commits run in a thread of their own and never stop the event loop. `main`: in this thread, which saves
   * two hops per group, but every commit stops the loop for the time of an fsync.
   */
  readonly thread?: 'worker' | 'main' | undefined;
  /** Hears once that the store died; the process should end and start again. */
  readonly onFatal?: ((error: StoreError) => void) | undefined;
  /** Pages of 4 KB after which the write-ahead log is copied into the database. Default 2000. */
  readonly walPages?: number | undefined;
  /** Memory for pages. Default 16 MB. */
  readonly cacheMegabytes?: number | undefined;
  /** Largest database in pages of 4 KB; beyond it writes reject as on a full disk. Default: what the disk holds. */
  readonly maxPages?: number | undefined;
  /** So many results have their keys in memory (about 0.2 KB each) before these are written to disk. Default 32768. */
  readonly recentResults?: number | undefined;
  /** For tests of what happens when the disk fails: this commit (1 is the first) fails like a failed fsync. */
  readonly failCommit?: { readonly number: number; readonly when: 'before' | 'after' } | undefined;
}

export interface SqliteCheckpointStore extends CheckpointStore {
  stats(): Promise<SqliteStoreStats>;
}

/**
 * Opens, or makes, the embedded store in a folder.
 *
 * @throws StoreError WM5002 if another process (it is named) or this one holds the folder, WM5003 if the files are damaged,
 * WM5004 if a newer version wrote them, WM5005 if they are somebody else's, WM5009 if they cannot be opened.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteCheckpointStore> {
  const directory = resolve(options.directory);
  const engineOptions: EngineOptions = {
    directory,
    walPages: options.walPages ?? 2000,
    cacheMegabytes: options.cacheMegabytes ?? 16,
    maxPages: options.maxPages,
    recentResults: options.recentResults ?? 32_768,
    failCommit: options.failCommit,
  };
  const store = new SqliteStore(directory, options.onFatal);
  store.attach(
    options.thread === 'main'
      ? await openInThisThread(engineOptions, store)
      : await WorkerLink.open(engineOptions, store),
  );
  return store;
}

/** The engine is not loaded here when it runs in a thread of its own. */
async function openInThisThread(options: EngineOptions, events: EngineLinkEvents): Promise<EngineLink> {
  const { MainThreadLink } = await import('./main-thread-link.ts');
  return new MainThreadLink(options, events);
}
