/**
 * Errors that Node itself throws (`TypeError [ERR_INVALID_ARG_TYPE]: ...`) have a prototype of their own between them and TypeError.prototype. It
 * is found by provoking one; that of a single code, which differs in nothing that shows, is taken for the one of its base class.
 */
import { EventEmitter, on } from 'node:events';

const MARK = 'kIsNodeError';

function isMarked(object: object): boolean {
  return Object.getOwnPropertySymbols(object).some(({ description }) => description === MARK);
}

/** The marked prototype in the chain of `object`, or undefined. */
function markedIn(object: object | null): object | undefined {
  // A single code adds one level, never more.
  let at = object;
  for (let level = 0; at !== null && level < 3; level++) {
    if (isMarked(at)) return at;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return undefined;
}

function provoke(action: () => unknown): object {
  try {
    action();
  } catch (error) {
    // In a Node that has no such prototypes: an object that nothing refers to.
    return markedIn(Object.getPrototypeOf(error) as object) ?? {};
  }
  return {};
}

/** Of Error, TypeError and RangeError, in this order. */
export const NODE_ERROR_PROTOTYPES: readonly object[] = [
  provoke(() => new EventEmitter().emit('error', 1)),
  provoke(() => Buffer.alloc('' as never)),
  provoke(() => new TextDecoder('no such encoding')),
];

/** Of what Node throws when a signal aborts. */
export const ABORT_ERROR_PROTOTYPE: object = abortErrorPrototype();

function abortErrorPrototype(): object {
  try {
    on(new EventEmitter(), 'x', { signal: AbortSignal.abort() });
  } catch (error) {
    const prototype = Object.getPrototypeOf(error) as object;
    if (prototype !== Error.prototype) return prototype;
  }
  return {};
}

/** The prototype to be saved for `object`, if that is a prototype of errors of Node. */
export function nodeErrorPrototype(object: object): object | undefined {
  const constructor: unknown = Object.getOwnPropertyDescriptor(object, 'constructor');
  if (constructor === undefined || Reflect.get(constructor as object, 'get') === undefined) return undefined;
  const marked = markedIn(object);
  return marked !== undefined && NODE_ERROR_PROTOTYPES.includes(marked) ? marked : undefined;
}
