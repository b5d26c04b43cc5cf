/**
 * Owns: the waiting before a stop. Invariants:
 *
 * 1. Once stopping, an instance that has made a checkpoint stays exactly there: what comes after it is done by the next life.
 * 2. An instance is waited for while its end or its next checkpoint may come within the limit; one that only sleeps
 *    beyond the limit is not, and neither is one that has a checkpoint and hangs in a call: the next life makes the call again.
 */
import type { LiveInstance, LiveInstances } from './live-instance.ts';

export interface GracefulStopInit {
  readonly live: LiveInstances;
  readonly now: () => number;
  readonly setTimer: (action: () => void, ms: number) => unknown;
  readonly clearTimer: (handle: unknown) => void;
  /** Requests that may still become instances. */
  readonly requestsWaiting: () => number;
}

/** What became of the instances that were in flight. */
export interface StopReport {
  /** Ended while they were waited for, those started meanwhile included. */
  readonly ended: number;
  /** Stay at a checkpoint; nothing will be repeated. */
  readonly atCheckpoint: number;
  /** Have a checkpoint, and have gone on since: that part will be repeated. */
  readonly beyondCheckpoint: number;
  /** Had no checkpoint: their requesters get no answer and ask again. */
  readonly withoutCheckpoint: number;
}

const POLL_MS = 20;
/** A call that has had no answer for so long is not waited for. */
const PATIENCE_MS = 1_000;

export class GracefulStop {
  readonly #init: GracefulStopInit;
  #isStopping = false;
  #deadline = Infinity;
  #ended = 0;
  #atCheckpoint = 0;

  constructor(init: GracefulStopInit) {
    this.#init = init;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** From now on instances stay at their next checkpoint. */
  begin(limitMs: number): void {
    this.#isStopping = true;
    this.#deadline = this.#init.now() + limitMs;
  }

  /** True when the instance has to stay there. */
  checkpointMade(live: LiveInstance): boolean {
    if (!this.#isStopping) return false;
    if (!live.isStopped) {
      this.#atCheckpoint++;
      live.stop();
    }
    return true;
  }

  instanceEnded(): void {
    if (this.#isStopping) this.#ended++;
  }

  /** Resolves when there is nobody left to wait for, or the limit is over; stops those that are left. */
  async settle(): Promise<StopReport> {
    while (this.#someBusy() && this.#init.now() < this.#deadline) {
      await new Promise<void>((resolve) => this.#init.setTimer(resolve, POLL_MS));
    }
    let beyondCheckpoint = 0;
    let withoutCheckpoint = 0;
    for (const live of this.#init.live.values()) {
      if (live.isStopped) continue;
      if (live.isDurable) beyondCheckpoint++;
      else withoutCheckpoint++;
      live.stop();
    }
    return { ended: this.#ended, atCheckpoint: this.#atCheckpoint, beyondCheckpoint, withoutCheckpoint };
  }

  #someBusy(): boolean {
    if (this.#init.requestsWaiting() > 0) return true;
    for (const live of this.#init.live.values()) {
      if (!live.isStopped && (live.isEnding || !this.#waitsForLong(live))) return true;
    }
    return false;
  }

  /** Nothing but durable operations that take long: neither an end nor a checkpoint is to be expected. */
  #waitsForLong(live: LiveInstance): boolean {
    if (live.operations.size === 0) return false;
    const patience = this.#init.now() - PATIENCE_MS;
    for (const { timer, since } of live.operations.values()) {
      const isLong = timer === undefined ? live.isDurable && since <= patience : timer.at > this.#deadline;
      if (!isLong) return false;
    }
    return true;
  }
}
