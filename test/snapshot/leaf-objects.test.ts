import { describe, expect, it } from 'vitest';
import { roundTrip } from './round-trip.ts';

describe('Date, RegExp, boxed primitives, URL', () => {
  it('keeps dates', () => {
    roundTrip([
      new Date(0),
      new Date(NaN),
      new Date(-1),
      new Date(8.64e15),
      new Date(),
      Object.assign(new Date(5), { zone: 'UTC' }),
    ]);
    roundTrip([Object.freeze(new Date(5)), Object.setPrototypeOf(new Date(5), null)]);
  });

  it('keeps regular expressions with lastIndex', () => {
    const used = /a(?<n>b)/dgimsuy;
    used.lastIndex = 7;
    const object = /x/g;
    (object as any).lastIndex = { valueOf: null };
    const fixed = /x/g;
    Object.defineProperty(fixed, 'lastIndex', { writable: false, value: 3 });
    const set = /[\p{L}--[a-z]]/v;
    roundTrip([
      used,
      /\/\n\u2028/,
      new RegExp(''),
      object,
      fixed,
      set,
      Object.freeze(/f/),
      Object.assign(/p/, { a: 1 }),
    ]);
    expect(roundTrip(used).lastIndex).toBe(7);
  });

  it('keeps boxed primitives', () => {
    roundTrip([
      Object(1),
      Object('text'),
      Object(true),
      Object(false),
      Object(10n),
      Object(Symbol.iterator),
      Object(-0),
      Object(''),
    ]);
    roundTrip([
      Object.assign(Object('text'), { extra: 1 }),
      Object.freeze(Object('f')),
      Object.assign(Object(1), { a: 2 }),
    ]);
  });

  it('keeps URLs and their search parameters', () => {
    const url = new URL('https://user:pass@example.org:8080/a%20b?x=1&y=%C3%A4#hash');
    const back = roundTrip({ url, text: url.href });
    expect(back.url.hostname).toBe('example.org');
    const loose = new URLSearchParams('a=1&a=2&b=%26');
    roundTrip([loose, loose, Object.assign(new URL('http://x/'), { own: 1 })]);
  });

  it('keeps search parameters tied to their URL, whichever is met first', () => {
    const url = new URL('https://example.org/?x=1');
    for (const value of [
      { url, params: url.searchParams },
      { params: url.searchParams, url },
    ]) {
      const back = roundTrip(value);
      expect(back.params).toBe(back.url.searchParams);
      back.params.set('x', '2');
      expect(back.url.search).toBe('?x=2');
    }
  });
});
