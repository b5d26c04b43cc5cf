/** `testScript`: what a test of a user's script sees. */
import { expect, test } from 'vitest';
import { noAnswer, testScript } from '../../src/testing/index.ts';

const script = (name: string): URL => new URL(`./scripts/${name}.ts`, import.meta.url);
const stock = { left: 2 };
const orderOptions = {
  input: { id: 'o-1', total: 40 },
  startTime: '2030-01-01T00:00:00Z',
  calls: { stock, 'bank.*': { number: 'd-1' } },
};

test('a run tells result, messages with their ids, replies and checkpoints; two weeks pass at once', async () => {
  const run = await testScript(script('order'), orderOptions);
  expect(run.result).toEqual({ id: 'o-1', debit: 'd-1', recovered: false, attempt: 1 });
  expect(
    run.messages.map(({ kind, subject, id, repeat }) => [kind, subject, id.replace(run.id, ''), repeat]),
  ).toEqual([
    ['call', 'stock', ':1', false],
    ['reply', '(reply)', ':3', false],
    ['call', 'bank.debit', ':1003', false],
    ['publish', 'reminders', ':2006', false],
  ]);
  expect(run.sent('reminders')[0]!.data).toEqual({ id: 'o-1', days: 14 });
  expect(run.sent('bank.*')).toHaveLength(1);
  expect(run.sent('bank')).toHaveLength(0);
  expect(run.replies).toEqual([{ accepted: 'o-1' }]);
  expect(
    run.checkpoints.map(({ number, place, time }) => [number, place, new Date(time).toISOString()]),
  ).toEqual([
    [1, 'order.ts:8:3', '2030-01-01T00:00:00.000Z'],
    [2, 'order.ts:18:3', '2030-01-15T00:00:00.000Z'],
  ]);
  expect(run.elapsed).toBe(14 * 86_400_000);
  expect(run).toMatchObject({ lives: 1, crashes: [], status: 'completed', error: undefined });
});

test('the same with a capture at every suspension point', async () => {
  const run = await testScript(script('order'), { ...orderOptions, capture: 'every-suspension' });
  expect(run.result).toEqual({ id: 'o-1', debit: 'd-1', recovered: false, attempt: 1 });
});

test('a value that no checkpoint can hold is found by capturing everywhere', async () => {
  expect((await testScript(script('hash'))).result).toBe(64);
  await expect(testScript(script('hash'), { capture: 'every-suspension' })).rejects.toMatchObject({
    code: 'WM4007',
    message: expect.stringContaining('local "hash"') as string,
  });
});

test('timers fire in order, and Date follows them', async () => {
  const { result, elapsed } = await testScript(script('timers'), { startTime: Date.UTC(2030, 0, 1) });
  expect(result).toEqual({
    seen: ['soon 5', 'early 10', 'tick 1000', 'tick 2000', 'late 2500', 'tick 3000', 'day 86400000'],
    date: '2030-01-02T00:00:00.000Z',
    text: 'string',
    is: true,
    utc: Date.UTC(2030, 0, 1),
  });
  expect(elapsed).toBe(86_400_000);
});

test('with virtualDate: false the script has the real Date', async () => {
  const before = Date.now();
  const { result } = await testScript<{ date: string }>(script('timers'), {
    startTime: '2030-01-01',
    virtualDate: false,
    globals: {},
  });
  expect(Date.parse(result.date)).toBeLessThanOrEqual(Date.now());
  expect(Date.parse(result.date)).toBeGreaterThanOrEqual(before);
});

test('what the script throws rejects; with failing it is the error of the run', async () => {
  const options = { ...orderOptions, calls: { stock: { left: 0 } } };
  await expect(testScript(script('order'), options)).rejects.toThrow('o-1 is sold out');
  const run = await testScript(script('order'), { ...options, failing: true });
  expect(run.error).toMatchObject({ name: 'RangeError', message: 'o-1 is sold out' });
  expect(run.sent('bank.*')).toEqual([]);
  expect(() => run.result).toThrow('o-1 is sold out');
  await expect(testScript(script('order'), { ...orderOptions, failing: true })).rejects.toMatchObject({
    code: 'WM3901',
    message: expect.stringContaining('call bank.debit') as string,
  });
});

test('answers: values, functions, errors, none, and those that come at the third try', async () => {
  const tries: boolean[] = [];
  const run = await testScript<unknown[]>(script('failing-calls'), {
    input: [
      ['value', {}],
      ['fails', {}],
      ['absent', {}],
      ['deaf', { timeout: '10s', retries: 1 }],
      ['slow', { timeout: '1h', retries: 2 }],
    ],
    calls: {
      value: [1, 2],
      fails: () => {
        throw new TypeError('out of paper');
      },
      deaf: () => noAnswer,
      slow: async (_data, { repeat }) => {
        tries.push(repeat);
        await Promise.resolve();
        return tries.length < 3 ? noAnswer : 'at last';
      },
    },
  });
  expect(run.result).toEqual([
    [1, 2],
    {
      message: '"fails" answered with an error: TypeError: out of paper (WM7001)',
      remote: { code: 'WM7001', message: 'TypeError: out of paper' },
      named: 'fails',
    },
    { message: 'The call of "absent" had no reply: the test has no answer for it', named: 'absent' },
    { message: 'The call of "deaf" had no reply: no answer within 10000 ms', named: 'deaf' },
    'at last',
  ]);
  expect(tries).toEqual([false, true, true]);
  const sent = run.sent('deaf');
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  expect(sent.map(({ repeat }) => repeat)).toEqual([false, true]);
  expect(run.elapsed).toBe(2 * 10_000 + 2 * 3_600_000);
});

test('a script that nothing can wake is told, with the place', async () => {
  await expect(testScript(script('stuck'))).rejects.toMatchObject({
    code: 'WM3007',
    message: expect.stringContaining('stuck.ts:2 stuck() waits for a promise') as string,
  });
});

test('a crash is followed by downtime, and the same checkpoint can be hit twice', async () => {
  const crash = { checkpoint: 1, moment: 'before-commit' } as const;
  const run = await testScript(script('order'), {
    ...orderOptions,
    crashes: [crash, crash, { checkpoint: 1, moment: 'after-commit' }],
    downtime: '1h',
  });
  expect(run.crashes).toHaveLength(3);
  expect(run.lives).toBe(4);
  expect(run.result).toEqual({ id: 'o-1', debit: 'd-1', recovered: true, attempt: 4 });
  expect(run.elapsed).toBe(14 * 86_400_000 + 3 * 3_600_000);
  // Its commit was never reached; recover ran twice, and the second reply repeats the first.
  expect(
    run.messages.filter(({ kind }) => kind === 'reply').map(({ life, repeat }) => [life, repeat]),
  ).toEqual([
    [3, true],
    [4, true],
  ]);
});

test('options that make no sense are refused', async () => {
  const crashes = [{ checkpoint: 9, moment: 'before-commit' }] as const;
  await expect(testScript(script('order'), { ...orderOptions, crashes })).rejects.toMatchObject({
    code: 'WM3902',
  });
  await expect(
    testScript(script('order'), { ...orderOptions, crashes, capture: 'every-suspension' }),
  ).rejects.toMatchObject({ code: 'WM3903' });
  await expect(testScript(script('order'), { startTime: 'soon' })).rejects.toMatchObject({ code: 'WM3904' });
});
