/** `everyCrash`: all crash points of a script, one by one. */
import { expect, test } from 'vitest';
import { crashPoints, everyCrash, oncePerId } from '../../src/testing/index.ts';

const script = (name: string): URL => new URL(`./scripts/${name}.ts`, import.meta.url);

/** A bank that counts, and drops what it has done already. */
function bankOptions() {
  let debits = 0;
  return {
    input: { id: 'o-1', total: 40 },
    calls: { stock: { left: 2 }, 'bank.debit': oncePerId(() => ({ number: `d-${++debits}` })) },
    debits: () => debits,
  };
}

test('a script with two checkpoints has seven crash points, and survives all of them', async () => {
  const runs = await everyCrash<{ debit: string }, ReturnType<typeof bankOptions>>(
    script('order'),
    bankOptions,
    (run, { debits }) => {
      expect(run.result.debit).toBe('d-1');
      expect(debits()).toBe(1);
      expect(new Set(run.sent('reminders').map(({ id }) => id)).size).toBe(1);
      expect(run.replies.length).toBeGreaterThanOrEqual(1);
    },
  );
  expect(runs.map(({ crashes }) => crashes[0])).toEqual([undefined, ...crashPoints(2)]);
  expect(runs.map(({ lives }) => lives)).toEqual([1, 2, 2, 2, 2, 2, 2, 2]);
});

test('what is sent again after a crash has the same id and says so', async () => {
  const runs = await everyCrash(script('order'), bankOptions);
  const late = runs.find(
    ({ crashes: [crash] }) => crash?.checkpoint === 1 && crash.moment === 'before-next',
  )!;
  expect(late.sent('bank.debit').map(({ life, repeat }) => [life, repeat])).toEqual([
    [1, false],
    [2, true],
  ]);
  expect(new Set(late.sent('bank.debit').map(({ id }) => id)).size).toBe(1);
});

test('a receiver that does not drop repetitions is found, and the message says at which crash', async () => {
  let debits = 0;
  const error = await everyCrash(
    script('order'),
    () => {
      debits = 0;
      return {
        ...bankOptions(),
        calls: { stock: { left: 2 }, 'bank.debit': () => ({ number: `d-${++debits}` }) },
      };
    },
    () => expect(debits).toBe(1),
  ).catch((caught: unknown) => caught as Error);
  expect(error).toBeInstanceOf(Error);
  const { message } = error as Error;
  expect(message).toContain('Crash just before checkpoint 2 was durable (order.ts:8:3): expected 2 to be 1');
  expect(message).toMatch(
    /CRASH just before checkpoint 2 was durable\n.*restored from checkpoint 1, attempt 2/,
  );
  expect((error as Error).stack).toContain('Crash just before checkpoint 2');
});

test('branches with checkpoints of their own, beside a native promise', async () => {
  const runs = await everyCrash<string[]>(script('parallel'), { calls: { log: {} } }, (run) => {
    expect(run.result).toEqual(['a', 'b']);
    expect(new Set(run.sent('log').map(({ id }) => id)).size).toBe(2);
  });
  expect(runs).toHaveLength(8);
});

test('a script that fails in every run can be looked at', async () => {
  const options = { input: { id: 'o-2', total: 1 }, calls: { stock: { left: 0 } }, failing: true };
  const runs = await everyCrash(script('order'), options, (run) => {
    expect(run.error).toMatchObject({ message: 'o-2 is sold out' });
  });
  expect(runs).toHaveLength(2);
});
