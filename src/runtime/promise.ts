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
 * P3. A frame is in its instance's list of frames from its first suspension to its end.
 * P4. Everything that a pending promise refers to is data: frames, reactions, other promises. No JavaScript closures.
 *
 * The file is longer than most: the class body is the only place from which its private fields can be reached.
 */
import { types } from 'node:util';
import { SUSPENDED } from '../frame-abi.ts';
import type { FunctionRecord } from './function-record.ts';
import { type Job, type Owner, requireOwner } from './owner.ts';
import { describe } from './describe.ts';

export const PENDING = 0;
export const FULFILLED = 1;
export const REJECTED = 2;

/** What happens when a promise settles, as data. */
export interface Reaction {
  /** Queues or does what is to be done; called once. */
  trigger(owner: Owner, value: unknown, rejected: boolean): void;
}

export type Waiting = DurablePromise | Reaction;

export type ThenFunction = (onFulfilled: unknown, onRejected: unknown) => unknown;

export interface FrameState {
  readonly fn: FunctionRecord;
  readonly at: number;
  readonly slots: readonly unknown[];
  readonly awaiting: DurablePromise | null;
}

const INTERNAL = Symbol('internal');
const nativeThen = globalThis.Promise.prototype.then;

/** Makers that live in files that need this one; set when those are loaded. */
export const makers: {
  resolvingFunctions: (promise: DurablePromise) => {
    resolve: (value?: unknown) => void;
    reject: (reason?: unknown) => void;
  };
  thenableJob: (promise: DurablePromise, thenable: object, then: ThenFunction) => Job;
} = { resolvingFunctions: undefined!, thenableJob: undefined! };

/** Checks of data from a snapshot; each throws a SnapshotError for a value that cannot be right. */
export interface PromiseCheck {
  flags(value: unknown): number;
  reactions(value: unknown): Waiting | Waiting[];
  promise(value: unknown): DurablePromise;
  fn(id: unknown, at: unknown, slots: number): FunctionRecord;
}

/** A pending promise. */
export let makePromise: (owner: Owner) => DurablePromise;
export let isDurablePromise: (value: unknown) => value is DurablePromise;
export let stateOf: (promise: DurablePromise) => number;
export let valueOf: (promise: DurablePromise) => unknown;
export let ownerOf: (promise: DurablePromise) => Owner;
export let isHandled: (promise: DurablePromise) => boolean;
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
/** A frame as a job: goes on after a wait. */
export let runFrame: (frame: DurablePromise) => void;
/** PerformPromiseThen with a reaction that is data. */
export let react: (promise: DurablePromise, reaction: Reaction) => void;
/** FulfillPromise and RejectPromise. */
export let settle: (promise: DurablePromise, value: unknown, rejected: boolean) => void;
/** Data of a promise for snapshots: flags, then what they say is there. */
export let readPromise: (promise: DurablePromise) => unknown[];
export let writePromise: (promise: DurablePromise, fields: readonly unknown[], check: PromiseCheck) => void;
/** Undefined for a promise that is no suspended frame. */
export let frameState: (promise: DurablePromise) => FrameState | undefined;
export let reactionsOf: (promise: DurablePromise) => readonly Waiting[];
export let nextFrame: (frame: DurablePromise) => DurablePromise | null;
let unlink: (frame: DurablePromise) => void;

export class DurablePromise {
  static {
    // The name that the author sees. (A class expression of this name would leave the type anonymous, which declarations cannot tell.)
    Object.defineProperty(this, 'name', { value: 'Promise', configurable: true });
  }

  #state = PENDING;
  #handled = false;
  /** The wait that is over was for a rejected promise. */
  #failed = false;
  #at = 0;
  #value: unknown = undefined;
  #reactions: Waiting | Waiting[] | null = null;
  #owner: Owner;
  #fn: FunctionRecord | null = null;
  #slots: readonly unknown[] | null = null;
  #got: unknown = undefined;
  #awaiting: DurablePromise | null = null;
  /** Neighbours in the owner's list of frames. */
  #previous: DurablePromise | null = null;
  #next: DurablePromise | null = null;

