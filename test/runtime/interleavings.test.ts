/** The order of jobs: random programs of many promises against the engine's own, as they are and restored after every job. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runSource } from '../../src/testing/run-source.ts';
import { interleavingProgram } from './interleaving-programs.ts';

async function runNatively(source: string): Promise<unknown> {
  const url = `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
  const { default: main } = (await import(/* @vite-ignore */ url)) as { default: () => Promise<unknown> };
  return main();
}

/** Rejections that nobody handles are part of the programs; what matters is the order in which things happen. */
async function withoutUnhandled<T>(body: () => Promise<T>): Promise<T> {
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  const ignore = (): void => {};
  process.on('unhandledRejection', ignore);
  try {
    return await body();
  } finally {
    process.off('unhandledRejection', ignore);
    for (const listener of others) process.on('unhandledRejection', listener);
  }
}

test('jobs run in the order in which the engine runs them', async () => {
  await withoutUnhandled(() =>
    fc.assert(
      fc.asyncProperty(interleavingProgram, async (source) => {
        const expected = await runNatively(source);
        expect(await runSource(source)).toBe(expected);
        expect(await runSource(source, { capture: 'every-suspension' })).toBe(expected);
      }),
      { numRuns: 100 },
    ),
  );
});

test('more than ten thousand steps of seven hundred branches', async () => {
  const program = readFileSync(new URL('../corpus/ordering/001-many-jobs.ts', import.meta.url), 'utf8');
  const source = stripTypeScriptTypes(program.replace('length: 21', 'length: 700'));
  const expected = (await runNatively(source)) as { jobs: number };
  expect(expected.jobs).toBeGreaterThan(10_000);
  expect(await runSource(source)).toEqual(expected);
});
