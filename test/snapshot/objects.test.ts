import { describe, expect, it } from 'vitest';
import { encode } from '../../src/snapshot/index.ts';
import { roundTrip } from './round-trip.ts';
import { ADDER, Box, closure, CONFIG, CONSTANT, context, COUNTER, UNSET } from './test-context.ts';

describe('plain objects', () => {
  it('keeps keys in order, also integer-like ones', () => {
    roundTrip({ b: 1, a: 2, 10: 'ten', 2: 'two', '-1': 0, '': 'empty', 漢: 1, '01': 1 });
  });

  it('keeps identity, sharing and cycles', () => {
    const shared = { x: 1 };
    const value: any = { a: shared, b: shared, list: [shared] };
    value.self = value;
    value.list.push(value.list, value);
    roundTrip(value);
  });

  it('writes repeated key lists once', () => {
    const make = (id: number): object => ({ identifier: id, description: 'd', quantity: 1 });
    const one = encode([make(1)], context).length;
    const three = encode([make(1), make(2), make(3)], context).length;
    expect(three - one).toBeLessThanOrEqual(2 * 5);
  });

  it('keeps shapes apart that begin alike', () => {
    roundTrip([{ a: 1 }, { a: 1, b: 2 }, { a: 1, c: 2 }, {}, { b: 1, a: 2 }, { a: 1, b: 3 }]);
  });

  it('keeps objects with very many keys', () => {
    roundTrip(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key${index}`, index])));
    roundTrip(Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`key${index}`, index])));
    roundTrip(Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`key${index}`, index])));
  });

  it('keeps __proto__ as an own key', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}, "a": 1}') as object;
    const back = roundTrip(value);
    expect(Object.hasOwn(back, '__proto__')).toBe(true);
    expect(({} as any).polluted).toBeUndefined();
    const many = JSON.parse(`{"__proto__": 1${',"k":1'}}`) as object;
    for (let index = 0; index < 80; index++) (many as any)[`k${index}`] = index;
    roundTrip(many);
  });

  it('keeps null prototypes', () => {
    const value = Object.assign(Object.create(null), { a: 1, ['__proto__']: 2 });
    roundTrip([value, Object.create(null)]);
  });

  it('keeps prototypes that are objects of the script', () => {
    const base = { greet: 'hello' };
    const derived = Object.create(base, { own: { value: 1, enumerable: true } });
    const back = roundTrip([derived, base, Object.create(derived)]);
    expect(back[0].greet).toBe('hello');
  });

  it('keeps prototypes that are built-in', () => {
    roundTrip([
      Object.create(Map.prototype),
      Object.create(Array.prototype),
      Object.create(Function.prototype === null ? null : Error.prototype),
    ]);
  });

  it('keeps symbol keys', () => {
    roundTrip({ a: 1, [Symbol.for('k')]: { b: 1 }, [Symbol.toStringTag]: 'Tagged', [UNSET]: 2 });
  });

  it('keeps attributes', () => {
    const value = Object.defineProperties(
      { first: 1 },
      {
        hidden: { value: 2, enumerable: false, writable: true, configurable: true },
        fixed: { value: 3, enumerable: true, writable: false, configurable: true },
        stuck: { value: 4, enumerable: true, writable: true, configurable: false },
        all: { value: 5 },
        last: { value: 6, enumerable: true, writable: true, configurable: true },
      },
    );
    roundTrip(value);
  });

  it('keeps accessors without running them', () => {
    const box = new Box(1);
    const get = closure(COUNTER, box);
    const set = closure(ADDER, box);
    const value = {};
    Object.defineProperty(value, 'both', { get, set, enumerable: true, configurable: true });
    Object.defineProperty(value, 'get', { get, enumerable: false, configurable: false });
    Object.defineProperty(value, 'set', { set, enumerable: true, configurable: true });
    Object.defineProperty(value, 'none', { set: undefined as never, enumerable: true, configurable: true });
    const back: any = roundTrip(value);
    expect(box.v).toBe(1);
    expect(back.both).toBe(2);
    back.set = 10;
    expect(back.both).toBe(13);
  });

  it('keeps integrity levels', () => {
    const accessor = Object.defineProperty({ a: 1 }, 'b', { get: closure(CONSTANT, 1), enumerable: true });
    roundTrip([
      Object.freeze({ a: 1, b: { c: 1 } }),
      Object.seal({ a: 1 }),
      Object.preventExtensions({ a: 1 }),
      Object.freeze({}),
      Object.freeze(accessor),
      Object.freeze(Object.assign(Object.create(null), { [Symbol.for('k')]: 1 })),
      Object.preventExtensions(Object.defineProperty({}, 'x', { value: 1, writable: true })),
    ]);
  });

  it('keeps frozen cycles', () => {
    const a: any = { name: 'a' };
    const b: any = { name: 'b', a };
    a.b = b;
    Object.freeze(a);
    Object.freeze(b);
    roundTrip(a);
  });

  it('finds named objects again', () => {
    const back = roundTrip({ config: CONFIG, again: CONFIG, math: Math });
    expect(back.config).toBe(CONFIG);
    expect(back.math).toBe(Math);
  });

  it('keeps built-in prototypes as what they are', () => {
    expect(roundTrip([Object.prototype, Map.prototype])[1]).toBe(Map.prototype);
  });

  it('keeps arguments objects', () => {
    const make = function (..._args: unknown[]): IArguments {
      return arguments;
    };
    const odd: any = make(1);
    delete odd[Symbol.iterator];
    odd.extra = 1;
    const short: any = make('a', 'b');
    short.length = 1;
    const back = roundTrip([make(1, { a: 1 }), odd, short, Object.freeze(make(1))]);
    expect([...(back[0] as IArguments)]).toEqual([1, { a: 1 }]);
  });
});
