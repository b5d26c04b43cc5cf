/** Timers in virtual time, for the native side. */
import { clock } from './native-run.ts';

type Callback = (...args: unknown[]) => void;

/** As Node: at least one millisecond, and one for everything out of range. */
function delayOf(delay: unknown): number {
  const given = Number(delay ?? 1);
  return given >= 1 && given <= 2 ** 31 - 1 ? Math.trunc(given) : 1;
}

/** Refused as Node refuses it, by Node. */
function refuseOthers(callback: Callback): void {
  if (typeof callback !== 'function') Reflect.apply(globalThis.setTimeout, undefined, [callback]);
}

export function setTimeout(callback: Callback, delay?: number, ...args: unknown[]): number {
  refuseOthers(callback);
  return clock().at(clock().now + delayOf(delay), () => callback(...args));
}

export function setInterval(callback: Callback, delay?: number, ...args: unknown[]): number {
  refuseOthers(callback);
  const every = delayOf(delay);
  const again = (): void => {
    clock().at(clock().now + every, again, id);
    callback(...args);
  };
  const id = clock().at(clock().now + every, again);
  return id;
}

export function setImmediate(callback: Callback, ...args: unknown[]): number {
  refuseOthers(callback);
  return clock().at(clock().now, () => callback(...args));
}

export function clearTimeout(id: number): void {
  clock().cancel(id);
}

export { clearTimeout as clearInterval, clearTimeout as clearImmediate };
