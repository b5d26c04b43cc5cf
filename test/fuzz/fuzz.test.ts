/** Random programs give the same result natively, compiled, and captured at every suspension point. */
import { expect, test } from 'vitest';
import { compare, firstDifference } from './compare.ts';
import { generate, source } from './program.ts';

const SEEDS_PER_TEST = 20;
const TESTS = 10;

for (let part = 0; part < TESTS; part++) {
  const first = part * SEEDS_PER_TEST;
  test(`seeds ${first} to ${first + SEEDS_PER_TEST - 1}`, { timeout: 60_000 }, async () => {
    for (let seed = first; seed < first + SEEDS_PER_TEST; seed++) {
      const program = generate(seed);
      const difference = await compare(program);
      expect(
        difference && `seed ${seed}, ${difference.mode}: ${firstDifference(difference)}\n${source(program)}`,
      ).toBeUndefined();
    }
  });
}

test('most generated programs are programs, and do something', async () => {
  let logged = 0;
  for (let seed = 0; seed < 100; seed++) {
    const text = source(generate(seed));
    const script = `'use strict';\n${text.replace('export default ', '')}\nreturn main;`;
    try {
      // eslint-disable-next-line no-implied-eval -- the generated program is the subject of the test
      const main = new Function(script)() as () => Promise<[unknown, unknown[], number]>;
      if ((await main())[1].length > 4) logged++;
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError);
    }
  }
  expect(logged).toBeGreaterThan(60);
});
