import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../src/snapshot/index.ts';
import { roundTrip } from './round-trip.ts';
import {
  ADDER,
  ASYNC,
  BOUND,
  Box,
  CALLER,
  closure,
  CONSTANT,
  context,
  COUNTER,
  DYNAMIC_CLASS,
  GENERATOR,
  imported,
} from './test-context.ts';

describe('functions', () => {
  it('keeps what closures share', () => {
    const box = new Box(5);
    const back = roundTrip({ count: closure(COUNTER, box), add: closure(ADDER, box) });
    expect(back.count()).toBe(6);
    expect(back.add(10)).toBe(16);
    expect(back.count()).toBe(17);
    expect(box.v).toBe(5);
  });

  it('keeps identity and chains of closures', () => {
    const inner = closure(CONSTANT, 'deep');
    const back = roundTrip([closure(CALLER, closure(CALLER, inner)), inner]);
    expect(back[0]()).toBe('deep');
  });

  it('keeps closures that refer to themselves through a box', () => {
    const box = new Box();
    box.v = closure(CALLER, closure(COUNTER, box));
    roundTrip(box);
    roundTrip(box.v);
  });

  it('keeps long chains of closures', () => {
    let fn = closure(CONSTANT, 1);
    for (let depth = 0; depth < 20_000; depth++) fn = closure(CALLER, fn);
    const back = decode(encode(fn, context), context) as object;
    expect(context.closureOf(back)?.code).toBe(CALLER);
  });

  it('keeps async functions, generator functions and bound functions', () => {
    const target = closure(ADDER, new Box(1));
    const back = roundTrip([
      closure(ASYNC, new Box(1)),
      closure(GENERATOR),
      closure(BOUND, target, null, 5),
      target,
    ]);
    expect(back[2]()).toBe(6);
    expect([...back[1]()]).toEqual([1]);
    expect(back[2].name).toBe('bound ');
  });

  it('keeps own properties and attributes', () => {
    const plain = Object.assign(closure(COUNTER, new Box(1)), { calls: 3, [Symbol.for('k')]: [1] });
    const renamed = Object.defineProperty(closure(CONSTANT, 1), 'name', { value: 'other' });
    const odd = Object.defineProperty(closure(CONSTANT, 1), 'length', { value: 7, writable: true });
    const bare = closure(CONSTANT, 1);
    delete bare.name;
    delete bare.length;
    roundTrip([
      plain,
      renamed,
      odd,
      bare,
      Object.freeze(closure(CONSTANT, 1)),
      Object.setPrototypeOf(closure(CONSTANT, 1), null),
    ]);
  });

  it('keeps prototype objects of functions used as constructors', () => {
    const Old = closure(CONSTANT, undefined);
    Old.prototype.greet = closure(CONSTANT, 'hi');
    const back = roundTrip([new Old(), Old, Object.create(Old.prototype)]);
    expect(back[0]).toBeInstanceOf(back[1]);
    expect(back[0].greet()).toBe('hi');
    const Replaced = closure(CONSTANT, undefined);
    Replaced.prototype = { kind: 'replaced' };
    roundTrip([new Replaced(), Replaced]);
  });

  it('keeps instances of a class that is itself a closure', () => {
    const Dynamic = closure(DYNAMIC_CLASS);
    const instance = new Dynamic();
    const back = decode(encode([instance, Dynamic, new Dynamic()], context), context) as any[];
    expect(back[0]).toBeInstanceOf(back[1]);
    expect(back[2].hello()).toBe('hello dynamic');
    expect(Object.getPrototypeOf(back[0])).toBe(back[1].prototype);
  });

  it('finds named functions and built-ins again', () => {
    const back = roundTrip([imported, Array.prototype.values, imported]);
    expect(back[0]).toBe(imported);
  });
});
