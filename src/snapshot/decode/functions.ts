/** Closures, and the prototype objects that come with them. */
import * as F from '../format.ts';
import { malformed } from '../snapshot-error.ts';
import type { Decoder } from './decoder.ts';
import { readExtras } from './properties.ts';

/** What all closures of a snapshot with this number have in common. */
export interface ClosureShape {
  readonly code: number;
  readonly cells: number;
  /** Null: in the extras block. */
  readonly length: number | null;
  readonly name: string | null;
}

export interface ClosureBody {
  readonly shape: ClosureShape;
  readonly cells: unknown[];
}

export function readClosureBody(d: Decoder, index: number): void {
  const head = d.in.varint();
  const id = Math.floor(head / 2);
  const shape = id === d.closureShapes.length ? readClosureShape(d) : d.closureShapes[id];
  if (shape === undefined) throw malformed('an unknown kind of closure');
  const cells = d.values(d.in.checkCount(shape.cells));
  d.payloads[index] = { shape, cells } satisfies ClosureBody;
  if (head % 2 === 1) readExtras(d, index);
}

function readClosureShape(d: Decoder): ClosureShape {
  const code = d.in.varint();
  const cells = d.in.count();
  const length = d.value();
  const name = d.value();
  if (length !== null && typeof length !== 'number') throw malformed('a function length that is no number');
  if (name !== null && typeof name !== 'string') throw malformed('a function name that is no string');
  const shape = { code, cells, length, name };
  d.closureShapes.push(shape);
  return shape;
}

export function makeClosure(d: Decoder, index: number): void {
  const { shape, cells } = d.payloads[index] as ClosureBody;
  for (let at = 0; at < cells.length; at++) cells[at] = d.resolve(cells[at]) as unknown;
  const fn: unknown = d.context.createClosure(shape.code, cells);
  if (typeof fn !== 'function') throw malformed('a closure that is no function');
  setPristine(fn, 'length', shape.length);
  setPristine(fn, 'name', shape.name);
  d.objects[index] = fn;
}

function setPristine(fn: Function, key: 'length' | 'name', value: unknown): void {
  if (value === null || Object.getOwnPropertyDescriptor(fn, key)?.value === value) return;
  Object.defineProperty(fn, key, { value, writable: false, enumerable: false, configurable: true });
}

/** The prototype object that a class made as a closure has from the beginning. */
export function makePrototype(d: Decoder, index: number): void {
  const fn = d.resolve(d.payloads[index]) as unknown;
  const prototype: unknown =
    typeof fn === 'function' ? Object.getOwnPropertyDescriptor(fn, 'prototype')?.value : undefined;
  if (typeof prototype !== 'object' || prototype === null)
    throw malformed('a function without a prototype object');
  d.objects[index] = prototype;
}

/** Reads the function whose prototype object is meant. */
export function readPrototypeOf(d: Decoder): unknown {
  const pending = d.addPending(F.BODY_PROTOTYPE, undefined);
  const fn = d.nested();
  // Only what this decode makes may be changed by the body that follows.
  if (typeof fn !== 'object' || fn === null || d.kinds[(fn as { index: number }).index] !== F.BODY_CLOSURE) {
    throw malformed('a prototype of something that is no closure');
  }
  d.payloads[pending.index] = fn;
  return pending;
}
