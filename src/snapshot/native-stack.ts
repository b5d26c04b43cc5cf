/**
 * The `stack` of errors. V8 gives each error an own accessor property `stack`; getter and setter are the same two functions
 * for all of them, and `Error.captureStackTrace` gives any object such a property.
 */
const property: unknown = Object.getOwnPropertyDescriptor(new Error('stack'), 'stack');

export const nativeStackGetter = Reflect.get(property as object, 'get') as (() => unknown) | undefined;
export const nativeStackSetter = Reflect.get(property as object, 'set') as
  | ((stack: unknown) => void)
  | undefined;

/** Makes something that would collect a stack trace, without: the stack of the decoder interests nobody, and collecting takes long. */
export function withoutStackTrace<T>(make: () => T): T {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = before;
  }
}
