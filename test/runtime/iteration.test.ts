/** Iterations see a collection that changes under them exactly as native ones do, with and without a restore in between. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Iteration } from '../../src/frame-abi.ts';
import { CollectionIteration, iterate } from '../../src/runtime/iteration.ts';
import { enumerate } from '../../src/runtime/key-iteration.ts';

/** One step of a program: advance, or change the collection, or save and restore the iteration. */
type Step =
  | { readonly kind: 'next' | 'clear' | 'tell' | 'restore' }
  | { readonly kind: 'add' | 'remove'; readonly key: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'next' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('add' as const), key: fc.integer({ min: 0, max: 9 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), key: fc.integer({ min: 0, max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'tell' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'restore' as const }) },
);
const program = fc.record({
  first: fc.uniqueArray(fc.integer({ min: 0, max: 9 })),
  steps: fc.array(step, { maxLength: 40 }),
});

type Collection = Map<unknown, unknown> | Set<unknown>;

/** A collection with the same entries in the same order, as a restore makes it. */
function copyOf(collection: Collection): Collection {
  return collection instanceof Map ? new Map(collection) : new Set(collection);
}

function add(collection: Collection, key: number, value: number): void {
  if (collection instanceof Map) collection.set(key, value);
  else collection.add(key);
}

function checkProgram(make: () => Collection, first: readonly number[], steps: readonly Step[]): void {
  const native = make();
  let durable = make();
  for (const key of first) {
    add(native, key, 0);
    add(durable, key, 0);
  }
  const oracle = native[Symbol.iterator]();
  let iteration = iterate(durable) as CollectionIteration;
  let over = false;
  steps.forEach((each, time) => {
    switch (each.kind) {
      case 'next': {
        const expected = oracle.next();
        over ||= expected.done === true;
        expect(iteration.next()).toBe(!expected.done);
        if (!expected.done) expect(iteration.value).toEqual(expected.value);
        break;
      }
      case 'add':
        add(native, each.key, time);
        add(durable, each.key, time);
        break;
      case 'remove':
        native.delete(each.key);
        durable.delete(each.key);
        break;
      case 'clear':
        native.clear();
        durable.clear();
        break;
      case 'tell':
        iteration.position();
        break;
      case 'restore': {
        if (over) break;
        const position = iteration.position();
        durable = copyOf(durable);
        iteration = new CollectionIteration(durable);
        iteration.moveTo(position);
        break;
      }
    }
  });
}

describe('maps and sets', () => {
  test.each([
    ['Map', () => new Map<unknown, unknown>()],
    ['Set', () => new Set<unknown>()],
  ] as const)('%s under changes', (_name, make) => {
    fc.assert(
      fc.property(program, ({ first, steps }) => checkProgram(make, first, steps)),
      { numRuns: 1000 },
    );
  });

  test('subclass with its own iterator follows that', () => {
    class Doubled extends Set<number> {
      override *[Symbol.iterator](): SetIterator<number> {
        for (const value of super.values()) yield value * 2;
      }
    }
    expect(all(iterate(new Doubled([1, 2])))).toEqual([2, 4]);
  });
});

function all(iteration: Iteration): unknown[] {
  const values: unknown[] = [];
  while (iteration.next()) values.push(iteration.value);
  return values;
}

