/** Random graphs of everything that a snapshot can hold, with sharing and cycles. */
import fc from 'fast-check';
import {
  Animal,
  Box,
  closure,
  CONFIG,
  CONSTANT,
  COUNTER,
  Dog,
  FakePromise,
  frame,
  imported,
  Money,
  Registry,
  UNSET,
} from './test-context.ts';

/** One object of the graph: what it is, and material to fill it with. */
interface Node {
  readonly kind: string;
  readonly links: readonly number[];
  readonly values: readonly unknown[];
  readonly keys: readonly string[];
  readonly level: number;
}

const KINDS = [
  'object',
  'object',
  'object',
  'array',
  'array',
  'map',
  'set',
  'box',
  'frame',
  'promise',
  'null',
  'date',
  'regexp',
  'error',
  'counter',
  'constant',
  'view',
  'buffer',
  'dog',
  'registry',
  'derived',
  'attributes',
  'boxed',
  'url',
  'holes',
  'money',
  'weak-map',
  'weak-set',
  'headers',
  'signal',
  'controller',
  'target',
  'format',
] as const;

/** Some mean something to functions, classes and errors. */
export const KEYS = [
  'a',
  'b',
  'id',
  '__proto__',
  '7',
  'x y',
  'prototype',
  'constructor',
  'name',
  'length',
  'message',
];

const primitive = fc.oneof(
  fc.constantFrom(undefined, null, true, false, NaN, -0, UNSET, Symbol.iterator, CONFIG, imported),
  fc.integer(),
  fc.double(),
  fc.bigInt(),
  fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
  fc.string({ minLength: 25, maxLength: 50 }),
);

const node: fc.Arbitrary<Node> = fc.record({
  kind: fc.constantFrom(...KINDS),
  links: fc.array(fc.nat(1000), { maxLength: 5 }),
  values: fc.array(primitive, { maxLength: 4 }),
  keys: fc.array(fc.oneof(fc.constantFrom(...KEYS), fc.string()), {
    minLength: 9,
    maxLength: 9,
  }),
  level: fc.nat(8),
});

export const graph: fc.Arbitrary<unknown> = fc.array(node, { minLength: 1, maxLength: 25 }).map((nodes) => {
  const shells = nodes.map((each) => shell(each));
  nodes.forEach((each, index) => fill(each, shells[index], content(each, shells)));
  // Last, so that nothing is frozen before it is filled.
  nodes.forEach((each, index) => restrict(each, shells[index] as object));
  return shells.length > 3 ? shells : shells[0];
});

function content(each: Node, shells: readonly unknown[]): unknown[] {
  const linked = each.links.map((link) => shells[link % shells.length]);
  return [...linked, ...each.values];
}

function shell({ kind, values, level }: Node): unknown {
  const text = String(values.find((value) => typeof value === 'string') ?? 'text');
  switch (kind) {
    case 'array':
    case 'holes':
      return [];
    case 'map':
      return new Map();
    case 'set':
      return new Set();
    case 'box':
      return new Box();
    case 'frame':
      return frame('f', level, {});
    case 'promise':
      return new FakePromise();
    case 'null':
    case 'derived':
      return Object.create(null);
    case 'date':
      return new Date(level * 1e9);
    case 'regexp':
      return Object.assign(/a+/g, { lastIndex: level });
    case 'error':
      return new (level % 2 === 0 ? TypeError : Error)(text);
    case 'counter':
      return closure(COUNTER, new Box(level));
    case 'constant':
      return closure(CONSTANT, values[0]);
    case 'view':
      return new Uint16Array(new ArrayBuffer(24), 2 * (level % 4), level);
    case 'buffer':
      return Buffer.from(text);
    case 'dog':
      return new Dog('Rex');
    case 'registry':
      return new Registry();
    case 'boxed':
      return Object(level % 2 === 0 ? level : text) as unknown;
    case 'url':
      return new URL(`http://host/${level}`);
    case 'weak-map':
      return new WeakMap();
    case 'weak-set':
      return new WeakSet();
    case 'headers':
      return new Headers({ a: String(level) });
    case 'signal':
      return level === 0 ? AbortSignal.abort(text) : new AbortController().signal;
    case 'controller':
      return new AbortController();
    case 'target':
      return new EventTarget();
    case 'format':
      return new Intl.NumberFormat('de', { maximumFractionDigits: level });
    case 'money':
      return new Money(BigInt(level), 'EUR');
    default:
      return {};
  }
}

