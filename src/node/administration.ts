/** What operators do to instances of a running node. Every action waits until recovery no longer works on what it has read. */
import type { Bundle } from '../bundle.ts';
import type { Host } from '../runtime/host.ts';
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import type { CodeLibrary, LoadedCode } from './code-library.ts';
import { CodeMoves, type MoveRequest, type MoveResult } from './code-moves.ts';
import type { InstanceTable } from './instance-table.ts';
import type { Recovery } from './recovery.ts';
import type { TimerQueue } from './timer-queue.ts';

export interface AdministrationInit {
  readonly store: CheckpointStore;
  readonly table: InstanceTable;
  readonly recovery: Recovery;
  /** What moving instances to other code needs. */
  readonly moving: {
    readonly code: CodeLibrary;
    readonly timers: TimerQueue;
    readonly host: Host;
    readonly recompile: ((bundle: Bundle) => Promise<Bundle>) | undefined;
  };
  /** Newest code of a served script. */
  readonly newest: (script: string) => LoadedCode | undefined;
  readonly now: () => number;
  /** Resolves when recovery is over, however it ended. */
  readonly recovered: () => Promise<void>;
}

const NO_BYTES = new Uint8Array(0);

export class Administration {
  readonly #init: AdministrationInit;
  readonly #moves: CodeMoves;
  #isClosed = false;

  constructor(init: AdministrationInit) {
    const { store, newest, table, now } = init;
    const { code, timers, host, recompile } = init.moving;
    this.#init = init;
    this.#moves = new CodeMoves({
      store,
      code,
      newest,
      recompile,
      live: table.live,
      replace: (stopped, stored, snapshot, loaded) => {
        for (const { timer } of stopped.operations.values()) if (timer !== undefined) timers.cancel(timer);
        if (!this.#isClosed) table.replace(stopped, stored, snapshot, loaded, host)?.instance.resume();
      },
      pause: (ms) => new Promise((resolve) => void timers.add(now() + ms, resolve)),
    });
  }

  /** The node stops: an instance that is being moved stays at its checkpoint. */
  close(): void {
    this.#isClosed = true;
  }

  /** Moves instances of served scripts to the newest code, or says why not. */
  async move(request: MoveRequest = {}): Promise<readonly MoveResult[]> {
    await this.#init.recovered();
    return this.#moves.move(request);
  }

  /** A failed instance goes on from its last checkpoint. False if it is not failed, has no checkpoint, or cannot be restored. */
  async retry(id: string): Promise<boolean> {
    const { store, recovery, recovered, now } = this.#init;
    await recovered();
    const before = await store.load(id);
    if (!(await store.retry(id, now()))) return false;
    const stored = await store.load(id);
    if (stored?.status !== 'running') return false;
    if (await recovery.restoreOne(stored)) return true;
    // Its code is missing, perhaps: it is as failed as it was, and can be retried again.
    const { outcome = NO_BYTES } = before ?? {};
    if ((await store.load(id))?.status === 'running') await store.fail({ ...stored, at: now(), outcome });
    return false;
  }

  /** Stops the instance if it runs, and removes every trace of it. False if it is unknown. */
  async purge(id: string): Promise<boolean> {
    const { store, table, recovered, moving } = this.#init;
    await recovered();
    const live = table.live.get(id);
    if (live !== undefined) {
      live.stop();
      table.remove(live);
    }
    const isPurged = await store.purge(id);
    // It may have been the last of its version.
    moving.code.dropUnused();
    return isPurged || live !== undefined;
  }
}
