/**
 * The engine walks the whole chain whenever a prototype is set, so a chain as long as the snapshot would take time without end.
 * No program comes near this limit.
 */
import { types } from 'node:util';

export const MAX_PROTOTYPE_CHAIN = 1000;

export function isLongPrototypeChain(object: object | null): boolean {
  let at = object;
  for (let length = 0; at !== null && !types.isProxy(at); length++) {
    if (length > MAX_PROTOTYPE_CHAIN) return true;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return false;
}
