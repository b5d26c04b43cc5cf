import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requestHash } from '../../src/store/sqlite/key-hash.ts';
import { RequestFilter, type RequestTables } from '../../src/store/sqlite/request-filter.ts';

const numbersOf = (prefix: string, count: number): number[] =>
  Array.from({ length: count }, (_, index) => requestHash('payments', `${prefix}-${index}`));

/** Tables that hold these numbers; `during` is called while they are read. */
function tablesOf(
  live: readonly number[],
  results: readonly number[],
  during: () => void = () => {},
): RequestTables {
  const ascending = [...new Set(results)].toSorted((a, b) => a - b);
  return {
    count: async () => live.length + results.length,
    live: async () => {
      during();
      return Float64Array.from(live);
    },
    results: async (after, limit) => {
      during();
      return Float64Array.from(ascending.filter((number) => number > after).slice(0, limit));
    },
  };
}

const number = fc.oneof(
  fc.string().map((text) => requestHash('payments', text)),
  fc.integer({ min: 1, max: 2 ** 52 }),
  fc.constantFrom(1, 2 ** 32, 2 ** 32 + 1, 2 ** 52),
);

it('never lacks a number that the tables held or that was added, before, while or after they were read (property)', async () => {
  const numbers = fc.array(number, { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(numbers, numbers, numbers, numbers, async (live, results, added, later) => {
      const filter = new RequestFilter();
      const waiting = [...added];
      const known = [...live, ...results];
      for (let round = 0; round < 3; round++) {
        await filter.fill(
          tablesOf(live, results, () => {
            const next = waiting.pop();
            if (next === undefined) return;
            filter.add(next);
            known.push(next);
          }),
        );
        // What was added in an earlier round is in the tables by the next one.
        live = known.slice();
        expect(known.filter((one) => filter.lacks(one))).toEqual([]);
      }
      for (const one of later) filter.add(one);
      expect([...known, ...later].filter((one) => filter.lacks(one))).toEqual([]);
    }),
  );
});

it('lacks nothing before it was filled', () => {
  const filter = new RequestFilter();
  expect(filter.isDue).toBe(true);
  expect(filter.lacks(1)).toBe(false);
});

it('lacks nearly all numbers that nobody has, and is filled again with more room when they become many', async () => {
  const filter = new RequestFilter();
  const has = numbersOf('has', 30_000);
  await filter.fill(tablesOf(has.slice(0, 10_000), has.slice(10_000)));
  const others = numbersOf('other', 20_000);
  const wronglyKnown = (): number => others.filter((one) => !filter.lacks(one)).length;
  expect(wronglyKnown()).toBeLessThan(600);
  expect(filter.isDue).toBe(false);
  const more = numbersOf('more', 300_000);
  for (const one of more) filter.add(one);
  expect(filter.isDue).toBe(true);
  await filter.fill(tablesOf(has, more));
  expect(filter.isDue).toBe(false);
  expect(wronglyKnown()).toBeLessThan(600);
  expect([...has, ...more].some((one) => filter.lacks(one))).toBe(false);
});

it('forgets what has gone when that is the greater part', async () => {
  const filter = new RequestFilter();
  const gone = numbersOf('gone', 60_000);
  await filter.fill(tablesOf([], gone));
  filter.removed(gone.length);
  expect(filter.isDue).toBe(true);
  const left = numbersOf('left', 10);
  await filter.fill(tablesOf(left, []));
  expect(gone.filter((one) => !filter.lacks(one)).length).toBeLessThan(600);
  expect(left.some((one) => filter.lacks(one))).toBe(false);
});

it('keeps what it knew when the tables cannot be read, and tries no more', async () => {
  const filter = new RequestFilter();
  const [first, second, third] = numbersOf('r', 3) as [number, number, number];
  await filter.fill(tablesOf([first], []));
  await filter.fill({
    ...tablesOf([], []),
    results: () => {
      filter.add(second);
      return Promise.reject(new Error('the disk is gone'));
    },
  });
  expect([first, second].some((one) => filter.lacks(one))).toBe(false);
  expect(filter.lacks(third)).toBe(true);
  expect(filter.isDue).toBe(false);
});
