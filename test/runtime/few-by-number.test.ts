import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FewByNumber } from '../../src/runtime/few-by-number.ts';

type Change = readonly ['set', number, string] | readonly ['delete', number];

const number = fc.nat(5);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.constant('set' as const), number, fc.string()),
  fc.tuple(fc.constant('delete' as const), number),
);

test('holds what a Map holds, in the same order (property)', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const few = new FewByNumber<string>();
      const map = new Map<number, string>();
      for (const [what, at, value] of changes) {
        if (what === 'set') {
          few.set(at, value);
          map.set(at, value);
        } else {
          few.delete(at);
          map.delete(at);
        }
        expect(few.size).toBe(map.size);
        expect(few.numbers()).toEqual([...map.keys()]);
        expect(few.values()).toEqual([...map.values()]);
        for (let each = 0; each <= 5; each++) expect(few.get(each)).toBe(map.get(each));
      }
    }),
  );
});

test('what was listed before a change stays as it was', () => {
  const few = new FewByNumber<string>();
  few.set(3, 'a');
  few.set(7, 'b');
  const before = few.numbers();
  few.delete(3);
  few.set(3, 'c');
  expect(before).toEqual([3, 7]);
  expect(few.numbers()).toEqual([7, 3]);
  expect(few.values()).toEqual(['b', 'c']);
});
