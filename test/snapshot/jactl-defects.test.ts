/** Defects of another checkpointing language that snapshots must not have. */
import { describe, expect, it } from 'vitest';
import { decode, encode, SnapshotError } from '../../src/snapshot/index.ts';
import { difference } from './deep-identity.ts';
import { closure, CONSTANT, context, Money } from './test-context.ts';

describe('defects elsewhere', () => {
  it('4: a state that cannot be encoded does not poison the next checkpoint', () => {
    const good = { list: [{ a: 1 }, { a: 2 }], text: 'text', map: new Map([['k', closure(CONSTANT, 'v')]]) };
    const before = Buffer.from(encode(good, context));
    const bad: unknown[] = [
      { shared: good.list[0], text: 'text', socket: new SharedArrayBuffer(8) },
      [good, Promise.resolve()],
      [new Uint8Array(5), Buffer.from('a'), new URL('http://x/'), Symbol('loose')],
      [new Money(1n, 'throw')],
    ];
    for (const value of bad) {
      expect(() => encode(value, context)).toThrow(SnapshotError);
      const bytes = encode(good, context);
      expect(before.equals(bytes)).toBe(true);
      expect(difference(good, decode(bytes, context), context)).toBeUndefined();
    }
  });

  it('4: an encode inside write() of a user type does not disturb the outer one', () => {
    const inner: Uint8Array[] = [];
    const type = {
      name: 'Money',
      write(value: object) {
        inner.push(encode({ amount: (value as Money).amount }, context));
        expect(() => encode(new SharedArrayBuffer(8), context)).toThrow(SnapshotError);
        return { amount: (value as Money).amount, currency: 'EUR', note: 'shared text' };
      },
      read: (data: unknown) => new Money((data as Money).amount, 'EUR', (data as Money).note),
    };
    const nested = { ...context, userTypeOf: () => type, userTypeNamed: () => type };
    const value = ['shared text', new Money(5n, 'EUR', 'shared text'), { a: 'shared text' }];
    const back = decode(encode(value, nested), nested) as unknown[];
    expect(back).toEqual(value);
    expect(decode(inner[0]!, context)).toEqual({ amount: 5n });
  });

  it('8: no single bit flip gives a different value', () => {
    const value = { amount: 100, fee: 5, names: ['a', 'b'], when: new Date(0), map: new Map([['k', 1.5]]) };
    const bytes = Uint8Array.from(encode(value, context));
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => decode(flipped, context)).toThrow(SnapshotError);
    }
  });

  it('10: a map finds its object and list keys again, whatever is declared first', () => {
    const key = { id: 1 };
    const list = [1, 2];
    const map = new Map<unknown, string>([
      [key, 'object'],
      [list, 'list'],
    ]);
    for (const value of [
      { map, key, list },
      { key, list, map },
    ]) {
      const back = decode(encode(value, context), context) as typeof value;
      expect(back.map.get(back.key)).toBe('object');
      expect(back.map.get(back.list)).toBe('list');
    }
  });

  it('11: nesting is not limited by the stack, strings are not limited by their alphabet', () => {
    let list: unknown[] = [];
    for (let depth = 0; depth < 10_000; depth++) list = [list];
    expect(difference(list, decode(encode(list, context), context), context)).toBeUndefined();
    for (let length = 4000; length <= 8950; length += 50) {
      const text = '漢'.repeat(length);
      expect(decode(encode(text, context), context)).toBe(text);
    }
  });
});
