/** Bundles come out of a store as they went in, whichever version of the format they are in. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Bundle } from '../src/bundle.ts';
import { compileSource } from '../src/compiler/index.ts';
import { decodeBundle, encodeBundle } from '../src/stored-bundle.ts';

const golden = (name: string): Uint8Array => readFileSync(new URL(`golden-bundles/${name}`, import.meta.url));
const parse = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

test('both formats of one bundle, as written when they were new, say the same', () => {
  expect(parse(golden('format-1.json'))).toHaveProperty('code');
  expect(parse(golden('format-2.json'))).toHaveProperty('format', 2);
  const bundle = decodeBundle(golden('format-2.json'));
  expect(bundle).toStrictEqual(decodeBundle(golden('format-1.json')));
  expect(bundle.functions.map(({ name }) => name)).toContain('Order.add');
});

test('bundles of the corpus', () => {
  const corpus = new URL('corpus/', import.meta.url);
  let count = 0;
  for (const file of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.includes('_lib')) continue;
    const path = new URL(file, corpus).pathname;
    const bundle = compileSource(readFileSync(path, 'utf8'), path);
    const bytes = encodeBundle(bundle);
    expect(parse(bytes), file).toHaveProperty('format', 2);
    expect(decodeBundle(bytes), file).toStrictEqual(bundle);
    count++;
  }
  expect(count).toBeGreaterThan(500);
});

test('what format 2 cannot say is kept in format 1', () => {
  const bundle = decodeBundle(golden('format-1.json'));
  const [first, ...others] = bundle.functions;
  const later = { ...bundle, functions: [{ ...first!, since: 3 }, ...others] } as Bundle;
  const bytes = encodeBundle(later);
  expect(parse(bytes)).not.toHaveProperty('format');
  expect(decodeBundle(bytes)).toStrictEqual(later);
});

test('functions without identity and points without places, as earlier compilers made them', () => {
  const bundle = decodeBundle(golden('format-1.json'));
  const functions = bundle.functions.map(({ name, kind, source, start, end, cells, points }) => ({
    name,
    kind,
    source,
    start,
    end,
    cells,
    points: points.map(({ line, column, slots }) => ({ line, column, slots })),
  }));
  const bytes = encodeBundle({ ...bundle, functions });
  expect(parse(bytes)).toHaveProperty('format', 2);
  expect(decodeBundle(bytes)).toStrictEqual({ ...bundle, functions });
});

test('a format of a later version is refused', () => {
  const bytes = new TextEncoder().encode('{"format":3,"bundle":{}}');
  expect(() => decodeBundle(bytes)).toThrow('Bundle of format 3');
});
