/**
 * Instances are moved to new code between bundles of one `LOWERING_VERSION` only, if they hold intermediate values: the number says what
 * these mean. Whoever changes what the compiler makes of this program has to decide whether it must be raised.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { LOWERING_VERSION } from '../../src/bundle.ts';
import { compileSource } from '../../src/compiler/index.ts';

/** What is held at a suspension point besides variables: operands, iterations, ways out of blocks, cases, resources. */
const PROGRAM = `
export default async function main(input) {
  const sums = [input.a, await one(), { key: input.b, [await one()]: await one() }, \`\${input.c} \${await one()}\`];
  input.list[input.index] += await one();
  outer: for (const item of input.list) {
    try { if (item === 1) continue outer; if (item === 2) return sums; if (item === 3) break outer; await one(); }
    catch (error) { await one(error); }
    finally { await one(); }
  }
  switch (input.kind) { case 'a': await one(); case 'b': await one(); break; default: await one(); }
  for await (const item of many(input.list)) { for (const key in item) await one(key); }
  { await using held = input.resource; using other = input.other; await one(held, other); }
  return input.f(sums, await one(), ...(await one())) ?? (await one());
}
async function one(...values) { await null; return values; }
async function* many(list) { yield* list; yield await one(); }
function* some(list) { try { yield* list; } finally { yield list.length; } }
`;

/** By version of the lowering. Old ones stay. */
const KNOWN: Readonly<Record<number, string>> = {
  1: 'a2c29f0f278694e1',
};

test('what intermediate values mean goes with LOWERING_VERSION', () => {
  const { functions } = compileSource(PROGRAM, '/scripts/program.ts');
  const points = functions.map(({ name, points: all }) => [
    name,
    all.map(({ line, slots, kinds, jumps }) => [line, slots, kinds, jumps]),
  ]);
  const digest = createHash('sha256').update(JSON.stringify(points)).digest('hex').slice(0, 16);
  expect(
    digest,
    `Other values are saved at the suspension points of this program, or in another order. If intermediate values (letters in
     "kinds" other than v and c) are others now, or mean something else, raise LOWERING_VERSION in src/bundle.ts and add the digest for it
     here. If only variables have changed, put the new digest in the place of the old one.`,
  ).toBe(KNOWN[LOWERING_VERSION]);
});
