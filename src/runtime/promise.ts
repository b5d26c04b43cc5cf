/**
 * HOT PATH. The promise of durable modules (ECMA-262 section 27.2) and the frames of async functions.
 *
 * A frame IS the promise that the async call returned: one object with the promise's state and, while the function is
 * suspended, its position and live variables. Jobs are these objects themselves, so that an await allocates nothing but
 * the array of live variables.
 *
 * Owns: promise states, reactions, frames. Invariants:
 * P1. A promise leaves PENDING once. Its reactions are queued at that moment, in the order in which they were added.
 * P2. Code of the author runs only from a job of its instance, never from inside a native callback.
 * P3. Every suspended frame is in the job queue, or among those who wait for another suspended frame, or in its owner's
 *     `waiting` because it waits for a promise that is no frame. So all of them can be found, and a call costs no list.
 * P4. Everything that a pending promise refers to is data: frames, reactions, other promises. No JavaScript closures.
 *
 * The file is longer than most: the class body is the only place from which its private fields can be reached.
 */
import { types } from 'node:util';
import { SUSPENDED } from '../frame-abi.ts';
import type { FunctionRecord } from './function-record.ts';
import { type Job, type Owner, requireOwner, type WaitingFrames } from './owner.ts';
import { describe } from './describe.ts';
import type {
  Executor,
  FrameState,
  PromiseParts,
  Reaction,
  ThenFunction,
  Waiting,
} from './promise-fields.ts';
import { executorTakes, TAKES_NOTHING } from './executor.ts';
import {
  AWAITING,
  FAILED,
  GIVEN,
  HANDLED,
  LISTED,
  LOGGED,
  NEVER,
  PENDING,
  REJECTED,
  FULFILLED,
  STATE,
  WATCHED,
} from './promise-flags.ts';

export { FULFILLED, PENDING, REJECTED };
export type { FrameState, Reaction, ThenFunction, Waiting };

const INTERNAL = Symbol('internal');
const nativeThen: unknown = Reflect.get(globalThis.Promise.prototype, 'then');

/** Makers that live in files that need this one; set when those are loaded. */
export const makers: {
  execute: (promise: DurablePromise, executor: Executor, takes: number) => void;
  thenableJob: (promise: DurablePromise, thenable: object, then: ThenFunction) => Job;
} = { execute: undefined!, thenableJob: undefined! };

/** A pending promise. */
export let makePromise: (owner: Owner) => DurablePromise;
export let isDurablePromise: (value: unknown) => value is DurablePromise;
export let stateOf: (promise: DurablePromise) => number;
export let valueOf: (promise: DurablePromise) => unknown;
export let ownerOf: (promise: DurablePromise) => Owner;
export let isHandled: (promise: DurablePromise) => boolean;
/** True if nobody can ever settle it. */
export let isNever: (promise: DurablePromise) => boolean;
export let markNever: (promise: DurablePromise) => void;
/** Its resolving functions were given to the script or to native code. */
export let markGiven: (promise: DurablePromise) => void;
/** Calls an async function: runs its frame to the first suspension or its end. */
export let start: (fn: FunctionRecord, slots: readonly unknown[], owner: Owner) => DurablePromise;
/** ECMA-262 Await: `frame` goes on at point `at` when `value` has settled. */
export let awaitValue: (
  frame: DurablePromise,
  value: unknown,
  at: number,
  slots: readonly unknown[],
) => typeof SUSPENDED;
/** The value of the wait that is over; throws its reason. */
export let take: (frame: DurablePromise) => unknown;
/** Runs a job: most often a frame, which goes on after a wait. */
export let runJob: (job: DurablePromise | Job) => void;
/** A frame stands still without waiting, as a generator at a `yield`; `fn` null: it has ended. */
export let park: (frame: DurablePromise, fn: FunctionRecord | null, at: number, slots: any) => void;
export let waiterOf: (promise: DurablePromise) => unknown;
/** PromiseResolve(%Promise%, value). */
export let promiseFor: (value: unknown, owner: Owner) => DurablePromise;
/** Undefined if `value` is no promise. */
export let ownerIn: (value: any) => Owner | undefined;
/** PerformPromiseThen with a reaction that is data. */
export let react: (promise: DurablePromise, reaction: Reaction) => void;
/** FulfillPromise and RejectPromise. */
export let settle: (promise: DurablePromise, value: unknown, rejected: boolean) => void;
/** Everything that a promise is, for snapshots. */
export let partsOf: (promise: DurablePromise) => PromiseParts;
export let setParts: (promise: DurablePromise, parts: PromiseParts) => void;
/** Undefined for a promise that is no suspended frame. */
export let frameState: (promise: DurablePromise) => FrameState | undefined;
/** Who waits for a pending promise. */
export let reactionsOf: (promise: DurablePromise) => readonly Waiting[];
/** After a restore: puts a frame back into its owner's `waiting`. False if it does not belong there. */
export let listFrame: (frame: DurablePromise) => boolean;
/** Forgets the frames that no longer wait. */
export let tidyWaiting: (waiting: WaitingFrames) => void;

