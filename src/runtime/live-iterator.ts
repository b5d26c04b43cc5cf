/**
 * Iterators of built-in collections that durable code asks for by `keys()`, `values()`, `entries()` or `[Symbol.iterator]()`.
 * They behave as the native ones, and a snapshot can hold them.
 */
import { ArrayIteration, CollectionIteration, StringIteration } from './iteration.ts';

const getPrototype = Object.getPrototypeOf as (value: unknown) => object;
const arrayIteratorPrototype = getPrototype([][Symbol.iterator]());
const mapIteratorPrototype = getPrototype(new Map().entries());
const setIteratorPrototype = getPrototype(new Set().values());
const stringIteratorPrototype = getPrototype(''[Symbol.iterator]());
const typedArrayPrototype = getPrototype(Uint8Array.prototype);

type Selection = 'keys' | 'values' | 'entries';
type Source = ArrayIteration | CollectionIteration | StringIteration;

export class LiveIterator {
  readonly source: Source;
  readonly selection: Selection;

  constructor(source: Source, selection: Selection) {
    this.source = source;
    this.selection = selection;
    hideFields(this);
  }

  next(): IteratorResult<unknown> {
    const { source, selection } = this;
    if (!source.next()) return { value: undefined, done: true };
    return { value: select(source, selection), done: false };
  }
}

function select(source: Source, selection: Selection): unknown {
  if (source instanceof ArrayIteration) {
    const index = source.index - 1;
    return selection === 'values' ? source.value : selection === 'keys' ? index : [index, source.value];
  }
  if (source instanceof StringIteration) return source.value;
  if (source.isMap) {
    const [key, value] = source.value as [unknown, unknown];
    return selection === 'values' ? value : selection === 'keys' ? key : [key, value];
  }
  return selection === 'entries' ? [source.value, source.value] : source.value;
}

function hideFields(iterator: LiveIterator): void {
  Object.defineProperty(iterator, 'source', { enumerable: false });
  Object.defineProperty(iterator, 'selection', { enumerable: false });
}

/** One class per native kind, so that `instanceof` and `toString` say the same as for native iterators. */
class LiveArrayIterator extends LiveIterator {}
class LiveMapIterator extends LiveIterator {}
class LiveSetIterator extends LiveIterator {}
class LiveStringIterator extends LiveIterator {}

const KINDS = [
  [LiveArrayIterator, arrayIteratorPrototype],
  [LiveMapIterator, mapIteratorPrototype],
  [LiveSetIterator, setIteratorPrototype],
  [LiveStringIterator, stringIteratorPrototype],
] as const;
for (const [Class, native] of KINDS) {
  Object.defineProperty(Class.prototype, 'next', {
    value: LiveIterator.prototype.next,
    writable: true,
    configurable: true,
  });
  Reflect.deleteProperty(Class.prototype, 'constructor');
  Object.setPrototypeOf(Class.prototype, native);
}

export const LIVE_ITERATORS = KINDS.map(([Class]) => Class);

const methods = new Map<
  unknown,
  {
    make: (target: any) => Source;
    Class: new (source: Source, selection: Selection) => LiveIterator;
    selection: Selection;
  }
>();

function know(
  prototype: object,
  Class: new (source: Source, selection: Selection) => LiveIterator,
  make: (target: any) => Source,
): void {
  for (const selection of ['keys', 'values', 'entries'] as const) {
    const method = Object.getOwnPropertyDescriptor(prototype, selection)?.value as unknown;
    // Set.prototype.keys is the same function as values, and so is their selection.
    if (method !== undefined && !methods.has(method)) methods.set(method, { make, Class, selection });
  }
}

know(Set.prototype, LiveSetIterator, (target: Set<unknown>) => new CollectionIteration(target));
const setValues = methods.get(Set.prototype.values)!;
methods.set(Set.prototype.values, { ...setValues, selection: 'values' });
know(Map.prototype, LiveMapIterator, (target: Map<unknown, unknown>) => new CollectionIteration(target));
know(Array.prototype, LiveArrayIterator, (target: unknown[]) => new ArrayIteration(target));
know(typedArrayPrototype, LiveArrayIterator, (target: Uint8Array) => new ArrayIteration(target));
methods.set(String.prototype[Symbol.iterator], {
  make: (target: string) => new StringIteration(target),
  Class: LiveStringIterator,
  selection: 'values',
});

/** `target[method]()`: a live iterator where the method is the built-in one of the target's own kind. */
export function makeIterator(target: any, method: PropertyKey): unknown {
  const fn: unknown = target[method];
  const known = methods.get(fn);
  if (known && fits(target, known.Class)) return new known.Class(known.make(target), known.selection);
  return target[method]();
}

function fits(target: unknown, Class: unknown): boolean {
  if (Class === LiveStringIterator) return typeof target === 'string';
  if (Class === LiveMapIterator) return target instanceof Map;
  if (Class === LiveSetIterator) return target instanceof Set;
  return Array.isArray(target) || ArrayBuffer.isView(target);
}
