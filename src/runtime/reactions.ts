/**
 * What waits for a promise besides frames, as data: the callbacks of `then`, and promises that follow another one
 * (ECMA-262 27.2.1, PromiseReaction records and jobs). A reaction becomes its own job when it is triggered.
 */
import { OwnFunction } from './own-functions.ts';
import { type Made, stampFrom, type StampSource } from './stamp.ts';
import { currentOwner, type Job, type Owner } from './owner.ts';
import { TAKES_NOTHING, TAKES_RESOLVE } from './executor.ts';
import type { Executor } from './promise-fields.ts';
import {
  type DurablePromise,
  isDurablePromise,
  makers,
  markGiven,
  ownerOf,
  type Reaction,
  resolve,
  settle,
  type ThenFunction,
} from './promise.ts';

/** PromiseCapability record of a constructor that is not %Promise% itself. */
export class Capability {
  promise: unknown = undefined;
  resolve: unknown = undefined;
  reject: unknown = undefined;
}

export type Settles = DurablePromise | Capability;

export function resolveCapability(capability: Settles, value: unknown): void {
  if (!(capability instanceof Capability)) resolve(capability, value);
  else Reflect.apply(capability.resolve as Function, undefined, [value]);
}

export function rejectCapability(capability: Settles, reason: unknown): void {
  if (!(capability instanceof Capability)) settle(capability, reason, true);
  else Reflect.apply(capability.reject as Function, undefined, [reason]);
}

/** Callbacks of one `then`. Handlers that are no functions are undefined: the outcome passes through. */
export class ThenReaction implements Reaction, Job {
  capability: Settles;
  onFulfilled: unknown;
  onRejected: unknown;
  value: unknown = undefined;
  rejected = false;

  constructor(capability: Settles, onFulfilled: unknown, onRejected: unknown) {
    this.capability = capability;
    this.onFulfilled = onFulfilled;
    this.onRejected = onRejected;
  }

  trigger(owner: Owner, value: unknown, rejected: boolean): void {
    this.value = value;
    this.rejected = rejected;
    owner.jobs.push(this);
  }

  run(): void {
    const handler = this.rejected ? this.onRejected : this.onFulfilled;
    if (handler === undefined) {
      if (this.rejected) rejectCapability(this.capability, this.value);
      else resolveCapability(this.capability, this.value);
      return;
    }
    let result: unknown;
    try {
      // No receiver: what is called is no member.
      const callback = handler as (value: unknown) => unknown;
      result = callback(this.value);
    } catch (error) {
      rejectCapability(this.capability, error);
      return;
    }
    resolveCapability(this.capability, result);
  }
}

/**
 * Callbacks that native code gave while it was nobody's turn: it awaits a promise of the script. They belong to no snapshot, as the native code
 * does not; where code of the script waits for that native code, the wait for it is found.
 */
export class NativeReaction extends ThenReaction {
  readonly isForeign = true;
}

/** Shared by the two resolving functions of a promise (ECMA-262 27.2.1.3: alreadyResolved). Only `done` is saved. */
export class Once implements StampSource {
  done = false;
  promise: DurablePromise | undefined = undefined;
  resolve: object | undefined = undefined;

  madeOf(fn: object): Made {
    return { owner: fn === this.resolve ? resolveFunction : rejectFunction, cells: [this.promise, this] };
  }
}

function settleOnce(once: Once, value: unknown, rejected: boolean): void {
  if (once.done) return;
  once.done = true;
  settleFrom(once.promise!, value, rejected);
}

/** Settles a promise in a job of its instance, when a resolving function is called from outside. */
export class SettleJob implements Job {
  promise: DurablePromise;
  value: unknown;
  rejected: boolean;

  constructor(promise: DurablePromise, value: unknown, rejected: boolean) {
    this.promise = promise;
    this.value = value;
    this.rejected = rejected;
  }

  run(): void {
    if (this.rejected) settle(this.promise, this.value, true);
    else resolve(this.promise, this.value);
  }
}

/** Settles `promise` in a job of its instance. */
export function settleLater(promise: DurablePromise, value: unknown, rejected: boolean): void {
  const owner = ownerOf(promise);
  owner.jobs.push(new SettleJob(promise, value, rejected));
  owner.wake();
}

