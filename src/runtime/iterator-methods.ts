/**
 * The methods of `Iterator.prototype` and of `Iterator` that give lazy iterators (ECMA-262 27.1.3 and 27.1.4). What is wrong with
 * their receiver or their function the native methods say; those that use up the iterator at once are the native ones.
 */
import { describe } from './describe.ts';
import {
  defineMethods,
  DurableIterator,
  durableIteratorPrototype,
  shapeKind,
} from './iterator-constructor.ts';
import { IteratorHelper, Kind } from './lazy-iterator.ts';
import { isObject } from './iterator-protocol.ts';
import { callable, closeQuietly, flattenable, notCallable } from './iterator-stepping.ts';

const native = globalThis.Iterator.prototype as unknown as Readonly<Record<string, Function>>;

const nextOf = (iterator: object): unknown => (iterator as { next?: unknown }).next;

function withFunction(name: 'map' | 'filter' | 'flatMap', receiver: unknown, fn: unknown): unknown {
  if (!isObject(receiver) || typeof fn !== 'function') return Reflect.apply(native[name]!, receiver, [fn]);
  return new IteratorHelper(Kind[name], receiver, nextOf(receiver), fn, 0);
}

function withLimit(name: 'take' | 'drop', receiver: unknown, limit: unknown): unknown {
  if (!isObject(receiver)) return Reflect.apply(native[name]!, receiver, [limit]);
  let count: number;
  try {
    count = Math.trunc(+(limit as number));
    if (!(count >= 0)) throw new RangeError(`${describe(limit)} must be positive`);
  } catch (error) {
    closeQuietly(receiver);
    throw error;
  }
  return new IteratorHelper(Kind[name], receiver, nextOf(receiver), undefined, count + 0);
}

defineMethods(durableIteratorPrototype, {
  map(this: unknown, mapper: unknown): unknown {
    return withFunction('map', this, mapper);
  },
  filter(this: unknown, predicate: unknown): unknown {
    return withFunction('filter', this, predicate);
  },
  take(this: unknown, limit: unknown): unknown {
    return withLimit('take', this, limit);
  },
  drop(this: unknown, limit: unknown): unknown {
    return withLimit('drop', this, limit);
  },
  flatMap(this: unknown, mapper: unknown): unknown {
    return withFunction('flatMap', this, mapper);
  },
});

/** What `Iterator.from` puts around an iterator that is no `Iterator`. */
export class WrappedIterator {
  #iterator: object;
  #advance: unknown;

  constructor(iterator: object, advance: unknown) {
    this.#iterator = iterator;
    this.#advance = advance;
  }

  static is(value: unknown): value is WrappedIterator {
    return isObject(value) && #iterator in value;
  }

  static read(wrapped: WrappedIterator): [object, unknown] {
    return [wrapped.#iterator, wrapped.#advance];
  }

  static write(wrapped: WrappedIterator, iterator: object, advance: unknown): void {
    wrapped.#iterator = iterator;
    wrapped.#advance = advance;
  }
}

const nativeWrapped = Object.getPrototypeOf(globalThis.Iterator.from({ next: String } as never)) as {
  readonly next: Function;
  readonly return: Function;
};

shapeKind(WrappedIterator.prototype, undefined, {
  next(this: unknown): unknown {
    if (!WrappedIterator.is(this)) return Reflect.apply(nativeWrapped.next, this, []);
    const [iterator, advance] = WrappedIterator.read(this);
    if (typeof advance !== 'function') throw notCallable(advance);
    return Reflect.apply(advance, iterator, []);
  },
  return(this: unknown): unknown {
    if (!WrappedIterator.is(this)) return Reflect.apply(nativeWrapped.return, this, []);
    const [iterator] = WrappedIterator.read(this);
    const method: unknown = (iterator as { return?: unknown }).return;
    if (method === undefined || method === null) return { value: undefined, done: true };
    return Reflect.apply(callable(method, iterator, 'return'), iterator, []);
  },
});

const isIterator = (value: object): boolean =>
  Object.prototype.isPrototypeOf.call(globalThis.Iterator.prototype, value);

const { from, concat } = {
  from(value: unknown): unknown {
    const iterator = flattenable(value, true, 'Iterator.from');
    const advance = nextOf(iterator);
    return isIterator(iterator) ? iterator : new WrappedIterator(iterator, advance);
  },
  concat(...items: unknown[]): unknown {
    const opened: unknown[] = [];
    for (const item of items) {
      if (!isObject(item)) throw new TypeError('Iterator.concat called on non-object');
      const method: unknown = (item as { [Symbol.iterator]?: unknown })[Symbol.iterator];
      if (method === undefined || method === null) throw new TypeError(`${describe(item)} is not iterable`);
      opened.push(item, callable(method, item, 'Symbol(Symbol.iterator)'));
    }
    return new IteratorHelper(Kind.concat, opened, undefined, undefined, 0);
  },
};
defineMethods(DurableIterator, 'concat' in globalThis.Iterator ? { from, concat } : { from });
