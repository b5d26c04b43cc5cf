/** To whom promises and jobs belong: an instance, as the promise machinery sees it. */
import type { JobQueue } from './job-queue.ts';
import type { DurablePromise } from './promise.ts';
import { RuntimeCode, RuntimeError } from './runtime-error.ts';

/** Something to run when its turn comes. Its data is captured while it waits. */
export interface Job {
  run(): void;
}

export interface Owner {
  /** Frames that go on, and other jobs. */
  readonly jobs: JobQueue<Job | DurablePromise>;
  /** Suspended frames that wait for a promise that is no frame, in the order in which they began to. */
  readonly waiting: Set<DurablePromise>;
  /** A promise was rejected and nobody has asked for it yet. */
  unhandled(promise: DurablePromise): void;
  /** Somebody asks for it after all. */
  handled(promise: DurablePromise): void;
  /** Jobs were queued from outside: run them soon. */
  wake(): void;
  /** `promise` settles as the native promise does: a wait that no snapshot can hold. */
  followNative(promise: DurablePromise, native: PromiseLike<unknown>): void;
}

let current: Owner | undefined;

export function currentOwner(): Owner | undefined {
  return current;
}

/** Makes `owner` the current one; returns the one before, to be put back. */
export function enterOwner(owner: Owner | undefined): Owner | undefined {
  const before = current;
  current = owner;
  return before;
}

/** @throws RuntimeError WM3001 outside of any instance. */
export function requireOwner(): Owner {
  if (current === undefined) {
    throw new RuntimeError(
      RuntimeCode.noInstance,
      'A function of a durable module was called while no instance was running.',
      {
        fix: 'Native code kept a callback of a script and called it later. Await a promise around it instead, so that the instance is running when it is called.',
      },
    );
  }
  return current;
}
