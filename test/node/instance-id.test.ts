import { decodeTime, isValid } from 'ulid';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newInstanceId, requestInstanceId } from '../../src/node/instance-id.ts';

test('new ids are ULIDs of the given time, and differ', () => {
  const ids = Array.from({ length: 1000 }, () => newInstanceId(1_700_000_000_000, randomBytes));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect([isValid(id), decodeTime(id)]).toEqual([true, 1_700_000_000_000]);
});

test('the same random bytes give the same id', () => {
  const bytes = (): Uint8Array => Uint8Array.from({ length: 16 }, (_, index) => index * 17);
  expect(newInstanceId(5, bytes)).toBe(newInstanceId(5, bytes));
});

test('ids of requests are the same everywhere, and those of different requests differ (property)', () => {
  expect(requestInstanceId('payment', 'p-1')).toBe('0SSS194N66JBH9P3QJDQZS66G4');
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
      const [one, two] = [requestInstanceId(a, b), requestInstanceId(c, d)];
      expect(one).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
      expect(one === two).toBe(
        a.toWellFormed() === c.toWellFormed() && b.toWellFormed() === d.toWellFormed(),
      );
    }),
  );
  expect(requestInstanceId('ab', 'c')).not.toBe(requestInstanceId('a', 'bc'));
  expect(requestInstanceId('a:', 'c')).not.toBe(requestInstanceId('a', ':c'));
});
