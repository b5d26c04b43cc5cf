/** Iterator records as the built-in iterator helpers use them (ECMA-262 7.4), with the engine's messages. */
import { callForm } from './built-in-forms.ts';
import { describe } from './describe.ts';
import { isObject } from './iterator-protocol.ts';

/** What `step` gives at the end. */
export const END: unique symbol = Symbol('waymark.end');

/** IteratorStepValue. */
export function step(iterator: object, advance: unknown): unknown {
  const result = resultOf(iterator, advance);
  return result.done ? END : result.value;
}

/** The same, closing an iterator that fails. */
export function stepOrClose(iterator: object, advance: unknown): unknown {
  try {
    return step(iterator, advance);
  } catch (error) {
    closeQuietly(iterator);
    throw error;
  }
}

/** IteratorStep, for values that nobody wants. */
export function isDone(iterator: object, advance: unknown): boolean {
  return Boolean(resultOf(iterator, advance).done);
}

function resultOf(iterator: object, advance: unknown): IteratorResult<unknown> {
  if (typeof advance !== 'function') throw notCallable(advance);
  const result: unknown = Reflect.apply(advance, iterator, []);
  if (!isObject(result)) throw new TypeError(`Iterator result ${describe(result)} is not an object`);
  return result as IteratorResult<unknown>;
}

/** IteratorClose for a normal completion. */
export function close(iterator: object): void {
  const method: unknown = (iterator as { return?: unknown }).return;
  if (method === undefined || method === null) return;
  if (typeof method !== 'function') throw notCallable(method);
  if (!isObject(Reflect.apply(method, iterator, []))) throw new TypeError('return called on non-object');
}

/** IteratorClose for a throw completion: whatever goes wrong here is lost. */
export function closeQuietly(iterator: object): void {
  try {
    const method: unknown = (iterator as { return?: unknown }).return;
    if (method !== undefined && method !== null) Reflect.apply(method as Function, iterator, []);
  } catch {
    // The exception that is under way wins.
  }
}

/** GetIteratorFlattenable. `where`: the method that asks, for the message. Returns the iterator; its `next` is still to be looked up. */
export function flattenable(value: unknown, allowsStrings: boolean, where: string): object {
  if (!isObject(value) && !(allowsStrings && typeof value === 'string'))
    throw new TypeError(`${where} called on non-object`);
  const method: unknown = (value as { [Symbol.iterator]?: unknown })[Symbol.iterator];
  if (method === undefined || method === null) return value as object;
  const iterator = callForm(callable(method, value, 'Symbol(Symbol.iterator)'), value, []);
  if (!isObject(iterator)) throw new TypeError(`${describe(value)} is not iterable`);
  return iterator;
}

/** GetIteratorFromMethod, for `concat`. */
export function openIterator(iterable: unknown, method: Function): object {
  const iterator = callForm(method, iterable, []);
  if (!isObject(iterator)) throw new TypeError(`${describe(iterator)} is not iterable`);
  return iterator;
}

/** GetMethod's check, for a method that is not nullish. */
export function callable(method: unknown, owner: unknown, name: string): Function {
  if (typeof method === 'function') return method;
  throw new TypeError(
    `'${describe(method)}' returned for property '${name}' of object '${describe(owner)}' is not a function`,
  );
}

/** The engine's error for a call of something that is no function, where no source text names it. */
export function notCallable(value: unknown): TypeError {
  const shown = typeof value === 'string' ? ` "${value}"` : isShown(value) ? ` ${String(value)}` : '';
  return new TypeError(`${typeof value}${shown} is not a function`);
}

function isShown(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || typeof value === 'number';
}
