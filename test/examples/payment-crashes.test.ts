/** The payment script against every crash: nothing acknowledged is lost, no payment is made twice. */
import { expect, test } from 'vitest';
import type { Acknowledgement, PaymentResult } from '../../examples/payments/scripts/payment.ts';
import { everyCrash, noAnswer, oncePerId, testScript } from '../../src/testing/index.ts';

const script = new URL('../../examples/payments/scripts/payment.ts', import.meta.url);

function world() {
  let authorisations = 0;
  return {
    input: { payment: 'p-1', card: '4111111122222222', alias: 'holder-17', amount: 1250 },
    calls: {
      tokeniser: { token: 'tok_1' },
      'alias-lookup': { bank: 'birch', account: 'AC17' },
      'bank.*': oncePerId(() => ({ status: 'approved', authorisation: `birch-${++authorisations}` })),
    },
    authorisations: () => authorisations,
  };
}

test('whatever crash: acknowledged, authorised once, and the final reply has the receipt of the acknowledgement', async () => {
  const runs = await everyCrash<PaymentResult, ReturnType<typeof world>>(
    script,
    world,
    (run, { authorisations }) => {
      const { receipt } = run.result;
      expect(run.result).toEqual({
        payment: 'p-1',
        receipt,
        bank: 'birch',
        status: 'approved',
        authorisation: 'birch-1',
      });
      expect(authorisations()).toBe(1);
      expect(run.replies.length).toBeGreaterThan(0);
      for (const reply of run.replies as Acknowledgement[])
        expect(reply).toEqual({ payment: 'p-1', receipt });
    },
  );
  expect(runs).toHaveLength(8);
});

test('the bank is asked again after a crash, under the same id', async () => {
  const run = await testScript(script, {
    ...world(),
    crashes: [{ checkpoint: 1, moment: 'before-next' }],
    downtime: '10m',
  });
  const asked = run.sent('bank.birch');
  expect(asked.map(({ life, repeat }) => [life, repeat])).toEqual([
    [1, false],
    [2, true],
  ]);
  expect(asked[0]!.id).toBe(asked[1]!.id);
});

test('a checkpoint is small, and can be made at every await', async () => {
  const run = await testScript(script, { ...world(), capture: 'every-suspension' });
  expect(run.checkpoints.map(({ bytes }) => bytes < 800)).toEqual([true, true]);
});

test('a bank that answers at the 20th try is waited for; one that never does fails the payment', async () => {
  let tries = 0;
  const slow = await testScript<PaymentResult>(script, {
    ...world(),
    calls: {
      ...world().calls,
      'bank.birch': () => (++tries < 20 ? noAnswer : { status: 'approved', authorisation: 'x' }),
      'bank.*': null,
    },
  });
  expect(slow.result.authorisation).toBe('x');
  expect(slow.elapsed).toBe(19 * 2000);
  const calls = { ...world().calls, 'bank.*': () => noAnswer };
  const dead = await testScript(script, { ...world(), calls, failing: true });
  expect(dead.error).toMatchObject({ name: 'CallError', subject: 'bank.birch' });
  expect(dead.sent('bank.birch')).toHaveLength(51);
});
