import type { CheckpointStore, StoredInstance } from '../store/checkpoint-store.ts';

/**
 * The same store, which names only one instance as unfinished: `waymark run` resumes its own script's instance and
 * leaves those of other scripts in the folder alone. Without an id it names none.
 */
export function storeWithOnly(store: CheckpointStore, id: string | undefined): CheckpointStore {
  async function* unfinished(): AsyncGenerator<readonly StoredInstance[]> {
    const stored = id === undefined ? undefined : await store.load(id);
    if (stored?.status === 'running') yield [stored];
  }
  return {
    save: (write) => store.save(write),
    complete: (write) => store.complete(write),
    fail: (write) => store.fail(write),
    retry: (wanted, at) => store.retry(wanted, at),
    changeCode: (change) => store.changeCode(change),
    purge: (wanted) => store.purge(wanted),
    load: (wanted) => store.load(wanted),
    findRequest: (script, requestId) => store.findRequest(script, requestId),
    lacksRequest: (script, requestId) => store.lacksRequest(script, requestId),
    unfinished,
    page: (after, limit) => store.page(after, limit),
    list: (filter) => store.list(filter),
    // Replies that another process owes are sent by the one that serves the folder.
    recentlyEnded: () => Promise.resolve([]),
    expireResults: (before) => store.expireResults(before),
    saveCode: (hash, bundle) => store.saveCode(hash, bundle),
    loadCode: (hash) => store.loadCode(hash),
    usedCode: () => store.usedCode(),
    dropUnusedCode: (keep) => store.dropUnusedCode(keep),
    close: () => store.close(),
  };
}