function fill(each: Node, target: any, values: readonly unknown[]): void {
  const { kind, keys, level } = each;
  switch (kind) {
    case 'array':
      target.push(...values);
      return;
    case 'holes':
      values.forEach((value, index) => (target[index * level] = value));
      return;
    case 'map':
      values.forEach((value, index) => target.set(value, values[index + 1]));
      return;
    case 'set':
      values.forEach((value) => target.add(value));
      return;
    case 'box':
      target.v = values[0];
      return;
    case 'frame':
      target.slots = [...values];
      return;
    case 'promise':
      [target.value, ...target.waiters] = [values[0], ...values];
      return;
    case 'weak-map':
      values.forEach((value, index) => {
        if (isWeakKey(value)) target.set(value, values[index + 1]);
      });
      return;
    case 'weak-set':
      values.forEach((value) => {
        if (isWeakKey(value)) target.add(value);
      });
      return;
    case 'headers':
      target.append('b', String(level));
      break;
    case 'controller':
      if (level === 0) target.abort(values[0]);
      break;
    case 'target':
      target.addEventListener(keys[0]!, closure(CONSTANT, values[0]), { once: level % 2 === 0 });
      break;
    case 'registry':
      values.forEach((value, index) => target.set(keys[index % keys.length], value));
      return;
    case 'dog':
      Animal.write(target as object, [values[0]]);
      define(target, 'name', values[1], 7);
      return;
    case 'money':
      target.note = values[0];
      return;
    case 'derived':
      if (!reaches(values[0], target)) Object.setPrototypeOf(target, ordinary(values[0]));
      break;
    default:
  }
  values.forEach((value, index) =>
    define(target, keys[index % keys.length]!, value, kind === 'attributes' ? level : 7),
  );
  if (kind === 'attributes') define(target, Symbol.for(keys[0]!) as never, values[0], 7);
}

function isWeakKey(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Something that may be a prototype: an ordinary object of the graph. */
function ordinary(value: unknown): object | null {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? value
    : null;
}

function reaches(value: unknown, target: object): boolean {
  let at = ordinary(value);
  for (; at !== null; at = Object.getPrototypeOf(at) as object | null) if (at === target) return true;
  return false;
}

function define(target: object, key: PropertyKey, value: unknown, attributes: number): void {
  if (Object.hasOwn(target, key) && !Object.getOwnPropertyDescriptor(target, key)!.configurable) return;
  // Node itself knows event targets by it.
  if (key === 'constructor' && target instanceof EventTarget) return;
  // Nobody can read the stack of an error that cannot say what it is.
  const isNamed = key === 'name' || key === 'message';
  if (isNamed && target instanceof Error && !['string', 'number', 'undefined'].includes(typeof value)) return;
  // An index would be an element of a view or of a String object.
  const numeric = typeof key === 'string' && (String(Number(key)) === key || key === '-0');
  if (numeric && (ArrayBuffer.isView(target) || target instanceof String)) return;
  Object.defineProperty(target, key, {
    value,
    writable: (attributes & 1) !== 0,
    enumerable: (attributes & 2) !== 0,
    configurable: (attributes & 4) !== 0,
  });
}

function restrict({ kind, level, links }: Node, target: object): void {
  if (kind === 'view' || kind === 'buffer' || ['box', 'frame', 'promise', 'money'].includes(kind)) return;
  if (links.length !== 2) return;
  if (level === 0) Object.freeze(target);
  else if (level === 1) Object.seal(target);
  else if (level === 2) Object.preventExtensions(target);
}
