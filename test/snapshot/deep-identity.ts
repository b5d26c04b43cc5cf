/**
 * Compares two graphs: every value, own property, attribute, prototype and internal slot, and that whatever is one object in the one
 * graph is one object in the other. Written without looking at the encoder; iterative.
 */
import { getEventListeners } from 'node:events';
import { types } from 'node:util';
import type { SnapshotContext } from '../../src/snapshot/index.ts';
import { KEYS } from './random-graph.ts';

interface Pair {
  readonly left: unknown;
  readonly right: unknown;
  readonly at: string;
  readonly isPrototype?: boolean;
}

/** The first difference, in words, or undefined. */
export function difference(left: unknown, right: unknown, context: SnapshotContext): string | undefined {
  const forth = new Map<object, object>();
  const back = new Map<object, object>();
  const todo: Pair[] = [{ left, right, at: 'root' }];
  while (todo.length > 0) {
    const pair = todo.pop()!;
    const found = compare(pair, forth, back, todo, context);
    if (found !== undefined) return `${pair.at}: ${found}`;
    if (todo.length === 0) {
      const lost = compareWeak(forth, todo);
      if (lost !== undefined) return lost;
    }
  }
  return undefined;
}

/** Entries of weak collections whose keys have been met; values that have not been looked at go to `todo`. */
function compareWeak(forth: ReadonlyMap<object, object>, todo: Pair[]): string | undefined {
  for (const [left, right] of forth) {
    if (types.isWeakSet(left)) {
      for (const [key, twin] of forth)
        if (left.has(key) !== (right as WeakSet<object>).has(twin)) return 'an element of a WeakSet';
    }
    if (!types.isWeakMap(left)) continue;
    const restored = right as WeakMap<object, unknown>;
    for (const [key, twin] of forth) {
      if (left.has(key) !== restored.has(twin)) return 'an entry of a WeakMap';
      const [value, other] = [left.get(key), restored.get(twin)];
      if (!isObject(value)) {
        if (!Object.is(value, other)) return 'a value of a WeakMap';
      } else if (forth.get(value) !== other)
        todo.push({ left: value, right: other, at: '(value of a WeakMap)' });
    }
    if (todo.length > 0) return undefined;
  }
  return undefined;
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

function compare(
  { left, right, at, isPrototype }: Pair,
  forth: Map<object, object>,
  back: Map<object, object>,
  todo: Pair[],
  context: SnapshotContext,
): string | undefined {
  if (!isObject(left) || !isObject(right)) {
    return Object.is(left, right) ? undefined : `${show(left)} became ${show(right)}`;
  }
  if (forth.has(left) || back.has(right)) {
    return forth.get(left) === right && back.get(right) === left ? undefined : 'identity is lost';
  }
  forth.set(left, right);
  back.set(right, left);
  if (left === right) {
    // Only what is found again by name, and the built-ins, may be the same object.
    if (context.referenceOf(left) !== undefined || isBuiltIn(left)) return undefined;
    if (isPrototype === true && isKnownPrototype(left, context)) return undefined;
    return 'the very same object';
  }
  if (isBuiltIn(left) || context.referenceOf(left) !== undefined) return 'a named object became another one';
  const push = (a: unknown, b: unknown, step: string): void => {
    const isProto = step === '.[[Prototype]]';
    todo.push({ left: a, right: b, at: at.length < 300 ? at + step : at, isPrototype: isProto });
  };
  push(Object.getPrototypeOf(left), Object.getPrototypeOf(right), '.[[Prototype]]');
  return compareSlots(left, right, push, context) ?? compareProperties(left, right, push);
}

const builtIns = new Set<unknown>();
for (const name of Object.getOwnPropertyNames(globalThis)) {
  const value: unknown = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
  if (!isObject(value)) continue;
  builtIns.add(value);
  builtIns.add(Object.getOwnPropertyDescriptor(value, 'prototype')?.value);
}
for (const sample of [async () => undefined, function* g() {}, async function* a() {}]) {
  builtIns.add(Object.getPrototypeOf(sample));
  builtIns.add(Object.getPrototypeOf(Object.getPrototypeOf(sample)));
  builtIns.add(Object.getPrototypeOf((sample as { prototype?: object }).prototype ?? {}));
}
for (const { prototype } of [Intl.NumberFormat, Intl.ListFormat, Intl.Locale]) builtIns.add(prototype);
builtIns.add(Object.getPrototypeOf(Uint8Array.prototype));
builtIns.add(Array.prototype.values);
builtIns.add(Buffer.prototype);
const stackOf = Object.getOwnPropertyDescriptor(new Error('x'), 'stack');
builtIns.add(Reflect.get(stackOf!, 'get'));
builtIns.add(Reflect.get(stackOf!, 'set'));
(function collect(..._args: unknown[]) {
  builtIns.add(Reflect.get(Object.getOwnPropertyDescriptor(arguments, 'callee')!, 'get'));
})();
builtIns.delete(undefined);

function isBuiltIn(value: object): boolean {
  return builtIns.has(value);
}

function isKnownPrototype(value: object, context: SnapshotContext): boolean {
  if (context.records.some((record) => record.prototype === value)) return true;
  return context.instanceTypeOf(value) !== undefined || context.userTypeOf(value) !== undefined;
}

type Push = (left: unknown, right: unknown, step: string) => void;

function compareSlots(left: object, right: object, push: Push, context: SnapshotContext): string | undefined {
  const brand = brandOf(left);
  if (brand !== brandOf(right)) return `a ${brand} became a ${brandOf(right)}`;
  switch (brand) {
    case 'Map':
      compareLists(mapContent(left), mapContent(right), push);
      return undefined;
    case 'Set':
      compareLists(setContent(left), setContent(right), push);
      return undefined;
    case 'Date':
      return same(Date.prototype.getTime.call(left), Date.prototype.getTime.call(right));
    case 'RegExp':
      return same(
        RegExp.prototype.toString.call(pattern(left)),
        RegExp.prototype.toString.call(pattern(right)),
      );
    case 'Boxed':
      return same(unboxed(left), unboxed(right));
    case 'ArrayBuffer':
      return compareBuffers(left as ArrayBuffer, right as ArrayBuffer);
    case 'View':
      return compareViews(left as Uint8Array, right as Uint8Array, push);
    case 'Function':
      return compareFunctions(left, right, push, context);
    case 'URL':
      push((left as URL).searchParams, (right as URL).searchParams, '.searchParams');
      return same((left as URL).href, (right as URL).href);
    case 'URLSearchParams':
      return same((left as URLSearchParams).toString(), (right as URLSearchParams).toString());
    case 'Headers':
      return same(JSON.stringify([...(left as Headers)]), JSON.stringify([...(right as Headers)]));
    case 'FormData':
      return same(JSON.stringify([...(left as FormData)]), JSON.stringify([...(right as FormData)]));
    case 'AbortController':
      push((left as AbortController).signal, (right as AbortController).signal, '.signal');
      return undefined;
    case 'AbortSignal':
      push((left as AbortSignal).reason, (right as AbortSignal).reason, '.reason');
      compareListeners(left as AbortSignal, right as AbortSignal, push);
      return same((left as AbortSignal).aborted, (right as AbortSignal).aborted);
    case 'EventTarget':
      compareListeners(left as EventTarget, right as EventTarget, push);
      return undefined;
    case 'NumberFormat':
    case 'ListFormat':
      return same(
        JSON.stringify((left as Intl.NumberFormat).resolvedOptions()),
        JSON.stringify((right as Intl.NumberFormat).resolvedOptions()),
      );
    case 'Locale':
      return same((left as Intl.Locale).toString(), (right as Intl.Locale).toString());
    case 'DOMException':
      return (
        same((left as DOMException).name, (right as DOMException).name) ??
        same((left as DOMException).message, (right as DOMException).message)
      );
    default: {
      const type = context.instanceTypeOf(Object.getPrototypeOf(left) as object);
      if (type !== undefined) compareLists(type.readPrivates(left), type.readPrivates(right), push);
      return undefined;
    }
  }
}

function mapContent(map: object): unknown[] {
  const content: unknown[] = [];
  Map.prototype.forEach.call(map, (value, key) => content.push(key, value));
  return content;
}

function setContent(set: object): unknown[] {
  const content: unknown[] = [];
  Set.prototype.forEach.call(set, (value) => content.push(value));
  return content;
}

/** A copy without own properties. */
function pattern(expression: object): RegExp {
  return new RegExp(expression as RegExp);
}

function unboxed(value: object): unknown {
  for (const { prototype } of [Number, String, Boolean, BigInt, Symbol]) {
    try {
      return Reflect.apply(Reflect.get(prototype, 'valueOf') as () => unknown, value, []);
    } catch {
      // Another kind.
    }
  }
  return value;
}

function brandOf(value: object): string {
  if (typeof value === 'function') return 'Function';
  if (Array.isArray(value)) return 'Array';
  if (types.isMap(value)) return 'Map';
  if (types.isSet(value)) return 'Set';
  if (types.isDate(value)) return 'Date';
  if (types.isRegExp(value)) return 'RegExp';
  if (types.isBoxedPrimitive(value)) return 'Boxed';
  if (types.isAnyArrayBuffer(value)) return 'ArrayBuffer';
  if (ArrayBuffer.isView(value)) return 'View';
  if (types.isArgumentsObject(value)) return 'Arguments';
  if (value instanceof DOMException) return 'DOMException';
  if (types.isNativeError(value)) return 'Error';
  if (Object.getPrototypeOf(value) === URL.prototype) return 'URL';
  if (Object.getPrototypeOf(value) === URLSearchParams.prototype) return 'URLSearchParams';
  if (types.isWeakMap(value)) return 'WeakMap';
  if (types.isWeakSet(value)) return 'WeakSet';
  const name = PLATFORM.find((each) => value instanceof each)?.name;
  return name ?? 'Object';
}

const PLATFORM: readonly { new (...args: any[]): object; readonly name: string }[] = [
  Headers,
  FormData,
  AbortController,
  AbortSignal as never,
  EventTarget,
  TextEncoder,
  TextDecoder,
  Intl.NumberFormat as never,
  Intl.ListFormat,
  Intl.Locale,
];

/** What `events.getEventListeners` gives for the types that the tests use. */
function compareListeners(left: EventTarget, right: EventTarget, push: Push): void {
  for (const type of ['abort', 'x', ...KEYS]) {
    const [one, two] = [getEventListeners(left, type), getEventListeners(right, type)];
    compareLists(one, two, push);
  }
}

function compareLists(left: readonly unknown[], right: readonly unknown[], push: Push): void {
  push(left.length, right.length, '.size');
  left.forEach((value, index) => push(value, right[index], `.entry(${index})`));
}

function compareBuffers(left: ArrayBuffer, right: ArrayBuffer): string | undefined {
  if (left.detached || right.detached) return same(left.detached, right.detached);
  return (
    same(left.resizable, right.resizable) ??
    same(left.maxByteLength, right.maxByteLength) ??
    (Buffer.from(left).equals(Buffer.from(right)) ? undefined : 'bytes of an ArrayBuffer')
  );
}

/** A Buffer that shows a part of a larger ArrayBuffer may get a smaller one. */
function compareViews(left: Uint8Array, right: Uint8Array, push: Push): string | undefined {
  const cut = Buffer.isBuffer(left) && left.byteLength < left.buffer.byteLength;
  if (!cut) {
    push(left.buffer, right.buffer, '.buffer');
    push(left.byteOffset, right.byteOffset, '.byteOffset');
  }
  const bytes = (view: Uint8Array): Buffer => Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  return (
    same(left.byteLength, right.byteLength) ??
    (bytes(left).equals(bytes(right)) ? undefined : 'bytes of a view')
  );
}

function compareFunctions(
  left: object,
  right: object,
  push: Push,
  context: SnapshotContext,
): string | undefined {
  const a = context.closureOf(left);
  const b = context.closureOf(right);
  if (a === undefined || b === undefined) return 'a function that is no closure';
  compareLists(a.cells, b.cells, push);
  return same(a.code, b.code);
}

function compareProperties(left: object, right: object, push: Push): string | undefined {
  const elements = ArrayBuffer.isView(left) && !types.isDataView(left) ? left.byteLength : 0;
  const keysOf = (value: object): PropertyKey[] => {
    // What Node keeps of its own classes under symbols of its own.
    const isNative =
      value instanceof EventTarget || value instanceof TextEncoder || value instanceof TextDecoder;
    const keys = Reflect.ownKeys(value).filter(
      (key) => !isNative || typeof key === 'string' || Symbol.keyFor(key) !== undefined,
    );
    return elements === 0 ? keys : keys.filter((key) => typeof key === 'symbol' || !/^\d+$/.test(key));
  };
  const keys = keysOf(left);
  const others = keysOf(right);
  if (keys.length !== others.length || keys.some((key, index) => key !== others[index])) {
    return `keys ${keys.map(String).join(', ')} became ${others.map(String).join(', ')}`;
  }
  for (const key of keys) {
    const a = Object.getOwnPropertyDescriptor(left, key)!;
    const b = Object.getOwnPropertyDescriptor(right, key)!;
    for (const name of ['writable', 'enumerable', 'configurable'] as const) {
      if (a[name] !== b[name]) return `${String(key)} is ${name}: ${a[name]} became ${b[name]}`;
    }
    const stack = Reflect.get(stackOf!, 'get') as () => unknown;
    if (Reflect.get(a, 'get') === stack) push(stack.call(left), stack.call(right), '.stack');
    push(a.value, b.value, `.${String(key)}`);
    push(Reflect.get(a, 'get'), Reflect.get(b, 'get'), `.${String(key)} getter`);
    push(Reflect.get(a, 'set'), Reflect.get(b, 'set'), `.${String(key)} setter`);
  }
  return (
    same(Object.isExtensible(left), Object.isExtensible(right)) ??
    same(Object.isFrozen(left), Object.isFrozen(right)) ??
    same(Object.isSealed(left), Object.isSealed(right))
  );
}

function same(left: unknown, right: unknown): string | undefined {
  return Object.is(left, right) ? undefined : `${show(left)} became ${show(right)}`;
}

function show(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
