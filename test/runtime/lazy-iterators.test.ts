/**
 * Iterators of collections and chains of lazy ones, under random steps: advance, close, change the collection, save and restore.
 * The native iterators on the same steps are the oracle: results, errors, and every call of an author's function.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callForm } from '../../src/runtime/built-in-forms.ts';
import { DurableIterator } from '../../src/runtime/iterator-constructor.ts';
import '../../src/runtime/iterator-methods.ts';
import { graphRestorer } from './graph-restore.ts';

interface World {
  readonly lists: unknown[][];
  readonly maps: Map<unknown, unknown>[];
  readonly sets: Set<unknown>[];
  readonly iterators: IteratorObject<unknown>[];
}

/** An iterator of the author, which may do what it should not. */
interface Author {
  readonly id: string;
  world: World;
  at: number;
  readonly length: number;
  readonly throwsAt: number;
  readonly oddAt: number;
  readonly entersAt: number;
  readonly enters: number;
  readonly closing: 'fine' | 'throws' | 'odd' | 'enters' | 'missing';
}

let log: string[] = [];

function tell(act: () => unknown): void {
  try {
    log.push(show(act()));
  } catch (error) {
    log.push(String(error));
  }
}

function show(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'function' ? 'function' : each === undefined ? 'undefined' : each,
  );
}

const named: Readonly<Record<string, (this: any, ...args: any[]) => unknown>> = {
  next(this: Author): unknown {
    log.push(`next ${this.id}`);
    const index = this.at++;
    if (index === this.throwsAt) throw new Error(`next ${this.id}`);
    if (index === this.oddAt) return 5;
    if (index === this.entersAt) tell(() => this.world.iterators[this.enters]?.next());
    return { value: `${this.id}.${index}`, done: index >= this.length };
  },
  return(this: Author, ...given: unknown[]): unknown {
    log.push(`return ${this.id} ${given.length}`);
    if (this.closing === 'throws') throw new Error(`return ${this.id}`);
    if (this.closing === 'enters') {
      tell(() => this.world.iterators[this.enters]?.next());
      tell(() => this.world.iterators[this.enters]?.return?.());
    }
    return this.closing === 'odd' ? undefined : {};
  },
  double: (value: unknown, index: number): unknown => (
    log.push(`map ${show(value)} ${index}`),
    [value, index]
  ),
  odd: (value: unknown, index: number): unknown => (log.push(`filter ${show(value)} ${index}`), index % 2),
  picky(value: unknown, index: number): unknown {
    log.push(`picky ${show(value)} ${index}`);
    if (index === 2) throw new Error('picky');
    return value;
  },
  spread: (value: unknown, index: number): unknown =>
    index % 3 === 0 ? [value, 'and'] : index % 3 === 1 ? new Set([index, value]) : new Map([[index, value]]),
  authors: (value: unknown, index: number): unknown => ({
    id: `in ${show(value)}`,
    world: { iterators: [] },
    at: 0,
    length: 2,
    throwsAt: index === 1 ? 1 : -1,
    closing: (['fine', 'throws', 'odd'] as const)[index % 3],
    next: named.next,
    return: named.return,
  }),
  spreadOdd: (value: unknown, index: number): unknown => (index === 1 ? {} : index === 2 ? 'text' : [value]),
};
const restore = graphRestorer(named);

type Step = readonly [kind: string, a: number, b: number];

const number = fc.integer({ min: 0, max: 5 });
const kinds = {
  next: 12,
  restore: 4,
  push: 2,
  shift: 1,
  splice: 1,
  set: 3,
  remove: 3,
  clear: 1,
  return: 1,
  list: 2,
  map: 2,
  set_: 2,
  author: 3,
  helper: 8,
  from: 1,
  concat: 1,
};
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    ...Object.entries(kinds).map(([kind, weight]) => ({
      weight,
      arbitrary: fc.tuple(fc.constant(kind), number, number),
    })),
  ),
  { minLength: 5, maxLength: 60, size: 'max' },
);

interface Side {
  world: World;
  readonly constructor: typeof Iterator;
  /** A call that the compiler would hand to the runtime. */
  readonly invoke: (target: any, method: string) => IteratorObject<unknown>;
}

const PARTS = ['values', 'keys', 'entries'] as const;

