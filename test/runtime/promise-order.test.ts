import { expect, test } from 'vitest';
import { PROMISE_PROGRAMS } from './promise-programs.ts';
import { runDurably, runNatively } from './run-promise-program.ts';

const programs = Object.entries(PROMISE_PROGRAMS);

test('there are more than a hundred programs', () => {
  expect(programs.length).toBeGreaterThan(100);
});

test.each(programs)('%s', async (name, text) => {
  const expected = await runNatively(text);
  if (name !== 'race of nothing stays pending') expect(expected).not.toEqual([]);
  expect(runDurably(text)).toEqual(expected);
});
