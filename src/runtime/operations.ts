/**
 * Durable operations: what an instance waits for, as data. A snapshot holds them all; after a restore they are begun again.
 *
 * Invariant O1: the number of an operation never changes and is never given twice in an instance, so that what is sent
 * under it can be recognised by its receiver.
 */
import type { OperationRequest } from './host.ts';
import type { DurablePromise } from './promise.ts';

/** Waits for the outside world through the host: a call, a sleep, a message. */
export class HostOperation {
  number = 0;
  request: OperationRequest | undefined = undefined;
  promise: DurablePromise | undefined = undefined;
}

/** In `TimerOperation.due`: the time has come, and the callback waits for its turn. */
export const FIRED = -1;

/** `setTimeout`, `setInterval`, `setImmediate`. */
export class TimerOperation {
  number = 0;
  callback: Function | undefined = undefined;
  args: readonly unknown[] = [];
  /** Milliseconds since the epoch, or FIRED. */
  due = 0;
  /** Milliseconds between two runs of an interval; -1 for a timer that runs once. */
  interval = -1;
}

/** A checkpoint that is being made. */
export class CheckpointOperation {
  number = 0;
  commit: Function | undefined = undefined;
  recover: Function | undefined = undefined;
  promise: DurablePromise | undefined = undefined;
}

export type Operation = HostOperation | TimerOperation | CheckpointOperation;

/** What `setTimeout` returns. */
export class TimerHandle {
  readonly number: number;
  #referenced = true;

  constructor(number: number) {
    this.number = number;
  }

  ref(): this {
    this.#referenced = true;
    return this;
  }

  unref(): this {
    this.#referenced = false;
    return this;
  }

  hasRef(): boolean {
    return this.#referenced;
  }

  [Symbol.toPrimitive](): number {
    return this.number;
  }

  [Symbol.dispose](): void {
    disposeTimer(this.number);
  }
}

/** Set by timers.ts. */
let disposeTimer: (number: number) => void = () => {};
export function useTimerDisposal(dispose: (number: number) => void): void {
  disposeTimer = dispose;
}
