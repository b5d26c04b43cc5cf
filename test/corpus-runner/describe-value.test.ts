import { describe, expect, test } from 'vitest';
import { describeValue } from './describe-value.ts';

class Point {
  x = 1;
}

const shared = { n: 1 };
const cycle: unknown[] = [];
cycle.push(cycle);
const named = (name: string, value: unknown): unknown => Object.defineProperty({}, name, { value });

/** Pairs that a weaker comparison takes for equal. */
const different: [string, unknown, unknown][] = [
  ['minus zero', -0, 0],
  ['NaN and null', NaN, null],
  ['a hole and undefined', Array.from({ length: 1 }), Array(1)],
  ['a missing property', { a: undefined }, {}],
  ['property order', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['number and string', 1, '1'],
  ['bigint and number', 1n, 1],
  ['the class', new Point(), { x: 1 }],
  ['a null prototype', Object.create(null), {}],
  ['shared and copied', [shared, shared], [{ n: 1 }, { n: 1 }]],
  ['a cycle and a copy of one level', cycle, [[]]],
  [
    'map order',
    new Map([
      [1, 1],
      [2, 2],
    ]),
    new Map([
      [2, 2],
      [1, 1],
    ]),
  ],
  ['map and set', new Map(), new Set()],
  ['frozen', Object.freeze({ a: 1 }), { a: 1 }],
  ['sealed', Object.seal({ a: 1 }), Object.freeze({ a: 1 })],
  ['a hidden property', named('a', 1), { a: 1 }],
  [
    'an accessor',
    {
      get a() {
        return 1;
      },
    },
    { a: 1 },
  ],
  ['dates', new Date(0), new Date(1)],
  ['regular expression position', Object.assign(/a/g, { lastIndex: 1 }), /a/g],
  ['error class', new TypeError('m'), new RangeError('m')],
  ['error message', new Error('m'), new Error('n')],
  ['error cause', new Error('m', { cause: 1 }), new Error('m')],
  ['symbol key', { [Symbol.for('k')]: 1 }, {}],
  ['one symbol twice', [Symbol.for('k'), Symbol.for('k')], [Symbol('k'), Symbol('k')]],
  ['array buffer content', Uint8Array.of(1), Uint8Array.of(2)],
  ['typed array kind', Uint8Array.of(1), Int8Array.of(1)],
  ['boxed', Object(1), 1],
  ['function name', function a() {}, function b() {}],
  ['extra property of an array', Object.assign([1], { name: 'n' }), [1]],
];

describe('describeValue', () => {
  test.each(different)('tells apart: %s', (_, left, right) => {
    expect(describeValue(left)).not.toBe(describeValue(right));
  });

  test('gives the same text for equal structures made separately', () => {
    const make = (): unknown => {
      const key = { id: 1 };
      const list: unknown[] = [key, -0, NaN, 'text', 5n, new Date(0), /x/gi, new Error('m', { cause: key })];
      return {
        list,
        map: new Map([[key, list]]),
        set: new Set([list]),
        bytes: Uint8Array.of(1, 2),
        self: list,
      };
    };
    expect(describeValue(make())).toBe(describeValue(make()));
  });

  test('labels what is met more than once and calls no accessor', () => {
    const value = {
      a: shared,
      b: shared,
      get boom(): never {
        throw new Error('called');
      },
    };
    expect(describeValue(value)).toBe(
      ['Object', '  a: &1 Object', '    n: 1', '  b: *1', '  boom: "accessor get"'].join('\n'),
    );
  });
});
