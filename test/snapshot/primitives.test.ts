import { describe, expect, it } from 'vitest';
import { encode } from '../../src/snapshot/index.ts';
import { roundTrip } from './round-trip.ts';
import { CODE_HASH, context, UNSET } from './test-context.ts';

/** Bytes around a value: header and checksum. */
const FRAME = 4 + 1 + 1 + CODE_HASH.length / 2 + 4;
const sizeOf = (value: unknown): number => encode(value, context).length - FRAME;

describe('primitives', () => {
  it.each([undefined, null, true, false, '', 0, -0, NaN, Infinity, -Infinity])('keeps %s', (value) => {
    roundTrip(value);
    expect(sizeOf(value)).toBeLessThanOrEqual(5);
  });

  it('keeps integers of every size', () => {
    for (let exponent = 0; exponent <= 53; exponent++) {
      for (const delta of [-1, 0, 1]) {
        const value = 2 ** exponent + delta;
        roundTrip([value, -value]);
      }
    }
    roundTrip([
      Number.MAX_SAFE_INTEGER,
      Number.MIN_SAFE_INTEGER,
      Number.MAX_VALUE,
      Number.MIN_VALUE,
      2 ** 60,
    ]);
  });

  it('writes the integers from -16 to 111 in one byte', () => {
    for (let value = -16; value <= 111; value++) expect(sizeOf(value)).toBe(1);
    expect(sizeOf(112)).toBe(2);
    expect(sizeOf(-17)).toBe(2);
    expect(sizeOf(Date.UTC(2030, 0))).toBe(7);
  });

  it('keeps fractions', () => {
    roundTrip([0.1, 0.5, -1.25, Math.PI, 1e300, 1e-320, 19.99]);
    expect(sizeOf(0.5)).toBe(5);
    expect(sizeOf(0.1)).toBe(9);
  });

  it('keeps BigInts of any size', () => {
    roundTrip([0n, 1n, -1n, 255n, 256n, -(2n ** 63n), 2n ** 64n, 2n ** 70_000n - 1n, -(3n ** 5000n)]);
  });

  it('keeps strings of every encoding exactly', () => {
    const texts = [
      'a',
      'é',
      '\0',
      'ÿ',
      'Ā',
      '漢字',
      '😀',
      '\ud800',
      '\udc00a',
      'a\ud800',
      '\ufeffbom',
      '\ud83d\ude00\ud83d',
    ];
    for (const text of texts) {
      for (const count of [1, 2, 31, 32, 33, 500]) roundTrip(text.repeat(count));
      roundTrip(`plain text and more plain text ${text}`);
    }
  });

  it('picks the smallest encoding', () => {
    expect(sizeOf('漢'.repeat(100))).toBeLessThan(205);
    expect(sizeOf(`${'a'.repeat(100)}漢`)).toBeLessThan(107);
    expect(sizeOf('é'.repeat(100))).toBeLessThan(104);
  });

  it('writes equal strings once', () => {
    const text = 'a text of some length';
    expect(sizeOf([text, text, text, text])).toBe(sizeOf([text]) + 3);
    const many = Array.from({ length: 100 }, (_, index) => `string ${index}`);
    roundTrip([...many, ...many]);
    expect(sizeOf([...many, ...many]) - sizeOf(many)).toBeLessThanOrEqual(201);
  });

  it('keeps long strings', () => {
    const long = 'x'.repeat(20_000);
    roundTrip([long, long, `${long}y`, 'short', 'short', '漢'.repeat(20_000)]);
  });

  it('keeps symbols: registered, well-known, named', () => {
    roundTrip([Symbol.for('app.key'), Symbol.iterator, Symbol.asyncDispose, UNSET, UNSET]);
  });
});
