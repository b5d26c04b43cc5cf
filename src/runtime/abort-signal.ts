/** AbortSignal in durable modules: the native one, but for `timeout`, whose time goes on after a restore. */
import type { Instance } from './instance.ts';
import { OwnFunction } from './own-functions.ts';
import { requireOwner } from './owner.ts';

const NativeSignal = AbortSignal;

/** Aborts `controller` because its time is over. */
const timeOut = new OwnFunction<[AbortController]>(
  25,
  (controller) => () => {
    controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  },
  (cells) => cells.length === 1 && cells[0] instanceof AbortController,
);

/** Milliseconds as Node checks them. */
function delayOf(delay: unknown): number {
  // Throws for what is no time.
  if (typeof delay !== 'number' || !Number.isInteger(delay) || delay < 0 || delay > Number.MAX_SAFE_INTEGER) {
    NativeSignal.timeout(delay as number);
  }
  // A timer cannot wait longer than about 25 days; Node's own fires at once then.
  return (delay as number) > 2 ** 31 - 1 ? 1 : (delay as number);
}

export const DurableAbortSignal = function AbortSignal(): never {
  // As the native one: nobody may call it.
  if (!new.target) throw new TypeError("Class constructor AbortSignal cannot be invoked without 'new'");
  return new (NativeSignal as unknown as new () => never)();
} as unknown as typeof AbortSignal;

Object.defineProperty(DurableAbortSignal, 'prototype', { value: NativeSignal.prototype, writable: false });
Object.setPrototypeOf(DurableAbortSignal, NativeSignal);
Object.defineProperty(DurableAbortSignal, 'timeout', {
  value: function timeout(delay: unknown): AbortSignal {
    const milliseconds = delayOf(delay);
    const controller = new AbortController();
    const instance = requireOwner() as Instance;
    instance.pending.startTimer(timeOut.make(controller) as Function, [], milliseconds, false);
    return controller.signal;
  },
  writable: true,
  enumerable: true,
  configurable: true,
});
