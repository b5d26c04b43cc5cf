import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreReader } from '../server/admin-client.ts';
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import type { SqliteCheckpointStore } from '../store/sqlite/open-sqlite-store.ts';
import { CliError } from './cli-error.ts';
import { EXIT } from './exit-codes.ts';

/**
 * Runs `use` with what can be read of a data folder: of its store, or through the process that holds it.
 *
 * @throws CliError WM8006 (exit code 3) if there is no such folder, WM8007 (exit code 4) if a process holds it that does not answer.
 */
export async function withDataFolder<T>(folder: string, use: (store: StoreReader) => Promise<T>): Promise<T> {
  const { AdminClient } = await import('../server/admin-client.ts');
  const client = await AdminClient.connect(folder);
  return client === undefined ? withStoppedFolder(folder, use) : use(client);
}

/**
 * Runs `use` with the store of an existing data folder, and closes it again.
 *
 * @throws CliError WM8006 (exit code 3) if there is no such folder, WM8007 (exit code 4) if a running process holds it.
 */
export async function withStoppedFolder<T>(
  folder: string,
  use: (store: CheckpointStore) => Promise<T>,
): Promise<T> {
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new CliError('WM8006', `There is no data folder ${folder}`, {
      exitCode: EXIT.notFound,
      fix: 'Name it with --data <folder>, or set WAYMARK_DATA.',
    });
  }
  const store = await openStore(folder, 'main');
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/**
 * Opens the store of a data folder, which is made if it is not there.
 *
 * @throws CliError WM8007 (exit code 4) if a running process holds it
 */
export async function openStore(
  folder: string,
  thread: 'worker' | 'main' = 'worker',
): Promise<SqliteCheckpointStore> {
  const { openSqliteStore } = await import('../store/sqlite/open-sqlite-store.ts');
  return openSqliteStore({ directory: folder, thread }).catch((error: unknown) => {
    throw inUse(error, folder) ?? error;
  });
}

const LOOK_EVERY_MS = 10;
/** Between attempts on a folder whose holder cannot be seen from here. */
const TRY_EVERY_MS = 250;

/**
 * The same once no other process holds the folder; tells `waiting` when it has to wait. Undefined if `signal` is aborted before.
 * The wait costs a small read every few milliseconds.
 */
export async function openStoreWhenFree(
  folder: string,
  signal: AbortSignal,
  waiting: () => void,
): Promise<SqliteCheckpointStore | undefined> {
  const { seemsHeld } = await import('../store/sqlite/folder-holder.ts');
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    if (!seemsHeld(folder)) {
      try {
        return await openStore(folder);
      } catch (error) {
        if (!(error instanceof CliError) || error.code !== 'WM8007') throw error;
        if (!isFirst) await sleep(TRY_EVERY_MS);
      }
    }
    if (isFirst) waiting();
    await sleep(LOOK_EVERY_MS);
  }
  return undefined;
}

const STORE_IN_USE = 'WM5002';

function inUse(error: unknown, folder: string): CliError | undefined {
  if ((error as { code?: unknown }).code !== STORE_IN_USE) return undefined;
  return new CliError('WM8007', `The data folder ${folder} is held by a running process`, {
    exitCode: EXIT.conflict,
    fix: 'Stop that process first (its instances go on when it starts again), or look at a copy of the folder.',
    cause: error,
  });
}
