/** setTimeout and its family in durable modules: durable operations instead of timers of the process. */
import { TimerHandle, useTimerDisposal } from './operations.ts';
import { requireOwner } from './owner.ts';
import { CallbackJob } from './reactions.ts';
import type { Instance } from './instance.ts';

const current = (): Instance => requireOwner() as Instance;

/** What is not a function is refused by Node itself: the error is its own, with its class, code and text. */
function checkCallback(callback: unknown): asserts callback is Function {
  if (typeof callback !== 'function') Reflect.apply(setTimeout, undefined, [callback]);
}

/** As Node: at least one millisecond, and one for everything out of range. */
function delayOf(delay: unknown): number {
  const given = Number(delay ?? 1);
  return given >= 1 && given <= 2 ** 31 - 1 ? Math.trunc(given) : 1;
}

function clear(handle: unknown): void {
  if (handle instanceof TimerHandle) current().pending.clearTimer(handle.number);
  else if (typeof handle === 'number' || typeof handle === 'string')
    current().pending.clearTimer(Number(handle));
}

export const timers = {
  setTimeout(callback: unknown, delay?: unknown, ...args: unknown[]): TimerHandle {
    checkCallback(callback);
    return current().pending.startTimer(callback, args, delayOf(delay), false);
  },
  clearTimeout: (handle: unknown): void => clear(handle),
  setInterval(callback: unknown, delay?: unknown, ...args: unknown[]): TimerHandle {
    checkCallback(callback);
    return current().pending.startTimer(callback, args, delayOf(delay), true);
  },
  clearInterval: (handle: unknown): void => clear(handle),
  setImmediate(callback: unknown, ...args: unknown[]): TimerHandle {
    checkCallback(callback);
    return current().pending.startTimer(callback, args, 0, false);
  },
  clearImmediate: (handle: unknown): void => clear(handle),
  queueMicrotask(callback: unknown): void {
    checkCallback(callback);
    const owner = requireOwner();
    owner.jobs.push(new CallbackJob(callback, []));
  },
};

useTimerDisposal((number) => current().pending.clearTimer(number));