let listWaiting: (ended: DurablePromise) => void;

export class DurablePromise {
  static {
    // The name that the author sees. (A class expression of this name would leave the type anonymous, which declarations cannot tell.)
    Object.defineProperty(this, 'name', { value: 'Promise', configurable: true });
  }

  #flags = PENDING;
  #at = 0;
  /** While pending: who waits for it. Then its value or reason. */
  #value: unknown = null;
  #owner: Owner;
  #fn: FunctionRecord | null = null;
  #slots: readonly unknown[] | null = null;
  /** What the wait gave; the awaited promise while AWAITING. */
  #got: unknown = undefined;

  constructor(executor: unknown, owner?: Owner) {
    if (executor === INTERNAL) {
      this.#owner = owner!;
      return;
    }
    if (typeof executor !== 'function')
      throw new TypeError(`Promise resolver ${describe(executor)} is not a function`);
    this.#owner = requireOwner();
    const takes = executorTakes(executor);
    this.#flags = takes === TAKES_NOTHING ? NEVER : GIVEN;
    makers.execute(this, executor as Executor, takes);
  }

  static {
    makePromise = (owner) => new this(INTERNAL, owner);

    isDurablePromise = (value): value is DurablePromise =>
      typeof value === 'object' && value !== null && #flags in value;

    // Both look at the private fields themselves: what other callers of isDurablePromise ask about would make them slow.
    promiseFor = (value, owner) => {
      const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
      if (isObject && #flags in value && value.#owner === owner && value.constructor === this) return value;
      const promise = new this(INTERNAL, owner);
      resolve(promise, value);
      return promise;
    };
    ownerIn = (value) => {
      try {
        return (value as DurablePromise).#owner;
      } catch {
        return undefined;
      }
    };
    stateOf = (promise) => promise.#flags & STATE;
    valueOf = (promise) => ((promise.#flags & STATE) === PENDING ? undefined : promise.#value);
    ownerOf = (promise) => promise.#owner;
    isHandled = (promise) => (promise.#flags & HANDLED) !== 0;

    isNever = (promise) => (promise.#flags & NEVER) !== 0;
    markNever = (promise) => void (promise.#flags |= NEVER);
    markGiven = (promise) => {
      promise.#flags |= GIVEN;
      if (reactionsOf(promise).some((waiting) => !(#flags in waiting))) watch(promise);
    };

    start = (fn, slots, owner) => {
      const frame = new this(INTERNAL, owner);
      frame.#fn = fn;
      // As #resume; V8 makes better code of two places than of one that is used for both.
      let result: unknown;
      try {
        const resume = fn.resume!;
        result = resume(frame, slots, 0);
      } catch (error) {
        frame.#leave();
        settle(frame, error, true);
        return frame;
      }
      if (result === SUSPENDED) return frame;
      frame.#leave();
      resolve(frame, result);
      return frame;
    };

    awaitValue = (frame, value, at, slots) => {
      frame.#at = at;
      frame.#slots = slots;
      if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
        // Not a thenable: the wait is over in the next job.
        frame.#got = value;
        frame.#owner.jobs.push(frame);
        return SUSPENDED;
      }
      const promise = awaited(value, frame.#owner);
      const flags = promise.#flags;
      promise.#flags = flags | HANDLED;
      if ((flags & STATE) === PENDING) {
        frame.#got = promise;
        frame.#flags |= AWAITING;
        if (promise.#fn === null) list(frame);
        promise.#add(frame);
        return SUSPENDED;
      }
      frame.#got = promise.#value;
      if ((flags & STATE) === REJECTED) {
        frame.#flags |= FAILED;
        if ((flags & HANDLED) === 0) promise.#owner.handled(promise);
      }
      frame.#owner.jobs.push(frame);
      return SUSPENDED;
    };

    take = (frame) => {
      const got = frame.#got;
      frame.#got = undefined;
      if ((frame.#flags & FAILED) === 0) return got;
      frame.#flags &= ~FAILED;
      throw got;
    };

    runJob = (job) => {
      if (#flags in job) job.#resume(job.#fn!, job.#slots!, job.#at);
      else job.run();
    };

    park = (frame, fn, at, slots) => void ((frame.#fn = fn), (frame.#at = at), (frame.#slots = slots));
    waiterOf = (promise) => promise.#value;
    react = (promise, reaction) => {
      const flags = promise.#flags;
      promise.#flags = flags | HANDLED;
      if ((flags & STATE) === PENDING) {
        promise.#add(reaction);
        if ((flags & GIVEN) !== 0) watch(promise);
        return;
      }
      const rejected = (flags & STATE) === REJECTED;
      if (rejected && (flags & HANDLED) === 0) promise.#owner.handled(promise);
      reaction.trigger(promise.#owner, promise.#value, rejected);
    };

    settle = (promise, value, rejected) => {
      const flags = promise.#flags;
      if ((flags & STATE) !== PENDING) return;
      const waiting = promise.#value as Waiting | Waiting[] | null;
      promise.#flags = flags | (rejected ? REJECTED : FULFILLED);
      promise.#value = value;
      if (rejected && (flags & HANDLED) === 0) promise.#owner.unhandled(promise);
      if (waiting === null) return;
      if (Array.isArray(waiting)) for (const each of waiting) wake(promise.#owner, each, value, rejected);
      else wake(promise.#owner, waiting, value, rejected);
    };

    const wake = (owner: Owner, waiting: Waiting, value: unknown, rejected: boolean): void => {
      if (!(#flags in waiting)) {
        waiting.trigger(owner, value, rejected);
        return;
      }
      const flags = waiting.#flags;
      waiting.#got = value;
      waiting.#flags = (flags & ~(AWAITING | LISTED)) | (rejected ? FAILED : 0);
      waiting.#owner.jobs.push(waiting);
    };

    const watch = (promise: DurablePromise): void => {
      if ((promise.#flags & WATCHED) !== 0) return;
      promise.#flags |= WATCHED;
      promise.#owner.watch(promise);
    };

    const list = (frame: DurablePromise): void => {
      const flags = frame.#flags;
      frame.#flags = flags | LISTED | LOGGED;
      if ((flags & LOGGED) !== 0) return;
      const { waiting } = frame.#owner;
      if (waiting.frames.length === 0) waiting.frames = [frame];
      else if (waiting.frames.push(frame) > waiting.limit) tidyWaiting(waiting);
    };

    tidyWaiting = (waiting) => {
      waiting.frames = waiting.frames.filter((frame) => {
        if ((frame.#flags & LISTED) !== 0) return true;
        frame.#flags &= ~LOGGED;
        return false;
      });
      waiting.limit = Math.max(8, waiting.frames.length * 2);
    };

    // The frame returned a promise: those who wait for it wait for something that is no frame from now on.
    listWaiting = (ended) => {
      for (const waiting of reactionsOf(ended)) if (#flags in waiting) list(waiting);
    };

    partsOf = (promise) => ({
      flags: promise.#flags,
      at: promise.#at,
      value: promise.#value,
      fn: promise.#fn,
      slots: promise.#slots,
      got: promise.#got,
    });

    setParts = (promise, parts) => {
      promise.#flags = parts.flags;
      promise.#at = parts.at;
      promise.#value = parts.value;
      promise.#fn = parts.fn;
      promise.#slots = parts.slots;
      promise.#got = parts.got;
    };

    listFrame = (frame) => {
      if ((frame.#flags & AWAITING) === 0 || (frame.#got as DurablePromise).#fn !== null) return false;
      list(frame);
      return true;
    };

    frameState = (promise) =>
      promise.#fn === null
        ? undefined
        : {
            fn: promise.#fn,
            at: promise.#at,
            slots: promise.#slots ?? [],
            awaiting: (promise.#flags & AWAITING) === 0 ? null : (promise.#got as DurablePromise),
          };

    reactionsOf = (promise) => {
      if ((promise.#flags & STATE) !== PENDING || promise.#value === null) return [];
      const waiting = promise.#value as Waiting | Waiting[];
      return Array.isArray(waiting) ? waiting : [waiting];
    };
  }

  #resume(fn: FunctionRecord, slots: readonly unknown[], at: number): void {
    let result: unknown;
    try {
      // Not called as a method, so that the author's name stands in the stack trace.
      const resumeAt = fn.resume!;
      result = resumeAt(this, slots, at);
    } catch (error) {
      this.#leave();
      settle(this, error, true);
      return;
    }
    if (result === SUSPENDED) return;
    this.#leave();
    resolve(this, result);
    if ((this.#flags & STATE) === PENDING) listWaiting(this);
  }

  /** The function has ended: the frame is an ordinary promise from now on. */
  #leave(): void {
    this.#fn = null;
    this.#slots = null;
  }

  #add(waiting: Waiting): void {
    const before = this.#value as Waiting | Waiting[] | null;
    if (before === null) this.#value = waiting;
    else if (Array.isArray(before)) before.push(waiting);
    else this.#value = [before, waiting];
  }
}

/** The promise resolve function of ECMA-262 27.2.1.3.2, from step 7 on. */
export function resolve(promise: DurablePromise, resolution: unknown): void {
  if (resolution === null || (typeof resolution !== 'object' && typeof resolution !== 'function')) {
    settle(promise, resolution, false);
    return;
  }
  if (resolution === promise) {
    settle(promise, new TypeError('Chaining cycle detected for promise #<Promise>'), true);
    return;
  }
  let then: unknown;
  try {
    then = (resolution as { then?: unknown }).then;
  } catch (error) {
    settle(promise, error, true);
    return;
  }
  if (typeof then !== 'function') settle(promise, resolution, false);
  else if (then === nativeThen && types.isPromise(resolution)) ownerOf(promise).follow(promise, resolution);
  else ownerOf(promise).jobs.push(makers.thenableJob(promise, resolution, then as ThenFunction));
}

/** `promiseFor`, with a rejected promise for what that throws. */
function awaited(value: unknown, owner: Owner): DurablePromise {
  try {
    return promiseFor(value, owner);
  } catch (error) {
    const promise = makePromise(owner);
    settle(promise, error, true);
    return promise;
  }
}
