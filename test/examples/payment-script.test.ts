/** The payment script as ordinary code: the volatile implementation of the API, with the outside world faked. */
import { beforeEach, expect, test, vi } from 'vitest';
import payment, { type PaymentRequest } from '../../examples/payments/scripts/payment.ts';

/** What happened, in order. */
const log: [string, unknown][] = [];
/** Answers by subject. */
let answers: Record<string, unknown>;

vi.mock(import('waymark'), async (original) => ({
  ...(await original()),
  call: async <T>(subject: string, data?: unknown): Promise<T> => {
    log.push([subject, data]);
    const answer = answers[subject];
    if (answer instanceof Error) throw answer;
    return answer as T;
  },
  reply: async (data: unknown): Promise<void> => {
    log.push(['reply', data]);
  },
}));

const request: PaymentRequest = {
  payment: 'p-1',
  card: '4111111122222222',
  alias: 'holder-17',
  amount: 1250,
};

beforeEach(() => {
  log.length = 0;
  answers = {
    tokeniser: { token: 'tok_1' },
    'alias-lookup': { bank: 'birch', account: 'AC17' },
    'bank.birch': { status: 'approved', authorisation: 'birch-1' },
  };
});

test('asks in order, acknowledges before it asks the bank, and gives the result of the bank', async () => {
  const result = await payment(request);
  const { receipt } = result;
  expect(log).toEqual([
    ['tokeniser', { card: request.card }],
    ['alias-lookup', { alias: request.alias }],
    ['reply', { payment: 'p-1', receipt }],
    ['bank.birch', { payment: 'p-1', token: 'tok_1', account: 'AC17', amount: 1250 }],
  ]);
  expect(result).toEqual({
    payment: 'p-1',
    receipt,
    bank: 'birch',
    status: 'approved',
    authorisation: 'birch-1',
  });
});

test('each payment has its own receipt', async () => {
  const [first, second] = [await payment(request), await payment(request)];
  expect(first.receipt).not.toBe(second.receipt);
});

test('the bank is the one that the alias lookup names, and the card number does not reach it', async () => {
  answers['alias-lookup'] = { bank: 'cedar', account: 'AC18' };
  answers['bank.cedar'] = { status: 'declined', authorisation: 'cedar-1' };
  expect(await payment(request)).toMatchObject({ bank: 'cedar', status: 'declined' });
  expect(log.at(-1)![0]).toBe('bank.cedar');
  expect(JSON.stringify(log.at(-1))).not.toContain(request.card);
});

test('nothing is acknowledged when the alias is unknown', async () => {
  answers['alias-lookup'] = new Error('no such alias');
  await expect(payment(request)).rejects.toThrow('no such alias');
  expect(log.map(([subject]) => subject)).toEqual(['tokeniser', 'alias-lookup']);
});