function run(side: Side, [kind, a, b]: Step): void {
  const { world } = side;
  const { lists, maps, sets, iterators } = world;
  const list = lists[a % lists.length]!;
  const map = maps[a % maps.length]!;
  const set = sets[a % sets.length]!;
  const iterator = iterators[(a * 6 + b) % Math.max(1, iterators.length)];
  switch (kind) {
    case 'next':
      return tell(() => iterator?.next());
    case 'return':
      return tell(() => iterator?.return?.());
    case 'push':
      list.push(b, `pushed ${b}`);
      return;
    case 'shift':
      list.shift();
      return;
    case 'splice':
      list.splice(b, 1, 'x', 'y');
      return;
    case 'set':
      map.set(b, `set ${a}`);
      set.add(b);
      return;
    case 'remove':
      map.delete(b);
      set.delete(b);
      return;
    case 'clear':
      map.clear();
      set.clear();
      return;
    case 'list':
      iterators.push(side.invoke(list, PARTS[b % 3]!));
      return;
    case 'map':
      iterators.push(side.invoke(map, PARTS[b % 3]!));
      return;
    case 'set_':
      iterators.push(side.invoke(set, PARTS[b % 3]!));
      return;
    case 'author':
      iterators.push(author(side, a, b));
      return;
    case 'helper':
      return tell(() => (iterator ? iterators.push(helper(iterator, a, b)) : undefined));
    case 'from':
      iterators.push(side.constructor.from(Object.setPrototypeOf(author(side, a, b), null) as never));
      return;
    case 'concat':
      if (iterator && 'concat' in side.constructor)
        iterators.push((side.constructor as any).concat(list, iterator, set) as IteratorObject<unknown>);
      return;
  }
}

function author(side: Side, a: number, b: number): IteratorObject<unknown> {
  const closing = (['fine', 'throws', 'odd', 'enters', 'missing', 'fine'] as const)[b]!;
  const made: Author & Record<string, unknown> = {
    id: String(side.world.iterators.length),
    world: side.world,
    at: 0,
    length: a + b,
    throwsAt: a === 0 ? b : -1,
    oddAt: a === 1 ? b : -1,
    entersAt: a === 2 ? b : -1,
    enters: side.world.iterators.length + (b % 2) + 1,
    closing,
    next: named.next,
  };
  if (closing !== 'missing') made['return'] = named.return;
  return Object.setPrototypeOf(made, side.constructor.prototype) as IteratorObject<unknown>;
}

function helper(iterator: any, a: number, b: number): IteratorObject<unknown> {
  const fns = [named.double, named.odd, named.picky, named.spread, named.spreadOdd, undefined];
  switch (a) {
    case 0:
      return iterator.map(fns[b]);
    case 1:
      return iterator.filter(fns[b]);
    case 2:
      return iterator.take([0, 1, 2, Infinity, -1, '3'][b]);
    case 3:
      return iterator.drop([0, 1, 2, 3, NaN, null][b]);
    case 4:
      return iterator.flatMap(fns[b]);
    default:
      return iterator.flatMap(named.authors);
  }
}

function side(constructor: unknown, invoke: Side['invoke']): Side {
  const world: World = {
    lists: [[1, 2, 3], ['a']],
    maps: [
      new Map<unknown, unknown>([
        [1, 'one'],
        [2, 'two'],
      ]),
    ],
    sets: [new Set<unknown>([1, 2, 3])],
    iterators: [],
  };
  const made: Side = { world, constructor: constructor as typeof Iterator, invoke };
  world.iterators.push(
    invoke(world.lists[0], 'values'),
    invoke(world.maps[0], 'entries'),
    author(made, 3, 0),
    author(made, 3, 1),
    author(made, 3, 2),
  );
  return made;
}

describe('lazy iterators', () => {
  test('do what the native ones do, saved and restored at any step', () => {
    fc.assert(
      fc.property(steps, (program) => {
        const native = side(Iterator, (target, method) => target[method]());
        const durable = side(
          DurableIterator,
          (target, method) => callForm(target[method] as Function, target, []) as IteratorObject<unknown>,
        );
        for (const step of program) {
          if (step[0] === 'restore') {
            durable.world = restore(durable.world);
            continue;
          }
          log = [];
          run(native, step);
          const expected = log;
          log = [];
          run(durable, step);
          expect(log).toEqual(expected);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
