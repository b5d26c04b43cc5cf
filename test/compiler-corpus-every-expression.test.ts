import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runDurableSource } from './corpus-runner/durable.ts';
import { suspendBeforeEveryExpression } from './corpus-runner/every-expression.ts';
import { runNative, runNativeSource } from './corpus-runner/native.ts';
import type { Outcome } from './corpus-runner/outcome.ts';
import { everyExpression, listPrograms } from './corpus-runner/programs.ts';

const programs = listPrograms().filter((program) => everyExpression(program).runs);

test('nearly all programs do not care when they suspend: natively they give the result of the program as written', async () => {
  let same = 0;
  for (const { file } of programs) {
    const rewritten = suspendBeforeEveryExpression(readFileSync(file, 'utf8'), file);
    if ((await runNativeSource(rewritten, file)).text === (await runNative(file)).text) same++;
  }
  expect(same).toBeGreaterThan(0.9 * programs.length);
});

describe.each(programs)('$name with a suspension before every expression', (program) => {
  const { file } = program;
  const source = suspendBeforeEveryExpression(readFileSync(file, 'utf8'), file);
  let outcome: Promise<Outcome> | undefined;
  const natively = (): Promise<Outcome> => (outcome ??= runNativeSource(source, file));

  test('compiled: as natively', async () => {
    expect((await runDurableSource(source, file, 'never')).text).toBe((await natively()).text);
  });

  if (!everyExpression(program).captures) return;
  test('captured at each of them: as natively', async () => {
    const got = await runDurableSource(source, file, 'every-suspension');
    expect(got.text).toBe((await natively()).text);
  });
});
