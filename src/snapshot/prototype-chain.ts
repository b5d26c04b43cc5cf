/**
 * The engine walks the whole chain whenever a prototype is set, so a chain as long as the snapshot would take time without end.
 * No program comes near this limit.
 */
import { types } from 'node:util';

export const MAX_PROTOTYPE_CHAIN = 1000;

/** Whether `wanted` is in the chain that begins with `prototype`. Asks no Proxy. */
export function inherits(prototype: object | null, wanted: object): boolean {
  for (let at = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (at === wanted) return true;
    if (types.isProxy(at)) return false;
  }
  return false;
}

export function isLongPrototypeChain(object: object | null): boolean {
  let at = object;
  for (let length = 0; at !== null && !types.isProxy(at); length++) {
    if (length > MAX_PROTOTYPE_CHAIN) return true;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return false;
}
