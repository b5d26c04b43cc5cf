import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../src/snapshot/index.ts';
import { difference } from './deep-identity.ts';
import { Box, closure, CALLER, CONSTANT, context, frame } from './test-context.ts';

describe('size and depth', () => {
  it('takes a list of a million nodes', () => {
    let head: any = null;
    for (let id = 0; id < 1_000_000; id++) head = { id, next: head };
    let at = decode(encode(head, context), context) as any;
    let count = 0;
    for (; at !== null; at = at.next) {
      if (at.id !== 999_999 - count) throw new Error(`node ${count} is ${at.id}`);
      count++;
    }
    expect(count).toBe(1_000_000);
  });

  it.each<[string, (inner: unknown) => unknown]>([
    ['arrays', (inner) => [inner]],
    ['maps by key', (inner) => new Map([[inner, 1]])],
    ['sets', (inner) => new Set([inner])],
    ['boxes', (inner) => new Box(inner)],
    ['frames', (inner) => frame('f', 1, { inner })],
    ['errors', (inner) => Object.assign(Object.create(Error.prototype), { cause: inner })],
    ['prototypes', (inner) => Object.create(inner as object)],
    ['frozen objects', (inner) => Object.freeze({ inner })],
  ])('takes %s nested 100,000 deep', (name, wrap) => {
    let deep: unknown = { innermost: true };
    // The engine walks the chain each time a prototype is set: there is a limit, tested below.
    const depth = name === 'prototypes' ? 900 : 100_000;
    for (let level = 0; level < depth; level++) deep = wrap(deep);
    const back = decode(encode(deep, context), context);
    expect(difference(deep, back, context)).toBeUndefined();
  });

  it('refuses chains of prototypes that would take the engine too long', () => {
    let deep = {};
    for (let level = 0; level < 2000; level++) deep = Object.create(deep) as object;
    expect(() => encode(deep, context)).toThrow(/chain of more than 1000 prototypes/);
  });

  it('takes closures nested 100,000 deep', () => {
    let fn = closure(CONSTANT, 1);
    for (let level = 0; level < 100_000; level++) fn = closure(CALLER, fn);
    const back = decode(encode(fn, context), context);
    expect(difference(fn, back, context)).toBeUndefined();
  });

  it('takes many objects that share everything', () => {
    const shared = { list: [1, 2, 3] };
    const many = Array.from({ length: 100_000 }, (_, index) => ({
      index,
      shared,
      text: `text ${index % 100}`,
    }));
    const bytes = encode(many, context);
    expect(bytes.length).toBeLessThan(1_200_000);
    expect(difference(many, decode(bytes, context), context)).toBeUndefined();
  });

  it('takes many objects of all different shapes', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      [`key${index}`]: index,
      [`other${index}`]: 1,
    }));
    expect(difference(many, decode(encode(many, context), context), context)).toBeUndefined();
  });
});
