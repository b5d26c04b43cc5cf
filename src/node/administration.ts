/** What operators do to instances of a running node. Every action waits until recovery no longer works on what it has read. */
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import type { InstanceTable } from './instance-table.ts';
import type { Recovery } from './recovery.ts';

export interface AdministrationInit {
  readonly store: CheckpointStore;
  readonly table: InstanceTable;
  readonly recovery: Recovery;
  readonly now: () => number;
  /** Resolves when recovery is over, however it ended. */
  readonly recovered: () => Promise<void>;
}

export class Administration {
  readonly #init: AdministrationInit;

  constructor(init: AdministrationInit) {
    this.#init = init;
  }

  /** A failed instance goes on from its last checkpoint. False if it is not failed or has no checkpoint. */
  async retry(id: string): Promise<boolean> {
    const { store, recovery, recovered, now } = this.#init;
    await recovered();
    if (!(await store.retry(id, now()))) return false;
    const stored = await store.load(id);
    return stored?.status === 'running' && (await recovery.restoreOne(stored));
  }

  /** Stops the instance if it runs, and removes every trace of it. False if it is unknown. */
  async purge(id: string): Promise<boolean> {
    const { store, table, recovered } = this.#init;
    await recovered();
    const live = table.live.get(id);
    if (live !== undefined) {
      live.stop();
      table.remove(live);
    }
    return (await store.purge(id)) || live !== undefined;
  }
}
