/**
 * True if nothing about the object's own properties can change.
 *
 * `Object.isFrozen` of V8 (13.6 and 14.6) says so of sealed functions and of sealed empty arrays too: it does not look at `prototype` and `length`,
 * which it keeps in another way than ordinary properties, and these can be written (ECMAScript, TestIntegrityLevel).
 */
export function isFrozen(object: object): boolean {
  if (!Object.isFrozen(object)) return false;
  if (typeof object !== 'function' && !Array.isArray(object)) return true;
  const key = typeof object === 'function' ? 'prototype' : 'length';
  return Object.getOwnPropertyDescriptor(object, key)?.writable !== true;
}
