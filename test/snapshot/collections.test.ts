import { describe, expect, it } from 'vitest';
import { roundTrip } from './round-trip.ts';
import { closure, CONSTANT, Money } from './test-context.ts';

describe('Map and Set', () => {
  it('keeps any keys in order', () => {
    const key = { k: 1 };
    const map = new Map<unknown, unknown>([
      [key, 'object'],
      [NaN, 'nan'],
      [0, 'zero'],
      ['0', 'string'],
      [undefined, undefined],
      [Symbol.iterator, 1n],
      [[1], new Map([[key, key]])],
    ]);
    const back = roundTrip({ map, key });
    expect(back.map.get(back.key)).toBe('object');
    roundTrip(new Set<unknown>([key, NaN, 'a', 1n, new Set([key])]));
  });

  it('keeps cycles through keys and values', () => {
    const map = new Map<unknown, unknown>();
    map.set(map, map);
    const set = new Set<unknown>([map]);
    set.add(set);
    map.set('set', set);
    roundTrip(map);
  });

  it('keeps keys that are made late in their place', () => {
    const fn = closure(CONSTANT, 1);
    const map = new Map<unknown, unknown>([
      ['a', 1],
      [fn, 2],
      ['b', fn],
      [new Money(1n, 'EUR'), 3],
    ]);
    const back = roundTrip({ map, fn });
    expect(back.map.get(back.fn)).toBe(2);
    roundTrip(new Set<unknown>(['a', fn, 'b']));
  });

  it('keeps properties, prototypes and integrity', () => {
    const odd = Object.setPrototypeOf(new Map([[1, 2]]), { kind: 'odd' });
    roundTrip([Object.assign(new Map([[1, 2]]), { name: 'm' }), Object.freeze(new Set([1])), odd]);
    roundTrip(Object.setPrototypeOf(new Map([[1, 2]]), null));
    roundTrip(Object.setPrototypeOf(new Map([[1, 2]]), Object.prototype));
  });
});
