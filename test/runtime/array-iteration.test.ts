/** Arrays, typed arrays and objects with a length that change while they are iterated; the native iterator is the oracle. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callForm } from '../../src/runtime/built-in-forms.ts';
import { iterate } from '../../src/runtime/iteration.ts';
import '../../src/runtime/live-iterator.ts';
import { graphRestorer } from './graph-restore.ts';

const restore = graphRestorer({});

interface World {
  target: any;
  iterators: Iterator<unknown>[];
}

function attempt(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return String(error);
  }
}

function compare(
  make: () => unknown,
  change: (target: any, kind: string, by: number) => void,
  steps: readonly (readonly [kind: string, by: number])[],
): void {
  const open = (target: any, durable: boolean): World => ({
    target,
    iterators: ['values', 'keys', 'entries', 'values'].map((name) => {
      const { prototype } = ArrayBuffer.isView(target) ? Object.getPrototypeOf(Uint8Array) : Array;
      const method = prototype[name] as Function;
      return (
        durable ? callForm(method, target, []) : Reflect.apply(method, target, [])
      ) as Iterator<unknown>;
    }),
  });
  const native = open(make(), false);
  let durable = open(make(), true);
  const over = new Set<number>();
  for (const [kind, by] of steps) {
    if (kind === 'next') {
      const index = by % native.iterators.length;
      if (over.has(index)) continue;
      const expected = attempt(() => native.iterators[index]!.next());
      expect(attempt(() => durable.iterators[index]!.next())).toEqual(expected);
      // V8 lets an iterator that has ended go on when its typed array grows. ECMA-262 does not, and neither do we.
      if (ArrayBuffer.isView(native.target) && (expected as IteratorResult<unknown>).done === true)
        over.add(index);
    } else if (kind === 'restore') durable = restore(durable);
    else for (const { target } of [native, durable]) change(target, kind, by);
  }
}

const steps = (kinds: readonly string[]): fc.Arbitrary<readonly (readonly [string, number])[]> =>
  fc.array(
    fc.tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant('next') },
        { weight: 1, arbitrary: fc.constant('restore') },
        { weight: 3, arbitrary: fc.constantFrom(...kinds) },
      ),
      fc.integer({ min: 0, max: 9 }),
    ),
    { maxLength: 40, size: 'max' },
  );

describe('iterators of what has a length', () => {
  test('arrays', () => {
    const change = (list: unknown[], kind: string, by: number): void => {
      if (kind === 'push') list.push(by);
      else if (kind === 'shift') list.shift();
      else if (kind === 'unshift') list.unshift(by, by);
      else if (kind === 'splice') list.splice(by, by % 3, 'new');
      else if (kind === 'length') list.length = by;
      else if (kind === 'delete') Reflect.deleteProperty(list, by);
      else if (kind === 'reverse') list.reverse();
    };
    const kinds = ['push', 'shift', 'unshift', 'splice', 'length', 'delete', 'reverse'];
    fc.assert(fc.property(steps(kinds), (program) => compare(() => [1, 2, 3], change, program)));
  });

  test('typed arrays over a buffer that is resized', () => {
    const make = (offset: number, length: number | undefined) => (): unknown => {
      const bytes = new ArrayBuffer(8, { maxByteLength: 16 });
      const view = new Uint16Array(bytes, offset, length);
      view.set([1, 2, 3].slice(0, view.length));
      return view;
    };
    const change = (view: Uint16Array<ArrayBuffer>, kind: string, by: number): void => {
      if (kind === 'resize') view.buffer.resize(by + 2);
      else if (kind === 'fill') Reflect.set(view, by, by + 1);
    };
    fc.assert(
      fc.property(
        fc.constantFrom([0, undefined], [2, undefined], [0, 3], [4, 2], [8, undefined]),
        // A view out of bounds cannot be saved.
        steps(['resize', 'fill']).map((list) => list.filter(([kind]) => kind !== 'restore')),
        ([offset, length], program) => compare(make(offset!, length), change, program),
      ),
    );
    fc.assert(
      fc.property(steps(['resize', 'fill']), (program) => compare(make(0, undefined), change, program)),
    );
  });

  test('a typed array whose buffer is detached', () => {
    const view = new Uint8Array(4);
    const iterator = callForm(Reflect.get(view, 'values') as Function, view, []) as Iterator<number>;
    const native = view.values();
    const loop = iterate(view);
    iterator.next();
    native.next();
    loop.next();
    structuredClone(null, { transfer: [view.buffer] });
    const expected = attempt(() => native.next());
    expect(expected).toContain('TypeError');
    expect(attempt(() => iterator.next())).toBe(expected);
    expect(attempt(() => loop.next())).toBe(expected);
    expect(attempt(() => iterate(view))).toBe(attempt(() => [...view]));
  });

  test('objects with any length', () => {
    const lengths = fc.constantFrom<unknown>(2.5, -1, '2', '', null, undefined, NaN, 3, true, {}, [2]);
    fc.assert(
      fc.property(lengths, steps(['length', 'fill']), (length, program) =>
        compare(
          () => ({ length, 0: 'a', 1: 'b', 2: 'c' }),
          (target: Record<PropertyKey, unknown>, kind, by) => {
            if (kind === 'length') target['length'] = by / 2;
            else target[by] = by;
          },
          program,
        ),
      ),
    );
  });

  test('an element is looked up only where it is given', () => {
    const looked: string[] = [];
    const list = new Proxy(['a', 'b'], {
      get: (target, key) => (looked.push(String(key)), Reflect.get(target, key)),
    });
    const run = (call: (method: Function) => Iterator<unknown>): string[] => {
      looked.length = 0;
      for (const method of [Array.prototype.keys, Array.prototype.entries]) {
        const iterator = call(method);
        while (!iterator.next().done) looked.push('-');
      }
      return [...looked];
    };
    const native = run((method) => Reflect.apply(method, list, []) as Iterator<unknown>);
    expect(run((method) => callForm(method, list, []) as Iterator<unknown>)).toEqual(native);
  });
});
