import type { StoreReader } from '../server/admin-client.ts';
import { withStoppedFolder } from './open-data-folder.ts';

/** What is done to instances: by the process that runs them, or to a data folder that no process holds. */
export interface InstanceActions extends StoreReader {
  /** Goes on now, or with the next start. */
  readonly isRunning: boolean;
  /** A failed instance goes on from its last checkpoint. False if it did not. */
  retry(id: string): Promise<boolean>;
  /** Removes every trace. False if it is unknown. */
  purge(id: string): Promise<boolean>;
}

/** @throws CliError WM8006 (exit code 3) if there is no such folder, WM8007 (exit code 4) if a process holds it that does not answer. */
export async function withInstances<T>(
  folder: string,
  use: (instances: InstanceActions) => Promise<T>,
): Promise<T> {
  const { AdminClient } = await import('../server/admin-client.ts');
  const client = await AdminClient.connect(folder);
  if (client !== undefined) {
    return use({
      isRunning: true,
      load: (id) => client.load(id),
      list: (filter) => client.list(filter),
      loadCode: (hash) => client.loadCode(hash),
      retry: (id) => client.retry(id),
      purge: (id) => client.purge(id),
    });
  }
  return withStoppedFolder(folder, (store) =>
    use({
      isRunning: false,
      load: (id) => store.load(id),
      list: (filter) => store.list(filter),
      loadCode: (hash) => store.loadCode(hash),
      retry: (id) => store.retry(id, Date.now()),
      purge: async (id) => {
        const isPurged = await store.purge(id);
        await store.dropUnusedCode(new Set());
        return isPurged;
      },
    }),
  );
}