  constructor(executor: unknown, owner?: Owner) {
    if (executor === INTERNAL) {
      this.#owner = owner!;
      return;
    }
    if (typeof executor !== 'function')
      throw new TypeError(`Promise resolver ${describe(executor)} is not a function`);
    this.#owner = requireOwner();
    const { resolve, reject } = makers.resolvingFunctions(this);
    try {
      executor(resolve, reject);
    } catch (error) {
      reject(error);
    }
  }

  static {
    makePromise = (owner) => new this(INTERNAL, owner);

    isDurablePromise = (value): value is DurablePromise =>
      typeof value === 'object' && value !== null && #state in value;

    stateOf = (promise) => promise.#state;
    valueOf = (promise) => promise.#value;
    ownerOf = (promise) => promise.#owner;
    isHandled = (promise) => promise.#handled;

    start = (fn, slots, owner) => {
      const frame = new this(INTERNAL, owner);
      frame.#fn = fn;
      frame.#resume(fn, slots, 0);
      return frame;
    };

    awaitValue = (frame, value, at, slots) => {
      if (frame.#at === 0) link(frame);
      frame.#at = at;
      frame.#slots = slots;
      if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
        // Not a thenable: the wait is over in the next job.
        frame.#got = value;
        frame.#owner.jobs.push(frame);
        return SUSPENDED;
      }
      let promise: DurablePromise;
      try {
        promise = promiseFor(value, frame.#owner);
      } catch (error) {
        frame.#got = error;
        frame.#failed = true;
        frame.#owner.jobs.push(frame);
        return SUSPENDED;
      }
      if (promise.#state === PENDING) {
        frame.#awaiting = promise;
        promise.#add(frame);
      } else {
        frame.#got = promise.#value;
        frame.#failed = promise.#state === REJECTED;
        if (frame.#failed && !promise.#handled) promise.#owner.handled(promise);
        frame.#owner.jobs.push(frame);
      }
      promise.#handled = true;
      return SUSPENDED;
    };

    take = (frame) => {
      const got = frame.#got;
      frame.#got = undefined;
      if (!frame.#failed) return got;
      frame.#failed = false;
      throw got;
    };

    runFrame = (frame) => {
      frame.#awaiting = null;
      const slots = frame.#slots!;
      frame.#slots = null;
      frame.#resume(frame.#fn!, slots, frame.#at);
    };

    react = (promise, reaction) => {
      if (promise.#state === PENDING) promise.#add(reaction);
      else {
        if (promise.#state === REJECTED && !promise.#handled) promise.#owner.handled(promise);
        reaction.trigger(promise.#owner, promise.#value, promise.#state === REJECTED);
      }
      promise.#handled = true;
    };

    settle = (promise, value, rejected) => {
      if (promise.#state !== PENDING) return;
      const reactions = promise.#reactions;
      promise.#state = rejected ? REJECTED : FULFILLED;
      promise.#value = value;
      promise.#reactions = null;
      if (rejected && !promise.#handled) promise.#owner.unhandled(promise);
      if (reactions === null) return;
      if (Array.isArray(reactions))
        for (const waiting of reactions) wake(promise.#owner, waiting, value, rejected);
      else wake(promise.#owner, reactions, value, rejected);
    };

    const wake = (owner: Owner, waiting: Waiting, value: unknown, rejected: boolean): void => {
      if (#state in waiting) {
        waiting.#got = value;
        waiting.#failed = rejected;
        waiting.#owner.jobs.push(waiting);
      } else waiting.trigger(owner, value, rejected);
    };

    readPromise = (promise) => {
      const isFrame = promise.#fn !== null;
      const hasGot = isFrame && promise.#got !== undefined;
      const flags =
        promise.#state +
        (promise.#handled ? 4 : 0) +
        (promise.#failed ? 8 : 0) +
        (isFrame ? 16 : 0) +
        (promise.#reactions === null ? 0 : 32) +
        (hasGot ? 64 : 0) +
        (promise.#awaiting === null ? 0 : 128);
      const own = ownProperties(promise);
      const fields: unknown[] = [own ? flags + 256 : flags];
      if (own) fields.push(own);
      if (promise.#state !== PENDING) fields.push(promise.#value);
      if (promise.#reactions !== null) fields.push(promise.#reactions);
      if (hasGot) fields.push(promise.#got);
      if (promise.#awaiting !== null) fields.push(promise.#awaiting);
      if (isFrame) fields.push(promise.#fn!.id, promise.#at, ...(promise.#slots ?? []));
      return fields;
    };

    writePromise = (promise, fields, check) => {
      const flags = check.flags(fields[0]);
      let index = 1;
      if (flags & 256) Object.assign(promise, fields[index++]);
      promise.#state = flags & 3;
      promise.#handled = (flags & 4) !== 0;
      promise.#failed = (flags & 8) !== 0;
      if (promise.#state !== PENDING) promise.#value = fields[index++];
      if (flags & 32) promise.#reactions = check.reactions(fields[index++]);
      if (flags & 64) promise.#got = fields[index++];
      if (flags & 128) promise.#awaiting = check.promise(fields[index++]);
      if ((flags & 16) === 0) return;
      const slots = fields.slice(index + 2);
      promise.#fn = check.fn(fields[index], fields[index + 1], slots.length);
      promise.#at = fields[index + 1] as number;
      promise.#slots = slots;
      link(promise);
    };

    frameState = (promise) =>
      promise.#fn === null
        ? undefined
        : { fn: promise.#fn, at: promise.#at, slots: promise.#slots ?? [], awaiting: promise.#awaiting };

    reactionsOf = (promise) => {
      const reactions = promise.#reactions;
      return reactions === null ? [] : Array.isArray(reactions) ? reactions : [reactions];
    };

    const link = (frame: DurablePromise): void => {
      const { frames } = frame.#owner;
      frame.#previous = frames.last;
      if (frames.last) frames.last.#next = frame;
      else frames.first = frame;
      frames.last = frame;
    };

    unlink = (frame) => {
      const { frames } = frame.#owner;
      if (frame.#previous) frame.#previous.#next = frame.#next;
      else frames.first = frame.#next;
      if (frame.#next) frame.#next.#previous = frame.#previous;
      else frames.last = frame.#previous;
      frame.#previous = null;
      frame.#next = null;
    };

    nextFrame = (frame) => frame.#next;
  }

  #resume(fn: FunctionRecord, slots: readonly unknown[], at: number): void {
    let result: unknown;
    try {
      result = fn.resume!(this, slots, at);
    } catch (error) {
      this.#leave();
      settle(this, error, true);
      return;
    }
    if (result === SUSPENDED) return;
    this.#leave();
    resolve(this, result);
  }

  /** The function has ended: the frame is an ordinary promise from now on. */
  #leave(): void {
    if (this.#at !== 0) unlink(this);
    this.#fn = null;
  }

  #add(waiting: Waiting): void {
    const reactions = this.#reactions;
    if (reactions === null) this.#reactions = waiting;
    else if (Array.isArray(reactions)) reactions.push(waiting);
    else this.#reactions = [reactions, waiting];
  }
}

/** Properties that an author put on a promise. */
function ownProperties(promise: object): object | undefined {
  for (const _ in promise) return { ...promise };
  return undefined;
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
  else if (then === nativeThen && types.isPromise(resolution))
    ownerOf(promise).followNative(promise, resolution);
  else ownerOf(promise).jobs.push(makers.thenableJob(promise, resolution, then as ThenFunction));
}

/** PromiseResolve(%Promise%, value). */
export function promiseFor(value: unknown, owner: Owner): DurablePromise {
  if (isDurablePromise(value) && value.constructor === DurablePromise) return value;
  const promise = makePromise(owner);
  resolve(promise, value);
  return promise;
}
