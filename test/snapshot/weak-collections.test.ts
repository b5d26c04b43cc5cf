/** Entries of weak collections are saved exactly when something else holds their keys. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, type HostType, SnapshotError } from '../../src/snapshot/index.ts';
import { Box, closure, CONSTANT, context, frame, Money } from './test-context.ts';

const roundTrip = <T>(value: T, among = context): T =>
  decode(Uint8Array.from(encode(value, among)), among) as T;

describe('WeakMap and WeakSet', () => {
  it('keep the entries whose keys are held', () => {
    const key = { k: 1 };
    const map = new WeakMap<object, unknown>([
      [key, ['v']],
      [{ lost: true }, 'lost'],
    ]);
    const back = roundTrip({ map, key, set: new WeakSet([key]) });
    expect(back.map.get(back.key)).toEqual(['v']);
    expect(back.set.has(back.key)).toBe(true);
    expect(back.map.has(key)).toBe(false);
  });

  it('need no bytes for entries that nobody can ask for', () => {
    const empty = encode(new WeakMap(), context).length;
    expect(encode(new WeakMap([[{}, 'x'.repeat(1000)]]), context).length).toBe(empty);
  });

  it('follow values to further keys, whichever map comes first', () => {
    const random = fc.record({
      edges: fc.array(fc.tuple(fc.nat(3), fc.nat(11), fc.nat(11)), { maxLength: 40 }),
      roots: fc.array(fc.nat(11), { minLength: 1, maxLength: 4 }),
      order: fc.boolean(),
    });
    fc.assert(
      fc.property(random, ({ edges, roots, order }) => {
        const nodes = Array.from({ length: 12 }, (_, id) => ({ id }));
        const maps = Array.from({ length: 4 }, () => new WeakMap<object, { id: number }>());
        for (const [map, from, to] of edges) maps[map]!.set(nodes[from]!, nodes[to]!);
        const held = roots.map((root) => nodes[root]!);
        const back = roundTrip(order ? { maps, held } : { held, maps });
        // What can be reached, by the original maps and by the restored ones, is the same graph.
        const pairs = held.map((node, index): [object, object] => [node, back.held[index]!]);
        const twin = new Map<object, object>();
        for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
          const [left, right] = pair;
          if (twin.has(left)) {
            expect(twin.get(left)).toBe(right);
            continue;
          }
          twin.set(left, right);
          expect(right).toEqual(left);
          maps.forEach((map, index) => {
            const value = map.get(left);
            const restored = back.maps[index]!.get(right);
            expect(restored === undefined).toBe(value === undefined);
            if (value !== undefined) pairs.push([value, restored!]);
          });
        }
      }),
      { numRuns: 400 },
    );
  });

  it('take closures and registered classes as keys and values', () => {
    const fn = closure(CONSTANT, new Box(1));
    const money = new Money(5n, 'EUR');
    const map = new WeakMap<object, object>([
      [fn, money],
      [money, fn],
    ]);
    const back = roundTrip({ map, fn });
    expect(back.map.get(back.fn)).toBeInstanceOf(Money);
    expect(back.map.get(back.map.get(back.fn)!)).toBe(back.fn);
  });

  it('say where a value is that cannot be saved', () => {
    const key = { k: 1 };
    const held = frame('settle', 14, {
      notes: new WeakMap([[key, { socket: new SharedArrayBuffer(1) }]]),
      key,
    });
    expect(() => encode(held, context)).toThrow(
      'payments.ts:14 settle(): local "notes" ->  (value of a weak collection).socket is a SharedArrayBuffer',
    );
  });

  it('bring no value with them whose key is not held, even one that cannot be saved', () => {
    expect(() => roundTrip(new WeakMap([[{}, new SharedArrayBuffer(1)]]))).not.toThrow();
  });

  it('are refused in bytes that put an entry elsewhere', () => {
    const key = {};
    const bytes = encode([new WeakMap([[key, 1]]), key], context);
    expect(() => decode(bytes.subarray(0, bytes.length - 1), context)).toThrow(SnapshotError);
  });
});

describe('Proxy', () => {
  const made = new WeakMap<object, readonly [object, object]>();
  const make = (target: object, handler: object): any => {
    const proxy = new Proxy(target, handler);
    made.set(proxy, [target, handler]);
    return proxy;
  };
  const proxyType: HostType = {
    name: 'Proxy',
    prototype: undefined,
    is: (value) => made.has(value),
    parts: (value) => made.get(value)!,
    make: ([target, handler]) => make(target as object, handler as object),
  };
  const among = { ...context, proxyType };

  it('is made again without calling a trap, wherever it is held', () => {
    const calls: string[] = [];
    const trace = new Proxy({}, { get: (_target, name) => void calls.push(String(name)) });
    const handler = Object.create(null) as object;
    const proxy = make({ a: 1 }, handler);
    const callable = make(closure(CONSTANT, 7), handler);
    const value = {
      proxy,
      list: [proxy],
      map: new Map([[proxy, callable]]),
      inherits: Object.create(proxy),
      weak: new WeakMap([[proxy, 1]]),
    };
    const bytes = Uint8Array.from(encode(value, among));
    const back = decode(bytes, among) as typeof value;
    expect(back.list[0]).toBe(back.proxy);
    expect(back.map.get(back.proxy)()).toBe(7);
    expect(back.inherits.a).toBe(1);
    expect(back.weak.get(back.proxy)).toBe(1);
    expect(calls).toEqual([]);
    expect(() => encode(trace, among)).toThrow('a Proxy made by native code');
  });

  it('may be its own handler or target of another', () => {
    const handler: any = {};
    const inner = make({ n: 1 }, handler);
    handler.inner = inner;
    const outer = make(inner, handler);
    const back = roundTrip({ outer, handler }, among);
    expect(back.outer.n).toBe(1);
    expect(back.handler.inner.n).toBe(1);
  });
});
