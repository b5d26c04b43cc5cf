/** `matchAll` and segments, saved and restored between any two steps; the native iterators are the oracle. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callForm } from '../../src/runtime/built-in-forms.ts';
import '../../src/runtime/match-iterator.ts';
import '../../src/runtime/segments.ts';
import { graphRestorer } from './graph-restore.ts';

const restore = graphRestorer({});
const stringMatchAll = Reflect.get(String.prototype, 'matchAll') as Function;

/** All results, with a restore before those steps that `restores` names. */
function drain(iterator: Iterator<unknown>, restores?: ReadonlySet<number>): unknown[] {
  let at = iterator;
  const results: unknown[] = [];
  for (let index = 0; index < 60; index++) {
    if (restores?.has(index) === true) at = restore({ at }).at;
    const result = at.next();
    results.push(result);
    if (result.done === true) return [...results, at.next()];
  }
  return results;
}

const restores = fc.array(fc.integer({ min: 0, max: 12 })).map((list) => new Set(list));
const text = fc
  .array(fc.constantFrom('a', 'b', 'ab', '1', '22', ' ', '😀', '\u{D83D}', 'é', 'e\u0301', '\n'), {
    maxLength: 20,
  })
  .map((parts) => parts.join(''));

function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return String(error);
  }
}

describe('matchAll', () => {
  const sources = ['a', '', '.', '(?<x>[a-z])(\\d)?', '\\b', 'x*', '(?:)', '[^a]', '😀?', '(a)|(b)', '$'];

  test('of a pattern', () => {
    const flags = fc.constantFrom('g', 'gu', 'gi', 'gy', 'gd', 'gv', 'gms', '', 'y');
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        flags,
        text,
        fc.integer({ min: -1, max: 6 }),
        restores,
        (source, flag, subject, lastIndex, when) => {
          const pattern = new RegExp(source, flag);
          pattern.lastIndex = lastIndex;
          const method = RegExp.prototype[Symbol.matchAll] as Function;
          for (const [native, durable] of [
            [() => subject.matchAll(pattern), () => callForm(stringMatchAll, subject, [pattern])],
            [() => pattern[Symbol.matchAll](subject), () => callForm(method, pattern, [subject])],
          ] as const) {
            expect(outcome(() => drain(durable() as Iterator<unknown>, when))).toEqual(
              outcome(() => drain(native())),
            );
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    undefined,
    null,
    'a',
    'a+',
    5,
    '[',
    {},
    [/x/],
    { [Symbol.match]: true, flags: null },
    { [Symbol.matchAll]: 5 },
    Symbol.iterator,
  ])('of %o', (pattern) => {
    const subject = 'aa null 5 undefined';
    expect(outcome(() => drain(callForm(stringMatchAll, subject, [pattern]) as Iterator<unknown>))).toEqual(
      outcome(() => drain(subject.matchAll(pattern as never))),
    );
  });

  test('looks up what the native method looks up, in its order', () => {
    const run = (call: (text: object, pattern: RegExp) => Iterator<unknown>): string[] => {
      const log: string[] = [];
      const watch = <T extends object>(object: T, name: string): T =>
        new Proxy(object, {
          get(target, key) {
            log.push(`${name}.${String(key)}`);
            const value: unknown = Reflect.get(target, key, target);
            return key === 'constructor' ? watch(value as object, 'constructor') : value;
          },
        });
      const subject = { toString: () => (log.push('toString'), 'abab') };
      const pattern = Object.defineProperties(/a/g, {
        flags: { get: () => (log.push('flags'), 'g') },
        exec: { get: () => (log.push('exec'), undefined) },
        [Symbol.match]: { get: () => (log.push('match'), true) },
        [Symbol.matchAll]: { get: () => (log.push('matchAll'), RegExp.prototype[Symbol.matchAll]) },
        constructor: { get: () => (log.push('constructor'), watch(RegExp, 'RegExp')) },
      });
      drain(call(subject, pattern));
      return log;
    };
    const method = stringMatchAll;
    const native = run((subject, pattern) => Reflect.apply(method, subject, [pattern]) as Iterator<unknown>);
    expect(run((subject, pattern) => callForm(method, subject, [pattern]) as Iterator<unknown>)).toEqual(
      native,
    );
    expect(native.length).toBeGreaterThan(5);
  });
});

test('segments of a text', () => {
  const granularity = fc.constantFrom('grapheme', 'word', 'sentence');
  fc.assert(
    fc.property(
      fc.constantFrom('en', 'de', 'th', 'ja'),
      granularity,
      text,
      restores,
      (locale, kind, subject, when) => {
        const segmenter = new Intl.Segmenter(locale, { granularity: kind as 'word' });
        const native = segmenter.segment(subject);
        const durable = callForm(Reflect.get(segmenter, 'segment'), segmenter, [subject]) as Intl.Segments;
        expect(drain(durable[Symbol.iterator](), when)).toEqual(drain(native[Symbol.iterator]()));
        const again = restore({ durable }).durable;
        for (const index of [undefined, -1, 0, 1.5, 3, 100])
          expect(again.containing(index)).toEqual(native.containing(index));
      },
    ),
    { numRuns: 500 },
  );
});
