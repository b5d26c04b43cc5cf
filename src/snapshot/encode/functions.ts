/**
 * Functions: found again by name, or made again as closures. Their own properties are saved as far as they differ from
 * those of a fresh function.
 */
import { types } from 'node:util';
import * as F from '../format.ts';
import { intlFunction } from '../host-types/intl.ts';
import { INTRINSIC_NUMBERS } from '../intrinsics.ts';
import type { Closure } from '../snapshot-context.ts';
import type { Encoder } from './encoder.ts';
import type { Fresh } from '../snapshot-context.ts';
import { writeHost, writeProxy } from './hosts.ts';
import { noteNeed } from './needs.ts';
import { writePart } from './parts.ts';
import { writeIntrinsic, writeReference } from './references.ts';
import { refuse } from './refuse.ts';
import { writeExtras } from './properties.ts';

/** Code, number of cells, `length` and `name`: said once for all closures of a snapshot that agree in them. */
interface ClosureShape {
  readonly cells: number;
  readonly length: unknown;
  readonly name: unknown;
  readonly id: number;
}
/**
 * Those of one function behind one another, in the order of their first closures. A list while it is short: most snapshots hold a handful
 * of closures, and a map costs more than a look at each.
 */
export interface ClosureShapes {
  readonly few: { readonly code: number; readonly shapes: ClosureShape[] }[];
  many: Map<number, ClosureShape[]> | undefined;
  count: number;
}

const FEW = 12;

function shapesOf({ few, many }: ClosureShapes, code: number): ClosureShape[] | undefined {
  if (many !== undefined) return many.get(code);
  for (const known of few) if (known.code === code) return known.shapes;
  return undefined;
}

function addShapes(to: ClosureShapes, code: number): ClosureShape[] {
  const shapes: ClosureShape[] = [];
  if (to.many === undefined && to.few.length < FEW) to.few.push({ code, shapes });
  else {
    to.many ??= new Map(to.few.map((known) => [known.code, known.shapes]));
    to.many.set(code, shapes);
  }
  return shapes;
}

const MAX_SHAPES_OF_CODE = 8;

export function writeFunction(e: Encoder, fn: Function): void {
  const name = e.context.referenceOf(fn);
  if (name !== undefined) {
    writeReference(e, fn, name);
    return;
  }
  if (types.isProxy(fn)) {
    writeProxy(e, fn);
    return;
  }
  const closure = e.context.closureOf(fn);
  if (closure !== undefined) {
    e.out.byte(F.CLOSURE);
    e.add(fn, F.BODY_CLOSURE, closure);
    return;
  }
  if (writePart(e, fn)) return;
  const given = intlFunction(fn);
  if (given !== undefined) writeHost(e, fn, given);
  else if (INTRINSIC_NUMBERS.has(fn)) writeIntrinsic(e, fn);
  else if (e.plan === undefined && isAnonymousNative(fn)) {
    // Perhaps the formatter that gave it comes later: then the next walk knows it.
    e.looseFunctions = true;
    e.out.byte(F.UNDEFINED);
  } else throw refuse(e, fn, describeFunction(fn), { fix: fixFor(fn) });
}

function isAnonymousNative(fn: Function): boolean {
  const name: unknown = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
  return name === '' && Function.prototype.toString.call(fn).endsWith('{ [native code] }');
}

const isClass = (fn: Function): boolean => Function.prototype.toString.call(fn).startsWith('class');

function describeFunction(fn: Function): string {
  const name = Object.getOwnPropertyDescriptor(fn, 'name')?.value;
  const shown = typeof name === 'string' && name !== '' ? ` ${name}` : '';
  const source = Function.prototype.toString.call(fn);
  if (isClass(fn)) return `the class${shown}, which belongs to no durable module`;
  if (source.endsWith('{ [native code] }'))
    return `the built-in function${shown}, which has no name to find it again by`;
  return `the function${shown}, which belongs to no durable module`;
}

function fixFor(fn: Function): string {
  const source = Function.prototype.toString.call(fn);
  return source.endsWith('{ [native code] }')
    ? 'Hold the object that the function belongs to, or call it inside a function of your own.'
    : 'Import the function by name in the script, or wrap it in a function of the script.';
}

export function writeClosureBody(e: Encoder, index: number, fn: Function, closure: Closure): void {
  const { code, cells } = closure;
  const length = pristineValue(fn, 'length', 'number');
  const name = pristineValue(fn, 'name', 'string');
  const fresh = e.context.freshOf?.(fn);
  const extra = extraKeys(fn, length, name, fresh);
  const prototype = fresh === undefined ? defaultPrototype(fn) : fresh.prototype;
  const extras = extra.length > 0 || !Object.isExtensible(fn) || Object.getPrototypeOf(fn) !== prototype;
  writeClosureShape(e, code, cells.length, length, name, extras);
  for (const cell of cells) {
    e.last = -1;
    e.value(cell);
    noteNeed(e, index);
  }
  if (extras) writeExtras(e, fn, prototype, extra);
}

