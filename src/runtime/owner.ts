/**
 * To whom promises and jobs belong: an instance, as the promise machinery sees it.
 *
 * Owns: whose turn it is. Invariants:
 * W1. `turn.of` is set exactly while code of that owner is on the stack, or native code that it called.
 * W2. A closure knows the context in which it was made (`$of` in compiled code) and enters it when it is called in another turn or in none. A
 *     function of the module level has none: it runs for whoever calls it, and when nobody runs, for the owner in whose
 *     async context it was handed over.
 * W3. A context whose owner is gone never stands for another one, except for the owner that took its place.
 */
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import type { JobQueue } from './job-queue.ts';
import type { DurablePromise } from './promise.ts';
import { RuntimeCode, RuntimeError } from './runtime-error.ts';

/** Something to run when its turn comes. Its data is captured while it waits. */
export interface Job {
  run(): void;
}

/**
 * Suspended frames that wait for a promise that is no frame. To leave it costs nothing: frames that no longer wait are
 * dropped when there are too many of them.
 */
export interface WaitingFrames {
  /** Begun anew for the first one: a list that is pushed to takes room for 17, and most instances have one waiting frame. */
  frames: DurablePromise[];
  /** So many before it is tidied. */
  limit: number;
}

export interface Owner {
  readonly context: OwnerContext;
  /** Frames that go on, and other jobs. */
  readonly jobs: JobQueue<Job | DurablePromise>;
  readonly waiting: WaitingFrames;
  /** Native code may be the only one who can settle the promise, and code of the owner goes on when it does. */
  watch(promise: DurablePromise): void;
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

/** Stands for an owner in closures and in native callbacks; emptied when the owner is over. */
export interface OwnerContext {
  /** Id of the instance, for messages. */
  readonly id: string;
  owner: Owner | undefined;
  /** Index of its scope, if that is kept. */
  readonly seat: number;
}

/** An async context in which the storage has an owner's context, to be entered again and again. */
interface Scope {
  readonly context: OwnerContext;
  readonly resource: AsyncResource;
}

/** So many of those that were entered last are kept: to make one takes longer than to enter it, and a million instances may sleep. */
const KEPT_SCOPES = 4096;
const scopes: (Scope | undefined)[] = [];
/** Nobody's async context: what other code keeps in its own for a request or a trace does not stay with an instance that it wakes. */
const outside = new AsyncResource('Waymark', { requireManualDestroy: true });
let nextSeat = 0;

/** Gives each context a place among the kept scopes, which it shares with those that are made long before and after it. */
export function contextFor(id: string, owner: Owner): OwnerContext {
  nextSeat = (nextSeat + 1) % KEPT_SCOPES;
  return { id, owner, seat: nextSeat };
}

/** Compiled code reads it too. */
export const turn: { of: OwnerContext | undefined } = { of: undefined };

const contexts = new AsyncLocalStorage<OwnerContext>();

/**
 * Runs `body` so that callbacks that it hands to native code belong to the owner of `context`.
 *
 * @param keeps false for what is entered in great numbers and then waits: scopes of those would only push others out
 */
export function runInContext(context: OwnerContext, body: () => void, keeps = true): void {
  if (contexts.getStore() === context) {
    body();
    return;
  }
  let scope = scopes[context.seat];
  if (scope?.context !== context) {
    scope = makeScope(context);
    if (keeps) scopes[context.seat] = scope;
  }
  scope.resource.runInAsyncScope(body);
}

/** The owner is over: code that still holds its context is refused. */
export function forgetOwner(context: OwnerContext): void {
  context.owner = undefined;
  if (scopes[context.seat]?.context === context) scopes[context.seat] = undefined;
}

function makeScope(context: OwnerContext): Scope {
  return outside.runInAsyncScope(() => {
    contexts.enterWith(context);
    return { context, resource: new AsyncResource('WaymarkInstance', { requireManualDestroy: true }) };
  });
}

/** In whose async context native code calls while it is nobody's turn. */
export function contextOutside(): OwnerContext | undefined {
  return contexts.getStore();
}

export function currentOwner(): Owner | undefined {
  return turn.of?.owner;
}

/** Begins the turn of `context`; returns what was before, to be put back. */
export function enterTurn(context: OwnerContext | undefined): OwnerContext | undefined {
  const before = turn.of;
  turn.of = context;
  return before;
}

/** @throws RuntimeError WM3001 outside of any instance. */
export function requireOwner(): Owner {
  const context = turn.of ?? contextOutside();
  if (context?.owner === undefined) throw noOwner('A function of a durable module', context);
  return context.owner;
}

/** Why `what` cannot run: there is no instance, or `context` is of one that is over. */
export function noOwner(what: string, context: OwnerContext | undefined): RuntimeError {
  if (context === undefined) {
    return new RuntimeError(RuntimeCode.noInstance, `${what} was called while no instance was running.`, {
      fix:
        'Call it from the default export of the script, not while the module is loaded. If native code calls it, ' +
        'give that code a closure made in the script: `(...args) => handler(...args)` instead of `handler`.',
    });
  }
  return new RuntimeError(
    RuntimeCode.noInstance,
    `${what} was called for the instance ${context.id}, which has ended.`,
    {
      fix: 'Remove listeners and stop native timers before the default export returns (try/finally), or await what they wait for.',
    },
  );
}

/** Runs `body` in the turn of `context`, whoever's turn it is; jobs that it queues run when the present turn is over. */
export function inTurn<T>(context: OwnerContext, body: () => T): T {
  const before = enterTurn(context);
  try {
    return body();
  } finally {
    turn.of = before;
    if (context.owner !== undefined && context.owner.jobs.size > 0) context.owner.wake();
  }
}
