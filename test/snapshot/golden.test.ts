import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode, encode, readHeader } from '../../src/snapshot/index.ts';
import { difference } from './deep-identity.ts';
import { values } from './golden/values.ts';
import { context } from './test-context.ts';

const folder = new URL('golden/', import.meta.url);

describe('golden files of format 1', () => {
  it('are all described', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.snapshot'));
    expect(files.toSorted()).toEqual(
      Object.keys(values)
        .map((name) => `format-1-${name}.snapshot`)
        .toSorted(),
    );
  });

  it.each(Object.keys(values))('%s: is read as it was written, and written again the same', (name) => {
    const bytes = readFileSync(new URL(`format-1-${name}.snapshot`, folder));
    expect(readHeader(bytes).version).toBe(1);
    const value = decode(bytes, context);
    // An instance of a class made by a closure comes with a new class: compare the rest.
    const expected = values[name]!();
    if (name === 'functions') {
      expect((value as any[]).pop().hello()).toBe('hello dynamic');
      (expected as any[]).pop();
    }
    expect(difference(expected, value, context)).toBeUndefined();
    expect(bytes.equals(encode(decode(bytes, context), context))).toBe(true);
  });
});
