/** Iterators and what makes them in snapshots. Tags and the order of fields belong to the format: never change, only append. */
import type { RecordType } from '../snapshot/index.ts';
import { ArrayIteration, CollectionIteration, StringIteration } from './iteration.ts';
import { DurableIterator, durableIteratorPrototype } from './iterator-constructor.ts';
import { IteratorHelper } from './lazy-iterator.ts';
import { WrappedIterator } from './iterator-methods.ts';
import { isObject } from './iterator-protocol.ts';
import { LIVE_ITERATORS, LIVE_NAMES, LiveIterator, nextOfAnyKind } from './live-iterator.ts';
import { MatchIterator } from './match-iterator.ts';
import { malformed } from './restoring.ts';
import { DurableSegments, SegmentIterator } from './segments.ts';

/** Numbers 21 to 24, in the order of `LIVE_ITERATORS`. */
export const LIVE_RECORDS: readonly RecordType[] = LIVE_ITERATORS.map((Class, index) => ({
  tag: 21 + index,
  name: 'Iterator',
  prototype: Class.prototype as object,
  read: (value: LiveIterator) => LiveIterator.read(value),
  create: () => new Class(new ArrayIteration([]), 'values'),
  write(value: LiveIterator, [source, selection]: readonly unknown[]) {
    const isSource =
      source instanceof ArrayIteration ||
      source instanceof CollectionIteration ||
      source instanceof StringIteration;
    if (!isSource || (selection !== 'keys' && selection !== 'values' && selection !== 'entries'))
      throw malformed('an iterator');
    LiveIterator.write(value, source, selection);
  },
}));

/** Numbers 40 to 44. */
export const ITERATOR_RECORDS: readonly RecordType[] = [
  {
    tag: 40,
    name: 'IteratorHelper',
    prototype: IteratorHelper.prototype,
    read: (value: IteratorHelper) => IteratorHelper.read(value),
    create: () => new IteratorHelper(0, undefined, undefined, undefined, 0),
    write(value: IteratorHelper, fields) {
      if (!IteratorHelper.write(value, fields)) throw malformed('an iterator helper');
    },
  },
  {
    tag: 41,
    name: 'WrappedIterator',
    prototype: WrappedIterator.prototype,
    read: (value: WrappedIterator) => WrappedIterator.read(value),
    create: () => new WrappedIterator({}, undefined),
    write(value: WrappedIterator, [iterator, advance]) {
      if (!isObject(iterator)) throw malformed('a wrapped iterator');
      WrappedIterator.write(value, iterator, advance);
    },
  },
  {
    tag: 42,
    name: 'MatchIterator',
    prototype: MatchIterator.prototype,
    read: (value: MatchIterator) => MatchIterator.read(value),
    create: () => new MatchIterator({}, '', ''),
    write(value: MatchIterator, fields) {
      if (!MatchIterator.write(value, fields)) throw malformed('an iterator of matches');
    },
  },
  {
    tag: 43,
    name: 'Segments',
    prototype: DurableSegments.prototype,
    read: (value: DurableSegments) => DurableSegments.read(value),
    create: () => new DurableSegments('en', 'grapheme', ''),
    write(value: DurableSegments, fields) {
      if (!DurableSegments.write(value, fields)) throw malformed('segments of a text');
    },
  },
  {
    tag: 44,
    name: 'SegmentIterator',
    prototype: SegmentIterator.prototype,
    read: (value: SegmentIterator) => SegmentIterator.read(value),
    create: () => new SegmentIterator(new DurableSegments('en', 'grapheme', '')),
    write(value: SegmentIterator, [segments, position]) {
      if (!DurableSegments.is(segments) || !Number.isSafeInteger(position))
        throw malformed('an iterator of segments');
      SegmentIterator.write(value, segments, position as number);
    },
  },
];

/** Objects that authors can hold and that snapshots know by name. */
export const ITERATOR_NAMES: readonly (readonly [name: string, value: unknown])[] = [
  ['waymark:Iterator.next', nextOfAnyKind],
  ...LIVE_NAMES,
  ['waymark:Iterator', DurableIterator],
  ...membersOf('waymark:Iterator', DurableIterator),
  ['waymark:Iterator.prototype', durableIteratorPrototype],
  ...membersOf('waymark:Iterator.prototype', durableIteratorPrototype),
  ...[
    ['waymark:IteratorHelper', IteratorHelper] as const,
    ['waymark:WrappedIterator', WrappedIterator] as const,
    ['waymark:MatchIterator', MatchIterator] as const,
    ['waymark:Segments', DurableSegments] as const,
    ['waymark:SegmentIterator', SegmentIterator] as const,
  ].flatMap(([label, Class]) => [
    [`${label}.prototype`, Class.prototype as object] as const,
    ...membersOf(`${label}.prototype`, Class.prototype),
  ]),
];

/** Functions of `owner` that are not named already as the language's own. */
function membersOf(label: string, owner: object): (readonly [string, unknown])[] {
  const names: (readonly [string, unknown])[] = [];
  for (const key of Reflect.ownKeys(owner)) {
    if (key === 'prototype' || key === 'constructor') continue;
    const { value } = Object.getOwnPropertyDescriptor(owner, key)!;
    const text = typeof key === 'symbol' ? `@@${key.description!.replace('Symbol.', '')}` : key;
    if (typeof value === 'function' && !isNative(value)) names.push([`${label}.${text}`, value]);
  }
  return names;
}

function isNative(fn: object): boolean {
  const { prototype } = globalThis.Iterator as unknown as { prototype: object };
  return [prototype, globalThis.Iterator].some((owner) =>
    Reflect.ownKeys(owner).some((key) => Object.getOwnPropertyDescriptor(owner, key)!.value === fn),
  );
}
