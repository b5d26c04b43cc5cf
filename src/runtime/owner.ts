/**
 * To whom promises and jobs belong: an instance, as the promise machinery sees it.
 *
 * Owns: who runs now. Invariant W1: `current` is set exactly while code of that owner is on the stack, or native code that it called;
 * a callback that native code calls later finds its owner through the async context in which it was handed over.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
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
  /** Jobs were queued by other code than a job of this owner: run them when that code is over. */
  wake(): void;
  /**
   * `promise` settles as `other` does, which is a native promise or one of another owner: a wait that no snapshot can hold.
   */
  follow(promise: DurablePromise, other: PromiseLike<unknown> | DurablePromise): void;
}

/** Goes with every native callback that is registered while an owner runs; emptied when the owner is over. */
export interface OwnerContext {
  owner: Owner | undefined;
}

const contexts = new AsyncLocalStorage<OwnerContext>();
let current: Owner | undefined;

/** Runs `body` so that callbacks that it hands to native code belong to the owner of `context`. */
export function runInContext(context: OwnerContext, body: () => void): void {
  contexts.run(context, body);
}

/** Whose code a callback is that native code calls while nobody runs. */
export function ownerOutside(): Owner | undefined {
  return contexts.getStore()?.owner;
}

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
  const owner = current ?? ownerOutside();
  if (owner === undefined) {
    throw new RuntimeError(
      RuntimeCode.noInstance,
      'A function of a durable module was called while no instance was running.',
      {
        fix: 'Call it from the default export of the script, not while the module is loaded and not after the instance has ended.',
      },
    );
  }
  return owner;
}
