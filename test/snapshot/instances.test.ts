import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../src/snapshot/index.ts';
import { roundTrip } from './round-trip.ts';
import {
  Animal,
  Box,
  closure,
  CONSTANT,
  context,
  Dog,
  Failure,
  FakePromise,
  frame,
  Ids,
  List,
  Moment,
  Money,
  Pattern,
  Registry,
  Samples,
  observer,
} from './test-context.ts';

describe('instances and records', () => {
  it('keeps fields, private fields and identity', () => {
    const rex = new Dog('Rex', { chip: 1 });
    const back = roundTrip([rex, rex, new Animal('Cat', rex)]);
    expect(back[0]!.secret).toEqual({ chip: 1 });
    expect(back[2]!.secret).toBe(back[0]);
    expect(back[0]).toBeInstanceOf(Dog);
  });

  it('runs no setters of the class', () => {
    const dog = new Dog('Rex');
    Object.defineProperty(dog, 'tricks', {
      value: closure(CONSTANT, 1),
      writable: true,
      enumerable: true,
      configurable: true,
    });
    expect((roundTrip(dog) as any).tricks()).toBe(1);
  });

  it('keeps private fields that are made late', () => {
    expect((roundTrip(new Dog('Rex', closure(CONSTANT, 3))).secret as any)()).toBe(3);
  });

  it('keeps subclasses of built-in classes', () => {
    const registry = new Registry([['a', 1]]);
    registry.set(registry, closure(CONSTANT, 1));
    const failure = new Failure('broken', { cause: registry });
    failure.detail = [failure];
    const pattern = new Pattern('a+', 'g');
    pattern.lastIndex = 3;
    const list = new List();
    list.push(1, registry);
    const back = roundTrip([
      registry,
      failure,
      pattern,
      list,
      new Ids([1, 2]),
      new Moment(5),
      new Samples([0.1, 2]),
    ]);
    expect(back[0]).toBeInstanceOf(Registry);
    expect(back[6]).toBeInstanceOf(Samples);
    expect((back[1] as Failure).cause).toBe(back[0]);
    roundTrip(Object.freeze(new Dog('Ice', 1)));
  });

  it('keeps records and their cycles', () => {
    const promise = new FakePromise();
    const outer = frame('main', 3, { total: 1, list: [1], promise });
    promise.waiters.push(outer, closure(CONSTANT, outer));
    roundTrip(outer);
    roundTrip(new Box(new Box(promise)));
  });

  it('gives read() of a user type its data completely restored', () => {
    const seen: any[] = [];
    observer.onRead = (restored) => seen.push(structuredClone(restored));
    const note: any = {
      list: [1, new Map([['k', new Set([1])]])],
      inner: Object.freeze({ at: new Date(5) }),
    };
    note.self = note;
    roundTrip([new Money(5n, 'EUR', note), note]);
    observer.onRead = undefined;
    expect(seen).toHaveLength(1);
    expect(seen[0].inner.at.getTime()).toBe(5);
    expect(seen[0].list[1].get('k').has(1)).toBe(true);
    expect(seen[0].self).toBe(seen[0]);
  });

  it('restores user types inside user types first', () => {
    const inner = new Money(1n, 'EUR', [closure(CONSTANT, 7)]);
    const outer = new Money(2n, 'EUR', { inner, map: new Map([[inner, 1]]) });
    const back = roundTrip({ a: outer, b: inner, fn: closure(CONSTANT, outer), box: new Box(outer) }) as any;
    expect(back.a.note.inner).toBe(back.b);
    expect(back.a.note.map.get(back.b)).toBe(1);
    expect(back.fn()).toBe(back.a);
    expect(back.b.note[0]()).toBe(7);
  });

  it('restores user types after a larger snapshot has been written', () => {
    roundTrip(Array.from({ length: 50 }, (_, index) => [{ index }]));
    roundTrip([new Money(1n, 'EUR', { note: [1] })]);
  });

  it('restores long chains of user types', () => {
    let money = new Money(0n, 'EUR');
    for (let depth = 1; depth < 20_000; depth++) money = new Money(BigInt(depth), 'EUR', { next: money });
    let at: any = decode(encode(money, context), context);
    let count = 0;
    for (; at !== undefined; at = at.note?.next) count++;
    expect(count).toBe(20_000);
  });
});
