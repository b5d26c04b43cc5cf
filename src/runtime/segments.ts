/** Segments of a text and their iterators (ECMA-402 18.5 and 18.6) as data: locale, granularity, text, position. */
import { setForm } from './built-in-forms.ts';
import { defineMethods, shapeKind } from './iterator-constructor.ts';
import { isObject } from './iterator-protocol.ts';

const segmenterPrototype = Intl.Segmenter.prototype;
const nativeSegment = segmenterPrototype.segment as Function;
const nativeOptions = segmenterPrototype.resolvedOptions as Function;
const sample = new Intl.Segmenter().segment('');
const nativeSegments = Object.getPrototypeOf(sample) as {
  readonly containing: Function;
  readonly [Symbol.iterator]: Function;
};
const nativeIterator = Object.getPrototypeOf(sample[Symbol.iterator]()) as { readonly next: Function };

type Granularity = 'grapheme' | 'word' | 'sentence';

export class DurableSegments {
  #locale: string;
  #granularity: Granularity;
  #text: string;
  #native: Intl.Segments | undefined;

  constructor(locale: string, granularity: Granularity, text: string) {
    this.#locale = locale;
    this.#granularity = granularity;
    this.#text = text;
  }

  static is(value: unknown): value is DurableSegments {
    return isObject(value) && #locale in value;
  }

  static read(segments: DurableSegments): [string, Granularity, string] {
    return [segments.#locale, segments.#granularity, segments.#text];
  }

  /** False if the fields cannot be right. */
  static write(segments: DurableSegments, [locale, granularity, text]: readonly unknown[]): boolean {
    const isGranularity = granularity === 'grapheme' || granularity === 'word' || granularity === 'sentence';
    if (typeof locale !== 'string' || !isGranularity || typeof text !== 'string') return false;
    segments.#locale = locale;
    segments.#granularity = granularity;
    segments.#text = text;
    return true;
  }

  static native(segments: DurableSegments): Intl.Segments {
    return (segments.#native ??= new Intl.Segmenter(segments.#locale, {
      granularity: segments.#granularity,
    }).segment(segments.#text));
  }
}

export class SegmentIterator {
  #segments: DurableSegments;
  /** Code units behind the position. */
  #position = 0;
  #native: Iterator<Intl.SegmentData> | undefined;

  constructor(segments: DurableSegments) {
    this.#segments = segments;
  }

  static is(value: unknown): value is SegmentIterator {
    return isObject(value) && #segments in value;
  }

  static read(iterator: SegmentIterator): [DurableSegments, number] {
    return [iterator.#segments, iterator.#position];
  }

  static write(iterator: SegmentIterator, segments: DurableSegments, position: number): void {
    iterator.#segments = segments;
    iterator.#position = position;
  }

  static advance(iterator: SegmentIterator): IteratorResult<Intl.SegmentData> {
    const native = (iterator.#native ??= openAt(iterator.#segments, iterator.#position));
    const result = native.next();
    if (!result.done) iterator.#position = result.value.index + result.value.segment.length;
    return result;
  }
}

function openAt(segments: DurableSegments, position: number): Iterator<Intl.SegmentData> {
  const iterator = DurableSegments.native(segments)[Symbol.iterator]();
  let at = 0;
  while (at < position) {
    const { value, done } = iterator.next() as IteratorResult<Intl.SegmentData, undefined>;
    if (done) break;
    at = value.index + value.segment.length;
  }
  return iterator;
}

shapeKind(SegmentIterator.prototype, 'Segmenter String Iterator', {
  next(this: unknown): unknown {
    return SegmentIterator.is(this)
      ? SegmentIterator.advance(this)
      : Reflect.apply(nativeIterator.next, this, []);
  },
});

Reflect.deleteProperty(DurableSegments.prototype, 'constructor');
defineMethods(DurableSegments.prototype, {
  containing(this: unknown, index: number): unknown {
    const target = DurableSegments.is(this) ? DurableSegments.native(this) : this;
    return Reflect.apply(nativeSegments.containing, target, [index]);
  },
});
const { iterate } = {
  iterate(this: unknown): unknown {
    return DurableSegments.is(this)
      ? new SegmentIterator(this)
      : Reflect.apply(nativeSegments[Symbol.iterator], this, []);
  },
};
Object.defineProperty(iterate, 'name', { value: '[Symbol.iterator]' });
Object.defineProperty(DurableSegments.prototype, Symbol.iterator, {
  value: iterate,
  writable: true,
  configurable: true,
});

setForm(nativeSegment, (receiver: unknown, args) => {
  if (!isSegmenter(receiver)) return Reflect.apply(nativeSegment, receiver, args) as unknown;
  const text = `${args[0] as string}`;
  const { locale, granularity } = Reflect.apply(nativeOptions, receiver, []) as Intl.ResolvedSegmenterOptions;
  return new DurableSegments(locale, granularity, text);
});

function isSegmenter(value: unknown): boolean {
  try {
    Reflect.apply(nativeOptions, value, []);
    return true;
  } catch {
    return false;
  }
}
