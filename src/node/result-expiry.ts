/** Removes kept results when their time is over. One sweep at a time; a failed one is reported and done again at the next. */
import type { CheckpointStore } from '../store/checkpoint-store.ts';
import type { TimerEntry, TimerQueue } from './timer-queue.ts';

export interface ResultExpiryInit {
  readonly store: CheckpointStore;
  readonly timers: TimerQueue;
  /** How long a result is kept, ms. */
  readonly ttlMs: number;
  readonly now: () => number;
  readonly reportError: (error: unknown) => void;
}

const LONGEST_PERIOD_MS = 60_000;
const SHORTEST_PERIOD_MS = 10;

export class ResultExpiry {
  readonly #init: ResultExpiryInit;
  #timer: TimerEntry | undefined;
  #isClosed = false;

  constructor(init: ResultExpiryInit) {
    this.#init = init;
  }

  open(): void {
    if (this.#isClosed) return;
    const { timers, now, ttlMs } = this.#init;
    const period = Math.min(Math.max(ttlMs / 4, SHORTEST_PERIOD_MS), LONGEST_PERIOD_MS);
    this.#timer = timers.add(now() + period, () => this.#sweep());
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== undefined) this.#init.timers.cancel(this.#timer);
  }

  #sweep(): void {
    const { store, now, ttlMs, reportError } = this.#init;
    store
      .expireResults(now() - ttlMs)
      .catch(reportError)
      .finally(() => this.open());
  }
}