/** A promise of another instance settles likewise. It belongs to no snapshot: the other one's could not have been taken. */
export class ForeignReaction implements Reaction {
  readonly isForeign = true;
  readonly follower: DurablePromise;

  constructor(follower: DurablePromise) {
    this.follower = follower;
  }

  trigger(_owner: Owner, value: unknown, rejected: boolean): void {
    settleLater(this.follower, value, rejected);
  }
}

/** Settles now if the promise's instance is running, else in a job of it. */
export function settleFrom(promise: DurablePromise, value: unknown, rejected: boolean): void {
  if (currentOwner() !== ownerOf(promise)) settleLater(promise, value, rejected);
  else if (rejected) settle(promise, value, true);
  else resolve(promise, value);
}

const isPromiseAndOnce = (cells: readonly unknown[]): boolean =>
  cells.length === 2 && isDurablePromise(cells[0]) && cells[1] instanceof Once;

export const resolveFunction = new OwnFunction<[DurablePromise, Once]>(
  1,
  (promise, once) => (value: unknown) => {
    if (once.done) return;
    once.done = true;
    settleFrom(promise, value, false);
  },
  isPromiseAndOnce,
);

export const rejectFunction = new OwnFunction<[DurablePromise, Once]>(
  2,
  (promise, once) => (reason: unknown) => {
    if (once.done) return;
    once.done = true;
    settleFrom(promise, reason, true);
  },
  isPromiseAndOnce,
);

// They have no names.
const resolving =
  (once: Once) =>
  (value: unknown): void =>
    settleOnce(once, value, false);
const rejecting =
  (once: Once) =>
  (reason: unknown): void =>
    settleOnce(once, reason, true);

/** CreateResolvingFunctions. */
export function resolvingFunctions(
  promise: DurablePromise,
  once = new Once(),
): {
  resolve: (value?: unknown) => void;
  reject: (reason?: unknown) => void;
} {
  once.promise = promise;
  const resolveIt = resolving(once);
  const rejectIt = rejecting(once);
  once.resolve = resolveIt;
  stampFrom(resolveIt, once);
  stampFrom(rejectIt, once);
  return { resolve: resolveIt, reject: rejectIt };
}

/** `new Promise(executor)`, with the functions that the executor can see (executor.ts). */
function execute(promise: DurablePromise, executor: Executor, takes: number): void {
  const once = new Once();
  once.promise = promise;
  try {
    if (takes === TAKES_RESOLVE) {
      const resolveIt = resolving(once);
      once.resolve = resolveIt;
      stampFrom(resolveIt, once);
      executor(resolveIt);
    } else if (takes === TAKES_NOTHING) executor();
    else {
      const { resolve: resolveIt, reject: rejectIt } = resolvingFunctions(promise, once);
      executor(resolveIt, rejectIt);
    }
  } catch (error) {
    settleOnce(once, error, true);
  }
}

/** Set by promise-methods.ts. */
let isBuiltInThen: (then: unknown) => boolean = () => false;
export function useBuiltInThen(test: (then: unknown) => boolean): void {
  isBuiltInThen = test;
}

/** NewPromiseResolveThenableJob. */
export class ThenableJob implements Job {
  promise: DurablePromise;
  thenable: object;
  thenFunction: ThenFunction;

  constructor(promise: DurablePromise, thenable: object, then: ThenFunction) {
    this.promise = promise;
    this.thenable = thenable;
    this.thenFunction = then;
  }

  run(): void {
    const functions = resolvingFunctions(this.promise);
    if (!isBuiltInThen(this.thenFunction)) markGiven(this.promise);
    try {
      Reflect.apply(this.thenFunction, this.thenable, [functions.resolve, functions.reject]);
    } catch (error) {
      functions.reject(error);
    }
  }
}

/** `queueMicrotask(callback)`. */
export class CallbackJob implements Job {
  callback: Function;
  args: readonly unknown[];

  constructor(callback: Function, args: readonly unknown[]) {
    this.callback = callback;
    this.args = args;
  }

  run(): void {
    Reflect.apply(this.callback, undefined, this.args);
  }
}

makers.execute = execute;
makers.thenableJob = (promise, thenable, then) => new ThenableJob(promise, thenable, then);
