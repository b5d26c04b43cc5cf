/** Encodes, decodes and compares. */
import { expect } from 'vitest';
import { decode, encode } from '../../src/snapshot/index.ts';
import { difference } from './deep-identity.ts';
import { context } from './test-context.ts';

/** The value that comes back, after the check that nothing about it has changed, and that it gives the same bytes again. */
export function roundTrip<T>(value: T): T {
  const bytes = encode(value, context);
  const back = decode(bytes, context) as T;
  expect(difference(value, back, context)).toBeUndefined();
  expect(Buffer.from(encode(back, context)).equals(bytes)).toBe(true);
  return back;
}
