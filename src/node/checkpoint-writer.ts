/**
 * Owns: checkpoints on their way into the store. Invariants:
 *
 * 1. The code of an instance is durable before its first checkpoint.
 * 2. A checkpoint counts as made only when the store has said so.
 * 3. A refusal that may pass is tried again a few times; what the store says to be wrong with the checkpoint itself is not.
 * 4. Once the store is dead nothing resolves or rejects any more: the process has to start again, and no script may take
 *    the death for a refusal that it can act upon.
 */
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import { StoreError, StoreErrorCode } from '../store/store-error.ts';
import type { CodeLibrary } from './code-library.ts';
import type { LiveInstance } from './live-instance.ts';
import type { StatisticsBook } from './statistics.ts';
import type { TimerQueue } from './timer-queue.ts';

export interface CheckpointWriterInit {
  readonly store: CheckpointStore;
  readonly code: CodeLibrary;
  readonly timers: TimerQueue;
  readonly statistics: StatisticsBook;
  readonly now: () => number;
  readonly monotonic: () => number;
  /** Called after each durable checkpoint; true: the instance has to stay where it is, because the node stops. */
  readonly checkpointMade: (live: LiveInstance) => boolean;
  /** The store is dead. Called at each failure, possibly often. */
  readonly storeDied: (error: StoreError) => void;
}

const RETRY_PAUSES_MS = [50, 250] as const;

export class CheckpointWriter {
  readonly #init: CheckpointWriterInit;
  #underWay = 0;

  constructor(init: CheckpointWriterInit) {
    this.#init = init;
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** Resolves when checkpoint `sequence` of the instance is durable, unless the instance has to stay there. */
  write(live: LiveInstance, sequence: number, snapshot: Uint8Array): Promise<void> {
    const start = this.#init.monotonic();
    this.#underWay++;
    if (sequence > live.lastSaved) live.lastSaved = sequence;
    // Nearly every checkpoint needs one promise for the write, and one for what comes after it.
    const save = live.code.isSaved
      ? this.#save(live, sequence, snapshot)
      : this.#saveWithCode(live, sequence, snapshot);
    return save.then(
      () => this.#made(live, snapshot, start),
      (error: unknown) => this.#writeAgain(live, sequence, snapshot, start, error),
    );
  }

  async #writeAgain(
    live: LiveInstance,
    sequence: number,
    snapshot: Uint8Array,
    start: number,
    first: unknown,
  ): Promise<void> {
    try {
      await this.again(() => this.#saveWithCode(live, sequence, snapshot), first);
    } catch (error) {
      this.#underWay--;
      this.#init.statistics.checkpointFailures++;
      throw error;
    }
    await this.#made(live, snapshot, start);
  }

  async #saveWithCode(live: LiveInstance, sequence: number, snapshot: Uint8Array): Promise<void> {
    if (!live.code.isSaved) await this.#init.code.save(live.code);
    await this.#save(live, sequence, snapshot);
  }

  #made(live: LiveInstance, snapshot: Uint8Array, start: number): Promise<never> | undefined {
    const { statistics, monotonic, checkpointMade } = this.#init;
    this.#underWay--;
    live.checkpointMade();
    statistics.checkpoints++;
    statistics.checkpointBytes += snapshot.length;
    statistics.checkpointLatency.record(monotonic() - start);
    return checkpointMade(live) ? never() : undefined;
  }

  /** Runs a write of the store with the retries of a checkpoint. Never settles when the store is dead. */
  durably<T>(write: () => Promise<T>): Promise<T> {
    return write().catch((error: unknown) => this.again(write, error));
  }

  /** Repeats a write of the store that has failed as `first` says. Rejects when it is given up; never settles when the store is dead. */
  async again<T>(write: () => Promise<T>, first: unknown): Promise<T> {
    let failure = first;
    for (let attempt = 0; ; attempt++) {
      if (failure instanceof StoreError && failure.fatal) {
        this.#init.storeDied(failure);
        return await never();
      }
      const pause = RETRY_PAUSES_MS[attempt];
      if (pause === undefined || isPermanent(failure)) throw failure;
      await this.pause(pause);
      try {
        return await write();
      } catch (error) {
        failure = error;
      }
    }
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#init.timers.add(this.#init.now() + ms, resolve));
  }

  #save(live: LiveInstance, sequence: number, snapshot: Uint8Array): Promise<void> {
    return this.#init.store.save({
      id: live.id,
      script: live.script,
      requestId: live.requestId,
      codeHash: live.code.hash,
      sequence,
      createdAt: live.createdAt,
      at: this.#init.now(),
      snapshot,
    });
  }
}

/** For what does not come in this process. */
export function never(): Promise<never> {
  return new Promise(() => {});
}

function isPermanent(error: unknown): boolean {
  return (
    error instanceof StoreError &&
    (error.code === StoreErrorCode.invalidWrite || error.code === StoreErrorCode.closed)
  );
}
