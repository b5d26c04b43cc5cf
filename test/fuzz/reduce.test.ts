/** A program that shows something is made as small as it can be, and keeps what burns fuel. */
import { expect, test } from 'vitest';
import { reduce } from './reduce.ts';

const never = Infinity;

test('keeps what the property needs, and nothing else', async () => {
  const source = `
const unused = [1, 2, 3];
export default async function main() {
  for (let i = 0; burn() && i < 3; i++) {
    try { note('a', await later(i + 1)); } catch (error) { note('b', error); } finally { note('c', 0); }
  }
  return unused.map((x) => x + 1);
}
`;
  const small = await reduce(source, (text) => Promise.resolve(text.includes('later(')), never);
  expect(small.replaceAll(/\s+/g, ' ').trim()).toBe('export default function main() { later(); }');
});

test('a loop keeps its fuel as long as it is a loop', async () => {
  const source = `while (burn() && note('x', 1) < 3) { note('y', 2); }`;
  const small = await reduce(source, (text) => Promise.resolve(text.startsWith('while')), never);
  expect(small.replaceAll(/\s+/g, ' ')).toMatch(/^while \(burn\(\)\) ?(\{ ?\})?$/);
});

test('gives the source back when nothing can go', async () => {
  expect(await reduce('f(1);', (text) => Promise.resolve(text === 'f(1);'), never)).toBe('f(1);');
});
