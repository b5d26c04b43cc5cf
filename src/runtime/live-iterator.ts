/**
 * Iterators of built-in collections that durable code asks for by `keys()`, `values()`, `entries()` or `[Symbol.iterator]()`.
 * They behave as the native ones, and a snapshot can hold them.
 */
import { types } from 'node:util';
import { hasForm, setForm } from './built-in-forms.ts';
import { ArrayIteration, CollectionIteration, isUsable, StringIteration } from './iteration.ts';
import { durableIteratorPrototype } from './iterator-constructor.ts';

const getPrototype = Object.getPrototypeOf as (value: unknown) => object;
const typedArrayPrototype = getPrototype(Uint8Array.prototype);

export type Selection = 'keys' | 'values' | 'entries';
export type Source = ArrayIteration | CollectionIteration | StringIteration;

/** One class per native kind, because each has a prototype object and a `next` of its own. */
export class LiveIterator {
  #source: Source;
  #selection: Selection;

  constructor(source: Source, selection: Selection) {
    this.#source = source;
    this.#selection = selection;
  }

  static is(value: object): value is LiveIterator {
    return #source in value;
  }

  static advance(iterator: LiveIterator): IteratorResult<unknown> {
    const source = iterator.#source;
    const selection = iterator.#selection;
    if (source instanceof ArrayIteration && selection === 'keys')
      return source.advance() ? { value: source.index - 1, done: false } : { value: undefined, done: true };
    if (!source.next()) return { value: undefined, done: true };
    return { value: select(source, selection), done: false };
  }

  static read(iterator: LiveIterator): [Source, Selection] {
    return [iterator.#source, iterator.#selection];
  }

  static write(iterator: LiveIterator, source: Source, selection: Selection): void {
    iterator.#source = source;
    iterator.#selection = selection;
  }
}

function select(source: Source, selection: Selection): unknown {
  if (source instanceof ArrayIteration)
    return selection === 'values' ? source.value : [source.index - 1, source.value];
  if (source instanceof StringIteration) return source.value;
  if (source.isMap) {
    const [key, value] = source.value as [unknown, unknown];
    return selection === 'values' ? value : selection === 'keys' ? key : [key, value];
  }
  return selection === 'entries' ? [source.value, source.value] : source.value;
}

type Kind = new (source: Source, selection: Selection) => LiveIterator;

/** `native`: an iterator of the native kind. */
function kind(Class: Kind, native: object): { Class: Kind; next: Function } {
  const nativePrototype = getPrototype(native) as Record<PropertyKey, unknown>;
  const nativeNext = nativePrototype['next'] as Function;
  const { next } = {
    next(this: unknown): unknown {
      return this instanceof Class && LiveIterator.is(this)
        ? LiveIterator.advance(this)
        : (Reflect.apply(nativeNext, this, []) as unknown);
    },
  };
  Object.setPrototypeOf(Class.prototype, durableIteratorPrototype);
  Reflect.deleteProperty(Class.prototype, 'constructor');
  Object.defineProperty(Class.prototype, 'next', { value: next, writable: true, configurable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, {
    value: nativePrototype[Symbol.toStringTag],
    configurable: true,
  });
  return { Class, next };
}

const ArrayKind = kind(class LiveArrayIterator extends LiveIterator {}, [][Symbol.iterator]());
const MapKind = kind(class LiveMapIterator extends LiveIterator {}, new Map().entries());
const SetKind = kind(class LiveSetIterator extends LiveIterator {}, new Set().values());
const StringKind = kind(class LiveStringIterator extends LiveIterator {}, ''[Symbol.iterator]());

/** In the order of their numbers in snapshots. */
export const LIVE_ITERATORS: readonly Kind[] = [ArrayKind, MapKind, SetKind, StringKind].map(
  ({ Class }) => Class,
);

/** Names in snapshots. */
export const LIVE_NAMES: readonly (readonly [name: string, value: object])[] = (
  [
    ['Array', ArrayKind],
    ['Map', MapKind],
    ['Set', SetKind],
    ['String', StringKind],
  ] as const
).flatMap(([label, { Class, next }]) => [
  [`waymark:${label}Iterator.next`, next] as const,
  [`waymark:${label}Iterator.prototype`, Class.prototype as object] as const,
]);

/** The `next` of iterators of every kind in snapshots of earlier versions. */
export function nextOfAnyKind(this: LiveIterator): IteratorResult<unknown> {
  return LiveIterator.advance(this);
}

function give(
  prototype: object,
  Class: Kind,
  fits: (target: unknown) => boolean,
  make: (target: any) => Source,
): void {
  // Set.prototype.keys is the same function as values.
  for (const selection of ['values', 'keys', 'entries'] as const) {
    const method = Object.getOwnPropertyDescriptor(prototype, selection)?.value as Function | undefined;
    if (method === undefined || hasForm(method)) continue;
    setForm(method, (target, args) =>
      fits(target) ? new Class(make(target), selection) : (Reflect.apply(method, target, args) as unknown),
    );
  }
}

const isObject = (value: unknown): boolean =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

give(Set.prototype, SetKind.Class, types.isSet, (target: Set<unknown>) => new CollectionIteration(target));
give(
  Map.prototype,
  MapKind.Class,
  types.isMap,
  (target: Map<unknown, unknown>) => new CollectionIteration(target),
);
give(Array.prototype, ArrayKind.Class, isObject, (target: unknown[]) => new ArrayIteration(target));
give(
  typedArrayPrototype,
  ArrayKind.Class,
  (target) => isObject(target) && isUsable(target as object),
  (target: Uint8Array) => new ArrayIteration(target),
);
const stringIterator = String.prototype[Symbol.iterator];
setForm(stringIterator, (target: unknown) =>
  target === undefined || target === null
    ? (Reflect.apply(stringIterator, target, []) as unknown)
    : new StringKind.Class(new StringIteration(`${target as string}`), 'values'),
);