function writeClosureShape(
  e: Encoder,
  code: number,
  cells: number,
  length: unknown,
  name: unknown,
  extras: boolean,
): void {
  const { out } = e;
  const shapes = (e.closureShapes ??= { few: [], many: undefined, count: 0 });
  const known = shapesOf(shapes, code) ?? addShapes(shapes, code);
  // Closures of one function nearly always agree; those that do not are not worth a long search.
  let found: ClosureShape | undefined;
  for (let at = Math.max(0, known.length - MAX_SHAPES_OF_CODE); at < known.length && !found; at++) {
    const shape = known[at]!;
    if (shape.cells === cells && shape.length === length && shape.name === name) found = shape;
  }
  const id = found === undefined ? shapes.count++ : found.id;
  out.reserve(32);
  out.varint(id * 2 + (extras ? 1 : 0));
  if (found !== undefined) return;
  known.push({ cells, length, name, id });
  out.varint(code);
  out.varint(cells);
  e.value(length);
  e.value(name);
}

/** The value of `length` or `name` if the property has its usual attributes, else null. */
function pristineValue(fn: Function, key: string, type: string): unknown {
  const property = Object.getOwnPropertyDescriptor(fn, key);
  if (property === undefined || typeof property.value !== type) return null;
  return !property.writable && !property.enumerable && property.configurable ? property.value : null;
}

const NO_KEYS: readonly PropertyKey[] = [];

/** Own keys whose state a fresh closure would not have. */
function extraKeys(
  fn: Function,
  length: unknown,
  name: unknown,
  fresh: Fresh | undefined,
): readonly PropertyKey[] {
  const keys = fresh?.changes(fn) ?? Reflect.ownKeys(fn);
  if (keys.length === 2 && length !== null && name !== null && fresh === undefined) return NO_KEYS;
  const extra: PropertyKey[] = [];
  if (length === null) extra.push('length');
  if (name === null) extra.push('name');
  for (const key of keys) {
    if (key === 'length' || key === 'name') continue;
    if (key === 'prototype' && fresh === undefined && isFreshPrototype(fn)) continue;
    extra.push(key);
  }
  return extra;
}

/**
 * Classes keep the prototype object that they are made with. So do generator functions, whose prototype objects hold nothing.
 * The prototype of an ordinary function is saved: instances may refer to it. That it cannot be written does not make it a class: it may be frozen.
 */
function isFreshPrototype(fn: Function): boolean {
  const property = Object.getOwnPropertyDescriptor(fn, 'prototype')!;
  if (!property.writable) return isClass(fn);
  const prototype: unknown = property.value;
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    types.isGeneratorFunction(fn) &&
    Reflect.ownKeys(prototype).length === 0
  );
}

/** The prototype of a fresh function of the same kind. */
function defaultPrototype(fn: Function): object {
  const actual = Object.getPrototypeOf(fn);
  if (actual === Function.prototype) return actual;
  return FUNCTION_PROTOTYPES.includes(actual) ? actual : Function.prototype;
}

const FUNCTION_PROTOTYPES: readonly unknown[] = [
  Function.prototype,
  Object.getPrototypeOf(async () => undefined),
  Object.getPrototypeOf(function* empty() {}),
  Object.getPrototypeOf(async function* empty() {}),
];

/** The function F if `object` is the prototype object that the closure F was made with. */
export function closureOfPrototype(e: Encoder, object: object): Function | undefined {
  const fn: unknown = Object.getOwnPropertyDescriptor(object, 'constructor')?.value;
  if (typeof fn !== 'function' || types.isProxy(fn)) return undefined;
  const property = Object.getOwnPropertyDescriptor(fn, 'prototype');
  if (property === undefined || property.writable !== false || property.value !== object) return undefined;
  if (!isClass(fn)) return undefined;
  return e.context.referenceOf(fn) === undefined && e.context.closureOf(fn) !== undefined ? fn : undefined;
}

/** Changes to the prototype object of a class that is a closure; its methods are made with it. */
export function writePrototypeBody(e: Encoder, prototype: object, _fn: Function): void {
  const extra = Reflect.ownKeys(prototype).filter((key) => {
    const property = Object.getOwnPropertyDescriptor(prototype, key)!;
    return property.enumerable || (property.writable === true && typeof property.value !== 'function');
  });
  writeExtras(e, prototype, Object.getPrototypeOf(prototype) as object, extra);
}
