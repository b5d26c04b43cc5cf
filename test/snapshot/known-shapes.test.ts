/** Lists of keys outlive a snapshot on both sides: what was read or written before must change neither bytes nor values. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../src/snapshot/crc32c.ts';
import { decode, encode, SnapshotError } from '../../src/snapshot/index.ts';
import { CODE_HASH, context } from './test-context.ts';
import { roundTrip } from './round-trip.ts';

const HEADER = 6 + CODE_HASH.length / 2;

/** An object with these keys in this order as far as the language allows, among them `__proto__`. */
function withKeys(keys: readonly string[]): object {
  const object = {};
  keys.forEach((key, value) =>
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true }),
  );
  return object;
}

function withChecksum(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(bytes.length + 4);
  whole.set(bytes);
  new DataView(whole.buffer).setUint32(bytes.length, crc32c(bytes), true);
  return whole;
}

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'ab', 'ba', '', '0', '10', '__proto__', 'constructor', 'é', 'ÿ', 'ř', '€', '😀'),
  fc.string({ maxLength: 40, unit: 'binary' }),
);
const keys = fc.uniqueArray(key, { maxLength: 12 });

describe('lists of keys', () => {
  it('survive the first, second and third time', () => {
    fc.assert(
      fc.property(fc.array(keys, { minLength: 1, maxLength: 6 }), (lists) => {
        const state = lists.map((list) => withKeys(list));
        const first = encode(state, context);
        for (let time = 0; time < 3; time++) roundTrip(state);
        expect(encode(state, context)).toEqual(first);
      }),
      { numRuns: 200 },
    );
  });

  it('are the same bytes whether their keys are met alone or after others that share some', () => {
    const shared = [withKeys(['known1', 'known2']), withKeys(['known2', 'known3']), withKeys(['known1'])];
    const before = encode(shared, context);
    for (const object of shared) roundTrip(object);
    expect(encode(shared, context)).toEqual(before);
    roundTrip([...shared].reverse());
    roundTrip(['known3', ...shared, 'known1']);
  });

  it('keep a key named __proto__ an own property when the list is known', () => {
    const object = withKeys(['first', '__proto__', 'last']);
    for (let time = 0; time < 3; time++) {
      const back = decode(encode(object, context), context) as object;
      expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
      expect(Object.getOwnPropertyNames(back)).toEqual(['first', '__proto__', 'last']);
    }
  });

  it('number their keys like strings when they are known', () => {
    // The value repeats a string that follows the keys; its number counts them.
    const state = [withKeys(['count1', 'count2']), 'after', { count2: 'after' }];
    for (let time = 0; time < 3; time++)
      expect(decode(encode(state, context), context)).toEqual([
        { count1: 0, count2: 1 },
        'after',
        { count2: 'after' },
      ]);
  });

  it('are refused when cut off, known or not', () => {
    const bytes = encode(withKeys(['truncated1', 'truncated2']), context);
    decode(bytes, context);
    const body = bytes.length - 4;
    for (let end = HEADER + 1; end < body; end++)
      expect(() => decode(withChecksum(bytes.subarray(0, end)), context)).toThrow(SnapshotError);
  });

  it('differ when one byte differs', () => {
    const bytes = encode(withKeys(['similar1', 'similar2']), context);
    decode(bytes, context);
    const changed = Uint8Array.from(bytes.subarray(0, -4));
    changed[changed.lastIndexOf('2'.charCodeAt(0))] = '3'.charCodeAt(0);
    expect(decode(withChecksum(changed), context)).toEqual({ similar1: 0, similar3: 1 });
    expect(decode(bytes, context)).toEqual({ similar1: 0, similar2: 1 });
  });
});