describe('arrays, strings and views', () => {
  test('an array that changes while it is iterated', () => {
    const change = fc.oneof(
      fc.constant('next'),
      fc.constant('push'),
      fc.constant('pop'),
      fc.constant('shift'),
      fc.constant('unshift'),
    );
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { maxLength: 5 }),
        fc.array(change, { maxLength: 30 }),
        (first, steps) => {
          const native = [...first];
          const durable = [...first];
          const oracle = native[Symbol.iterator]();
          const iteration = iterate(durable);
          steps.forEach((each, time) => {
            for (const array of [native, durable]) {
              if (each === 'push') array.push(time);
              else if (each === 'pop') array.pop();
              else if (each === 'shift') array.shift();
              else if (each === 'unshift') array.unshift(time);
            }
            if (each !== 'next') return;
            const expected = oracle.next();
            expect(iteration.next()).toBe(!expected.done);
            if (!expected.done) expect(iteration.value).toBe(expected.value);
          });
        },
      ),
    );
  });

  test('a string by code points, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const broken = `${text}\uD83D${text}\uDE00`;
        expect(all(iterate(broken))).toEqual(Array.from(broken));
      }),
    );
  });

  const hole: unknown[] = [1, 2, 3];
  Reflect.deleteProperty(hole, 1);
  function* generator(): Generator<number> {
    yield 1;
    yield 2;
  }

  test.each([
    ['holes', hole, [1, undefined, 3]],
    ['bytes', new Uint8Array([1, 2, 255]), [1, 2, 255]],
    ['big integers', new BigInt64Array([-1n, 5n]), [-1n, 5n]],
    ['a generator', generator(), [1, 2]],
    ['entries of a map', new Map([[1, 2]]).entries(), [[1, 2]]],
    ['keys of an array', ['a', 'b'].keys(), [0, 1]],
  ])('%s', (_name, iterable, expected) => {
    expect(all(iterate(iterable))).toEqual(expected);
  });

  test.each([undefined, null, 5, true, {}, Symbol.iterator])('%s is not iterable', (value) => {
    expect(() => iterate(value)).toThrow(TypeError);
  });

  test('arguments', () => {
    const list = (
      function () {
        return arguments;
      } as (...values: number[]) => IArguments
    )(1, 2);
    expect(all(iterate(list))).toEqual([1, 2]);
  });
});

describe('the iterator protocol', () => {
  /** An iterator that logs what is asked of it. */
  function logged(log: string[], result: unknown, ending: unknown = {}): Iterable<unknown> {
    return {
      [Symbol.iterator]: () =>
        ({
          next: () => (log.push('next'), result),
          return: () => {
            log.push('return');
            if (ending instanceof Error) throw ending;
            return ending;
          },
        }) as Iterator<unknown>,
    };
  }

  test('close calls return once', () => {
    const log: string[] = [];
    const iteration = iterate(logged(log, { done: false, value: 1 }));
    iteration.next();
    iteration.close();
    iteration.close();
    expect(log).toEqual(['next', 'return']);
  });

  test('nothing is closed at the end', () => {
    const log: string[] = [];
    const iteration = iterate(logged(log, { done: true }));
    expect(iteration.next()).toBe(false);
    iteration.close();
    expect(log).toEqual(['next']);
  });

  test('close lets the exception of return through, fail swallows it', () => {
    const log: string[] = [];
    const broken = new Error('broken');
    expect(() => iterate(logged(log, {}, broken)).close()).toThrow(broken);
    iterate(logged(log, {}, broken)).fail();
    expect(log).toEqual(['return', 'return']);
  });

  test('results must be objects', () => {
    expect(() => iterate(logged([], 5)).next()).toThrow(TypeError);
    expect(() => iterate(logged([], {}, 5)).close()).toThrow(TypeError);
    iterate(logged([], {}, 5)).fail();
  });
});

describe('for-in', () => {
  /** What a native for-in with the same changes visits. */
  function natively(object: object, each: (key: string) => void): string[] {
    const keys: string[] = [];
    for (const key in object) {
      keys.push(key);
      each(key);
    }
    return keys;
  }

  function durably(object: object, each: (key: string) => void): string[] {
    const keys: string[] = [];
    const iteration = enumerate(object);
    while (iteration.next()) {
      keys.push(iteration.value as string);
      each(iteration.value as string);
    }
    return keys;
  }

  test('keys that are deleted before their turn are skipped, new ones not visited', () => {
    const shape = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', '0', '1', '7'), fc.integer());
    fc.assert(
      fc.property(
        shape,
        shape,
        fc.array(fc.constantFrom('a', 'b', 'c', '0', '7', 'z')),
        (own, inherited, removed) => {
          const make = (): Record<string, unknown> =>
            Object.assign(Object.create({ ...inherited }) as object, own) as Record<string, unknown>;
          const changer = (object: Record<string, unknown>): (() => void) => {
            const queue = [...removed];
            return () => {
              const key = queue.shift();
              if (key !== undefined) Reflect.deleteProperty(object, key);
            };
          };
          const [one, two] = [make(), make()];
          expect(durably(two, changer(two))).toEqual(natively(one, changer(one)));
        },
      ),
    );
  });

  test('null, undefined and primitives', () => {
    expect(durably(undefined as never, () => undefined)).toEqual([]);
    expect(durably(null as never, () => undefined)).toEqual([]);
    expect(durably('ab' as never, () => undefined)).toEqual(['0', '1']);
    expect(durably(5 as never, () => undefined)).toEqual([]);
  });
});
