import { describe, expect, it } from 'vitest';
import { encode } from '../../src/snapshot/index.ts';
import { roundTrip } from './round-trip.ts';
import { Box, closure, CONSTANT, context, COUNTER } from './test-context.ts';

describe('arrays', () => {
  it('keeps elements and nested arrays', () => {
    roundTrip([[], [1], [[1, 2], [3]], [undefined, null, undefined]]);
  });

  it('keeps holes', () => {
    // oxlint-disable-next-line no-sparse-arrays
    const back = roundTrip([1, , 3, , ,]);
    expect(1 in back).toBe(false);
    expect(back.length).toBe(5);
    roundTrip(Array.from({ length: 0 }));
    const empty: unknown[] = [];
    empty.length = 50;
    roundTrip(empty);
    const long: number[] = [];
    for (let index = 0; index < 1000; index += 2) long[index] = index;
    roundTrip(long);
  });

  it('keeps sparse arrays small', () => {
    const sparse: unknown[] = [];
    sparse[1_000_000] = 'far';
    sparse[4_294_967_294] = 'last';
    sparse[7] = { a: 1 };
    roundTrip(sparse);
    const empty: unknown[] = [];
    empty.length = 4_294_967_295;
    roundTrip(empty);
    expect(encode(sparse, context).length).toBeLessThan(100);
  });

  it('keeps further properties', () => {
    const match = /(?<x>a)/.exec('bab');
    roundTrip([match, Object.assign([1, 2], { name: 'list', [Symbol.for('s')]: 1, '-1': 0, '01': 1 })]);
    const long = Object.assign(
      Array.from({ length: 500 }, (_, index) => index),
      { name: 'long' },
    );
    roundTrip(long);
    const hidden = Array.from({ length: 500 }, (_, index) => index);
    Object.defineProperty(hidden, 'hidden', { value: 1 });
    roundTrip(hidden);
    roundTrip(Array.from({ length: 500 }, (_, index) => ({ index })));
  });

  it('keeps attributes of elements and length', () => {
    const odd = [1, 2, 3];
    const box = new Box(0);
    Object.defineProperty(odd, 1, { get: closure(COUNTER, box), enumerable: true, configurable: true });
    Object.defineProperty(odd, 2, { value: 3, writable: false, enumerable: true, configurable: true });
    const fixed = [1, 2];
    Object.defineProperty(fixed, 'length', { writable: false });
    roundTrip([odd, fixed, Object.freeze([1, [2]]), Object.seal([1]), Object.preventExtensions([1, 2])]);
    expect(box.v).toBe(0);
  });

  it('keeps frozen sparse arrays and template objects', () => {
    const tag = (parts: TemplateStringsArray, ..._values: unknown[]): TemplateStringsArray => parts;
    const sparse: unknown[] = [];
    sparse[5000] = 1;
    roundTrip([tag`a${1}b`.raw, tag`a${1}b`, Object.freeze(sparse)]);
  });

  it('keeps elements that are made late in their place', () => {
    roundTrip([1, closure(CONSTANT, 2), 3, [closure(CONSTANT, 4), 5]]);
  });

  it('keeps arrays with another prototype', () => {
    roundTrip([Object.setPrototypeOf([1, 2], null), Object.setPrototypeOf([1], { a: 1 })]);
    roundTrip(Object.setPrototypeOf(Array.from({ length: 100 }), null));
  });
});
