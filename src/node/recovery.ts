/**
 * Owns: the restoring of the unfinished instances of the store after a start. Invariants:
 *
 * 1. Every unfinished instance is restored, oldest first, or reported; none stops the others.
 * 2. At most a page of snapshots is in memory, and the event loop gets its turn every few milliseconds.
 * 3. An instance that runs already (it was started or retried since) is left alone.
 */
import type { CheckpointStore, StoredInstance } from '../store/checkpoint-store.ts';
import type { CodeLibrary, LoadedCode } from './code-library.ts';
import type { LiveInstances } from './live-instance.ts';
import type { NodeEnvironment } from './environment.ts';
import { codeOf, describeError, NodeError, NodeErrorCode } from './node-error.ts';
import { encodeOutcome } from './kept-outcome.ts';
import { encodeError } from './replies.ts';
import type { StatisticsBook } from './statistics.ts';

/** An instance that could not be restored. */
export interface Quarantined {
  readonly id: string;
  readonly script: string;
  readonly code: string;
  readonly message: string;
  /** ms since the epoch */
  readonly at: number;
}

export interface RecoveryInit {
  readonly store: CheckpointStore;
  readonly code: CodeLibrary;
  readonly live: LiveInstances;
  readonly statistics: StatisticsBook;
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly defer: (action: () => void) => void;
  /** Makes a live instance of it and lets it go on; throws when its snapshot cannot be decoded. Takes one use of the code. */
  readonly restore: (stored: StoredInstance, snapshot: Uint8Array, code: LoadedCode) => void;
  /** A sound copy of a damaged instance, if there is one elsewhere; it is in the store then. */
  readonly repair?: ((id: string) => Promise<StoredInstance | undefined>) | undefined;
  readonly quarantined: (entry: Quarantined, error: NodeError) => void;
  readonly reportError: (error: unknown) => void;
}

/** Work between two turns of the event loop. */
const SLICE_MS = 5;
const BEGIN_LIMIT_MS = 100;
/** So many quarantined instances are listed in memory; all are counted, and in the store. */
const MOST_LISTED = 1000;

export class Recovery {
  readonly #init: RecoveryInit;
  readonly quarantine: Quarantined[] = [];
  readonly #begun = Promise.withResolvers<void>();
  #isDone = false;
  #isStopped = false;

  constructor(init: RecoveryInit) {
    this.#init = init;
  }

  /** Every unfinished instance has been looked at. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /**
   * Resolves when the oldest instances, a page of them, have been restored: whoever has waited already should not wait for the scripts
   * to be compiled too. A slow store is not waited for.
   */
  async begun({ setTimer, clearTimer }: Pick<NodeEnvironment, 'setTimer' | 'clearTimer'>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimer(resolve, BEGIN_LIMIT_MS);
    await Promise.race([this.#begun.promise, promise]);
    clearTimer(timer);
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Restores all. Rejects only when the store cannot be read. */
  async run(): Promise<void> {
    const pages = this.#init.store.unfinished()[Symbol.asyncIterator]();
    let sliceEnd = this.#init.monotonic() + SLICE_MS;
    let coming = pages.next();
    try {
      for (;;) {
        const { value: page, done } = await coming;
        if (done === true) break;
        // The store reads the next page while this one is being restored.
        coming = pages.next();
        coming.catch(() => {});
        for (const stored of page) {
          if (this.#isStopped) return;
          // Nearly always at once, because its code is there; a promise for each of a hundred thousand would be felt.
          if (!this.#restoreNow(stored)) await this.restoreOne(stored);
          if (this.#init.monotonic() < sliceEnd) continue;
          await new Promise<void>((resolve) => this.#init.defer(resolve));
          sliceEnd = this.#init.monotonic() + SLICE_MS;
        }
        this.#begun.resolve();
      }
    } finally {
      this.#begun.resolve();
      await coming.catch(() => {});
      await pages.return?.();
    }
    this.#isDone = true;
  }

  /** Restores one unfinished instance; false when it was quarantined. */
  async restoreOne(stored: StoredInstance): Promise<boolean> {
    const { live, code, statistics } = this.#init;
    if (live.has(stored.id)) return true;
    const { snapshot } = stored;
    if (stored.damaged !== undefined || snapshot === undefined) {
      const repaired = await this.#repair(stored.id);
      if (repaired?.status === 'running' && repaired.snapshot) return this.restoreOne(repaired);
      await this.#setAside(stored, damaged(stored, stored.damaged ?? 'it has no snapshot'), true);
      return false;
    }
    let loaded: LoadedCode;
    try {
      loaded = await code.takeStored(stored.codeHash);
    } catch (error) {
      // It stays as it is: what is missing may be there at the next start.
      await this.#setAside(stored, asNodeError(error, NodeErrorCode.codeNotLoadable, stored), false);
      return false;
    }
    try {
      if (live.has(stored.id) || this.#isStopped) return true;
      this.#init.restore(stored, snapshot, loaded);
      statistics.recovered++;
      return true;
    } catch (error) {
      await this.#setAside(stored, damaged(stored, describeError(error), error), true);
      return false;
    } finally {
      code.release(loaded);
    }
  }

  /** The same when nothing has to be waited for; false when something has, or it did not work. */
  #restoreNow(stored: StoredInstance): boolean {
    const { live, code, statistics } = this.#init;
    const { snapshot } = stored;
    const loaded = code.loaded(stored.codeHash);
    if (loaded === undefined || snapshot === undefined || live.has(stored.id)) return false;
    try {
      this.#init.restore(stored, snapshot, loaded);
    } catch {
      return false;
    }
    statistics.recovered++;
    return true;
  }

  async #repair(id: string): Promise<StoredInstance | undefined> {
    try {
      return await this.#init.repair?.(id);
    } catch (error) {
      this.#init.reportError(error);
      return undefined;
    }
  }

  /** Keeps the instance out of the way. @param mark as failed in the store, with its checkpoint kept */
  async #setAside(stored: StoredInstance, error: NodeError, mark: boolean): Promise<void> {
    const { store, statistics, now } = this.#init;
    statistics.quarantined++;
    const { id, script, requestId, codeHash, sequence, createdAt } = stored;
    const entry: Quarantined = { id, script, code: error.code, message: error.message, at: now() };
    if (this.quarantine.length < MOST_LISTED) this.quarantine.push(entry);
    if (mark) {
      const outcome = encodeOutcome(encodeError(error.code, error.message), []);
      try {
        await store.fail({ id, script, requestId, codeHash, sequence, createdAt, at: now(), outcome });
      } catch (cause) {
        this.#init.reportError(cause);
      }
    }
    this.#init.quarantined(entry, error);
  }
}

function damaged(stored: StoredInstance, what: string, cause?: unknown): NodeError {
  const about = cause === undefined ? what : `${what} (${codeOf(cause, 'no code')})`;
  return new NodeError(
    NodeErrorCode.checkpointDamaged,
    `Checkpoint ${stored.sequence} of instance ${stored.id} ("${stored.script}") cannot be restored: ${about}`,
    {
      ...(cause === undefined ? {} : { cause }),
      fix: 'The instance is listed as failed and its checkpoint is kept: retry it after the cause is gone, or purge it.',
    },
  );
}

function asNodeError(error: unknown, code: NodeErrorCode, stored: StoredInstance): NodeError {
  if (error instanceof NodeError) return error;
  return new NodeError(code, `Instance ${stored.id} of "${stored.script}": ${describeError(error)}`, {
    cause: error,
  });
}
