/**
 * The word in the engine that a node is alone: what it acknowledges is on its own disk only, so that nobody may take over its
 * instances from older copies. Owns: the engine's entry of this node while it holds its lease. Invariants:
 *
 * 1. `set` resolves only when the engine has confirmed the mark, and no write is on its way that could remove it. A peer that
 *    claims the instances afterwards has read the mark, or its claim fails; one that has claimed them before makes `set` wait for ever.
 * 2. Each write expects the revision that was read or written last. One whose answer was lost is never believed: only a write
 *    that came after it and was confirmed makes it certain that the other one fails, or was done before.
 * 3. Between a read and the write that follows the lease was valid. So an earlier life of the node that wakes up late cannot have read
 *    what its successor has written, and changes nothing.
 * 4. Goals are reached one after the other, in the order in which they were asked for.
 */
import type { LeaseStore } from '../../transport/lease-store.ts';
import type { NodeEnvironment } from '../environment.ts';

export interface AloneMarkInit {
  readonly leases: LeaseStore;
  /** Whose instances it is about. */
  readonly name: string;
  /** The fencing token of this life; undefined once its lease is over. */
  readonly token: () => number | undefined;
  readonly environment: Pick<NodeEnvironment, 'now' | 'setTimer'>;
  /** The entry says that the instances are no longer this life's. */
  readonly lost: (reason: string) => void;
  readonly reportError: (error: unknown) => void;
}

export class AloneMark {
  readonly #init: AloneMarkInit;
  /** Of the entry; undefined while a write is on its way, and after one that was not confirmed. */
  #revision: number | undefined;
  /** The entry is not older than that. */
  #lastRevision = 0;
  /** Since when the node is alone, ms since the epoch. */
  #since = 0;
  /** What was asked for last. */
  #goal = true;
  #reached: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(init: AloneMarkInit) {
    this.#init = init;
  }

  /** The node has begun its life with the mark set, at this revision. */
  begin(since: number, revision: number): void {
    this.#since = since;
    this.#revision = revision;
    this.#lastRevision = revision;
  }

  /** Resolves when the node may acknowledge alone: never if its lease is over or its instances are not its own any more. */
  set(): Promise<void> {
    if (!this.#goal) this.#since = this.#init.environment.now();
    return this.#become(true);
  }

  /** Resolves when the mark is gone. Only for a node whose peer has everything that it acknowledges. */
  clear(): Promise<void> {
    return this.#become(false);
  }

  close(): void {
    this.#isClosed = true;
  }

  #become(goal: boolean): Promise<void> {
    if (this.#goal !== goal) {
      this.#goal = goal;
      const since = this.#since;
      this.#reached = this.#reached.then(() => this.#write(goal ? since : undefined));
    }
    return this.#reached;
  }

  async #write(since: number | undefined): Promise<void> {
    const { leases, name, token, environment, reportError } = this.#init;
    for (;;) {
      try {
        const revision = this.#revision ?? (await this.#read());
        const mine = token();
        // Whoever waits now waits for ever: the process ends.
        if (mine === undefined || this.#isClosed) return await new Promise<never>(() => {});
        if (revision !== undefined) {
          this.#revision = undefined;
          const alone = since === undefined ? undefined : { token: mine, since };
          this.#revision = await leases.claim(name, { takenOver: undefined, alone }, revision);
        }
        if (this.#revision !== undefined) {
          this.#lastRevision = this.#revision;
          return;
        }
      } catch (error) {
        reportError(error);
      }
      await new Promise<void>((resolve) => void environment.setTimer(resolve, leases.ttlMs / PAUSES));
    }
  }

  /** Undefined when the server that has answered is behind, or the instances are not this life's any more. */
  async #read(): Promise<number | undefined> {
    const { leases, name, token, lost } = this.#init;
    const { takenOver, alone, revision } = await leases.ownership(name);
    const mine = token();
    if (this.#isClosed || mine === undefined || revision < this.#lastRevision) return undefined;
    const other = takenOver ?? (alone !== undefined && alone.token > mine ? 'a later life of it' : undefined);
    if (other === undefined) return revision;
    this.#isClosed = true;
    lost(`${other} has its instances`);
    return undefined;
  }
}

/** Attempts within the life of a lease, when the engine does not answer or is behind. */
const PAUSES = 50;
