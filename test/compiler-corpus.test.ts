import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runDurable } from './corpus-runner/durable.ts';
import { runNative } from './corpus-runner/native.ts';
import type { Outcome } from './corpus-runner/outcome.ts';
import { listPrograms } from './corpus-runner/programs.ts';

const programs = listPrograms();

test('the corpus holds at least 960 programs, each with an await or a promise in it', () => {
  expect(programs.length).toBeGreaterThanOrEqual(960);
  for (const program of programs) {
    expect(readFileSync(program.file, 'utf8'), program.name).toMatch(/\bawait\b|\bPromise\b/);
  }
});

describe.each(programs)('$name', ({ file, rejects }) => {
  let outcome: Promise<Outcome> | undefined;
  const natively = (): Promise<Outcome> => (outcome ??= runNative(file));

  test('natively: the same defined result twice', async () => {
    const first = await natively();
    const second = await runNative(file);
    expect(first.kind, first.text).toBe(rejects ? 'threw' : 'returned');
    expect(first.value).toBeDefined();
    expect(second.text).toBe(first.text);
  });

  test('compiled: as natively', async () => {
    expect((await runDurable(file, 'never')).text).toBe((await natively()).text);
  });

  test('captured and restored at every suspension point: as natively', async () => {
    expect((await runDurable(file, 'every-suspension')).text).toBe((await natively()).text);
  });
});
