/**
 * What a generated program tells the outside: two functions that both sides get as globals.
 *
 * Owns: the notes of the program that runs now, and its fuel. Invariants:
 * 1. One program runs at a time; `begin` starts with an empty journal and full fuel.
 * 2. Describing a value runs no code of the program.
 */
import { types } from 'node:util';

/** Function calls and rounds of loops that a program may use: every loop ends. */
const FUEL = 64;
/** A program that says more than this has lost its way. */
const MOST_NOTES = 2_000;

let notes: string[] = [];
let fuel = 0;

export function begin(): void {
  notes = [];
  fuel = FUEL;
}

/** Everything that was noted since `begin`, and the fuel that is left. */
export function notesSoFar(): string {
  return `${notes.join('\n')}\nfuel ${fuel}`;
}

/** Notes `value` under `place` and returns it. */
export function note<T>(place: unknown, value: T): T {
  if (notes.length < MOST_NOTES) notes.push(`${describe(place)} ${describe(value)}`);
  return value;
}

/** Called by every function and every round of a loop; throws when the fuel is used up. */
export function burn(): true {
  // oxlint-disable-next-line typescript/only-throw-error -- an error object would carry a stack
  if (--fuel < 0) throw 'no fuel';
  return true;
}

/** Messages in which V8 quotes source text, which compiled code does not have. */
const QUOTES_SOURCE =
  /^Spread syntax|Receiver must be|is not (a function|iterable|a constructor|an object|async iterable)|Cannot (read|set) properties|Cannot destructure|object is not|undefined or null|Reduce of empty|without 'new'|Class constructor|not a valid|Invalid|does not have|private|super/i;

/** One line for a value; getters are not called. */
export function describe(value: unknown, depth = 0): string {
  switch (typeof value) {
    case 'string':
      if (QUOTES_SOURCE.test(value)) return 'a message that quotes source text';
      if (value.length > 200) return `string of ${value.length}`;
      return depth === 0 ? value : JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return String(value);
    case 'function':
      return `function ${ownText(value, 'name')}/${ownText(value, 'length')}`;
    case 'object':
      return value === null ? 'null' : describeObject(value, depth);
    default:
      return String(value);
  }
}

function ownText(value: object, key: string): string {
  return String(Object.getOwnPropertyDescriptor(value, key)?.value);
}

function describeObject(value: object, depth: number): string {
  if (depth > 3) return '...';
  if (types.isNativeError(value)) return describeError(value, depth);
  const name = classNameOf(value);
  if (types.isMap(value)) {
    const entries = Array.from(
      Map.prototype.entries.call(value),
      ([key, item]) => `${describe(key, depth + 1)} => ${describe(item, depth + 1)}`,
    );
    return `${name}(${entries.join(', ')})${properties(value, depth)}`;
  }
  if (types.isSet(value)) {
    const items = Array.from(Set.prototype.values.call(value), (item) => describe(item, depth + 1));
    return `${name}(${items.join(', ')})${properties(value, depth)}`;
  }
  if (name === 'Promise') return name;
  return `${name === 'Object' ? '' : name}${properties(value, depth)}`;
}

function describeError(value: Error, depth: number): string {
  const message = String(Object.getOwnPropertyDescriptor(value, 'message')?.value ?? '');
  const own = Object.getOwnPropertyDescriptors(value) as Record<string, PropertyDescriptor>;
  const inner = ['cause', 'error', 'suppressed', 'errors']
    .filter((key) => own[key] && 'value' in own[key])
    .map((key) => `, ${key}: ${describe(own[key]!.value, depth + 1)}`);
  const quoted = types.isNativeError(value) && QUOTES_SOURCE.test(message);
  return `${classNameOf(value)}: ${quoted ? '...' : message}${inner.join('')}`;
}

function classNameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) return 'null';
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof constructor === 'function'
    ? ownText(constructor, 'name')
    : `inherits ${classNameOf(prototype)}`;
}

function properties(value: object, depth: number): string {
  const isArray = Array.isArray(value);
  const parts: string[] = [];
  if (isArray) parts.push(String(value.length));
  for (const key of Object.keys(value)) {
    const own = Object.getOwnPropertyDescriptor(value, key)!;
    const text = 'value' in own ? describe(own.value, depth + 1) : 'accessor';
    parts.push(isArray && /^\d+$/.test(key) && key === String(parts.length - 1) ? text : `${key}: ${text}`);
  }
  if (parts.length === 0 && !isArray) return depth > 0 || classNameOf(value) === 'Object' ? '{}' : '';
  return isArray ? `[${parts.slice(1).join(', ')}]` : `{${parts.join(', ')}}`;
}
