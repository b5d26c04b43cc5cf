/** Random programs give the same result natively, compiled, captured after every job, and crashed now and then. */
import { afterAll, expect, test } from 'vitest';
import { Arena } from './arena.ts';
import { generate } from './program.ts';
import { formatReport, minimise } from './report.ts';
import { Statistics } from './statistics.ts';

const TESTS = 8;
const SEEDS_PER_TEST = 75;
const BATCH = 25;

const arena = new Arena(120_000);
const statistics = new Statistics();

afterAll(() => arena.close());

for (let part = 0; part < TESTS; part++) {
  const first = part * SEEDS_PER_TEST;
  test(`seeds ${first} to ${first + SEEDS_PER_TEST - 1}`, { timeout: 600_000 }, async () => {
    for (let seed = first; seed < first + SEEDS_PER_TEST; seed += BATCH) {
      const seeds = Array.from({ length: BATCH }, (_, index) => seed + index);
      const verdicts = await arena.run({ programs: seeds });
      if ('step' in verdicts)
        throw new Error(`seed ${seeds[verdicts.index]}: ${verdicts.step} run never ended`);
      statistics.add(verdicts);
      for (const { seed: found, invalid, difference } of verdicts) {
        expect(invalid && `seed ${found}: ${invalid}`).toBeUndefined();
        if (difference) expect.fail(formatReport(await minimise(generate(found), difference, arena)));
      }
    }
  });
}

test('most of them run to their end, and do something', () => {
  expect(statistics.programs).toBe(TESTS * SEEDS_PER_TEST);
  expect(statistics.finished / statistics.programs).toBeGreaterThan(0.7);
  expect(statistics.captures / statistics.programs).toBeGreaterThan(10);
  expect(statistics.notes / statistics.programs).toBeGreaterThan(10);
});
