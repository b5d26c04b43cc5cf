/** The iterator protocol as ECMA-262 section 7.4 defines it, with what `for-of` needs for closing. */
import { callForm } from './built-in-forms.ts';
import { describe } from './describe.ts';

export class ProtocolIteration {
  iterator: object;
  advance: unknown;
  value: unknown = undefined;
  done = false;

  constructor(iterator: object, advance: unknown) {
    this.iterator = iterator;
    this.advance = advance;
  }

  next(): boolean {
    if (this.done) return false;
    let result: unknown;
    try {
      result = Reflect.apply(this.advance as Function, this.iterator, []);
      if (!isObject(result)) throw new TypeError(`Iterator result ${describe(result)} is not an object`);
      if ((result as IteratorResult<unknown>).done) {
        this.done = true;
        this.value = undefined;
        return false;
      }
      this.value = (result as IteratorResult<unknown>).value;
    } catch (error) {
      this.done = true;
      throw error;
    }
    return true;
  }

  close(): void {
    if (this.done) return;
    this.done = true;
    this.value = undefined;
    const method = (this.iterator as { return?: unknown }).return;
    if (method === undefined || method === null) return;
    if (typeof method !== 'function') throw new TypeError(`${describe(method)} is not a function`);
    const result: unknown = Reflect.apply(method, this.iterator, []);
    if (!isObject(result)) throw new TypeError(`${describe(result)} is not an object`);
  }

  fail(): void {
    if (this.done) return;
    this.done = true;
    this.value = undefined;
    try {
      const method = (this.iterator as { return?: unknown }).return;
      if (method !== undefined && method !== null) Reflect.apply(method as Function, this.iterator, []);
    } catch {
      // The exception that is under way wins.
    }
  }
}

/** GetIterator(value, sync). */
export function iteratorOf(value: unknown, text?: string): ProtocolIteration {
  const method: unknown =
    value === undefined || value === null
      ? undefined
      : (value as { [Symbol.iterator]?: unknown })[Symbol.iterator];
  return iteratorWith(value, method, text);
}

/** GetIteratorFromMethod. `text`: how an error names the value. */
export function iteratorWith(value: unknown, method: unknown, text?: string): ProtocolIteration {
  if (typeof method !== 'function')
    throw new TypeError(text === undefined ? notIterable(value) : `${text} is not iterable`);
  const iterator: unknown = callForm(method, value, []);
  if (!isObject(iterator)) throw new TypeError('Result of the Symbol.iterator method is not an object');
  return new ProtocolIteration(iterator, (iterator as { next?: unknown }).next);
}

export function notIterable(value: unknown): string {
  return `${describe(value)} is not iterable`;
}

/** GetMethod. */
export function methodOf(object: object, name: string): Function | undefined {
  const method = (object as Record<string, unknown>)[name];
  if (method === undefined || method === null) return undefined;
  if (typeof method !== 'function') throw new TypeError(`${describe(method)} is not a function`);
  return method;
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
