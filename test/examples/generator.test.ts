import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PaymentBook, readPaymentBook } from '../../examples/payments/books/payment-book.ts';
import { Generator } from '../../examples/payments/generator/generator.ts';
import { startLoad } from '../../examples/payments/generator/load-pattern.ts';
import { paymentRequest } from '../../examples/payments/generator/payment-requests.ts';
import type { PaymentRequest } from '../../examples/payments/scripts/payment.ts';
import { decodeJson, encodeJson } from '../../examples/payments/simulators/json-messages.ts';
import { ERROR, INTERIM, POSSIBLE_REPEAT, REQUEST_ID } from '../../src/transport/headers.ts';
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';
import type { Message, Transport } from '../../src/transport/transport.ts';

let folder: string;
let transport: Transport;
let clock: number;
let requests: Message[];
let errors: unknown[];
const open: Generator[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waymark-generator-'));
  transport = await openLocalTransport({ name: folder });
  clock = 1_000_000;
  requests = [];
  errors = [];
  await transport.subscribe('payment', { queue: 'payment' }, (message) => requests.push(message));
});
afterEach(async () => {
  for (const generator of open.splice(0)) await generator.close();
  await transport.close();
  rmSync(folder, { recursive: true, force: true });
});

const book = (): string => join(folder, 'payments.book');

async function startGenerator(onCompleted?: (latency: number) => void): Promise<Generator> {
  const generator = new Generator(transport, {
    seed: 7,
    retryAfter: 1000,
    askAfter: 10_000,
    subject: 'payment',
    inbox: 'replies',
    now: () => clock,
    reportError: (error) => errors.push(error),
    onCompleted,
  });
  await generator.open((replay) => new PaymentBook(book(), { sync: false }, replay));
  open.push(generator);
  return generator;
}

/** Waits for a state that the other side brings about; the test's own time limit ends it otherwise. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}

const paymentOf = (message: Message): string => decodeJson<PaymentRequest>(message.data).payment;

function acknowledge(message: Message, receipt: string): Promise<void> {
  return transport.publish(message.replyTo!, encodeJson({ payment: paymentOf(message), receipt }), {
    headers: { [INTERIM]: 'true' },
  });
}

function complete(message: Message, receipt: string): Promise<void> {
  const result = {
    payment: paymentOf(message),
    receipt,
    bank: 'birch',
    status: 'approved',
    authorisation: 'a',
  };
  return transport.publish(message.replyTo!, encodeJson(result));
}

test('a request has an id and is in the book before it is sent', async () => {
  const generator = await startGenerator();
  generator.request(999_990);
  await until(() => requests.length === 1);
  expect(requests[0]!.headers).toEqual({ [REQUEST_ID]: 'p-1' });
  expect(decodeJson(requests[0]!.data)).toEqual(paymentRequest(7, 1));
  expect([...readPaymentBook(book())]).toEqual([{ kind: 'requested', payment: 'p-1', at: 999_990 }]);
});

test('acknowledgement and final reply settle a payment; its latency counts from when it was due', async () => {
  const latencies: number[] = [];
  const generator = await startGenerator((latency) => latencies.push(latency));
  generator.request(clock - 30);
  await until(() => requests.length === 1);
  await acknowledge(requests[0]!, 'r-1');
  await until(() => generator.ledger.owed === 1);
  expect(generator.ledger.open).toBe(1);
  clock += 2500;
  expect([2501, 2500].map((age) => generator.ledger.owedSince(clock - age).size)).toEqual([0, 1]);
  await complete(requests[0]!, 'r-1');
  await until(() => generator.ledger.isSettled());
  expect(latencies).toEqual([2530]);
  expect(generator.ledger.counts).toEqual({ requested: 1, repeated: 0, acknowledged: 1, completed: 1 });
});

test('a request without any answer is sent again, marked, with the same id and body', async () => {
  const generator = await startGenerator();
  generator.request();
  clock += 999;
  generator.repeatUnanswered();
  clock += 1;
  generator.repeatUnanswered();
  generator.repeatUnanswered();
  await until(() => requests.length === 2);
  expect(requests[1]!.headers).toEqual({ [REQUEST_ID]: 'p-1', [POSSIBLE_REPEAT]: 'true' });
  expect(requests[1]!.data).toEqual(requests[0]!.data);
  clock += 1000;
  generator.repeatUnanswered();
  await until(() => requests.length === 3);
  expect(generator.ledger.counts).toMatchObject({ requested: 1, repeated: 2 });
});

test('an acknowledged payment is asked for only when its final reply is long overdue', async () => {
  const generator = await startGenerator();
  generator.request();
  await until(() => requests.length === 1);
  await acknowledge(requests[0]!, 'r-1');
  await until(() => generator.ledger.owed === 1);
  const repeatedAfter = (ms: number): number => {
    clock += ms;
    generator.repeatUnanswered();
    return generator.ledger.counts.repeated;
  };
  expect([9999, 1, 0, 999, 1].map(repeatedAfter)).toEqual([0, 1, 1, 1, 2]);
  await until(() => requests.length === 3);
  expect(requests[2]!.headers).toEqual({ [REQUEST_ID]: 'p-1', [POSSIBLE_REPEAT]: 'true' });
  // Another receipt is not the one that was promised.
  await complete(requests[2]!, 'r-2');
  await until(() => generator.ledger.counts.completed === 1);
  expect(generator.ledger.owed).toBe(1);
});

test('each receipt needs its own final reply', async () => {
  const generator = await startGenerator();
  generator.request();
  await until(() => requests.length === 1);
  await acknowledge(requests[0]!, 'r-1');
  await acknowledge(requests[0]!, 'r-2');
  await complete(requests[0]!, 'r-2');
  await until(() => generator.ledger.counts.completed === 1);
  expect([generator.ledger.open, generator.ledger.owed, generator.ledger.isSettled()]).toEqual([0, 1, false]);
  await complete(requests[0]!, 'r-1');
  await until(() => generator.ledger.isSettled());
  expect(generator.ledger.counts.completed).toBe(1);
});

test('an acknowledgement after its final reply owes nothing', async () => {
  const generator = await startGenerator();
  generator.request();
  await until(() => requests.length === 1);
  await complete(requests[0]!, 'r-1');
  await acknowledge(requests[0]!, 'r-1');
  generator.request();
  await until(() => requests.length === 2);
  await complete(requests[1]!, 'r-2');
  await until(() => generator.ledger.counts.completed === 2);
  expect(generator.ledger.isSettled()).toBe(true);
});

test('an error reply leaves the payment open', async () => {
  const generator = await startGenerator();
  generator.request();
  await until(() => requests.length === 1);
  await transport.publish('replies', encodeJson({ code: 'WM7000', message: 'too much' }), {
    headers: { [ERROR]: 'WM7000' },
  });
  await until(() => generator.errors === 1);
  expect(generator.ledger.open).toBe(1);
  expect(String(errors[0])).toContain('too much');
});

describe('a generator that is started again', () => {
  test('goes on with its book: repeats what has no answer, waits for what was acknowledged and asks for it', async () => {
    const before = await startGenerator();
    before.request();
    before.request();
    before.request();
    await until(() => requests.length === 3);
    const [first, second] = requests as [Message, Message];
    await acknowledge(first, 'r-1');
    await acknowledge(second, 'r-2');
    await until(() => before.ledger.owed === 2);
    await before.close();
    open.pop();

    requests = [];
    clock += 5000;
    const after = await startGenerator();
    expect([after.ledger.open, after.ledger.owed]).toEqual([3, 2]);
    after.repeatUnanswered();
    await until(() => requests.length === 1);
    expect(paymentOf(requests[0]!)).toBe('p-3');
    // The reply meant for the process before.
    await complete(first, 'r-1');
    await until(() => after.ledger.owed === 1);
    clock += 1000;
    after.repeatUnanswered();
    await until(() => requests.length === 3);
    expect(requests.slice(1).map(paymentOf).toSorted()).toEqual(['p-2', 'p-3']);
    for (const message of requests) expect(message.headers[POSSIBLE_REPEAT]).toBe('true');
    after.request();
    await until(() => requests.length === 4);
    expect(paymentOf(requests[3]!)).toBe('p-4');
  });
});

describe('load', () => {
  test('a closed loop keeps so many payments under way', async () => {
    let load: ReturnType<typeof startLoad> | undefined;
    const generator = await startGenerator(() => load?.onCompleted());
    load = startLoad(generator, { kind: 'in-flight', count: 3 }, () => clock);
    await until(() => requests.length === 3);
    await complete(requests[0]!, 'r-1');
    await until(() => requests.length === 4);
    expect(generator.ledger.open).toBe(3);
    load.stop();
    await complete(requests[1]!, 'r-2');
    await until(() => generator.ledger.open === 2);
    expect(requests.length).toBe(4);
  });

  test('an open loop makes as many as are due, each with its own time', async () => {
    const generator = await startGenerator();
    const load = startLoad(generator, { kind: 'rate', perSecond: 200 }, () => clock);
    clock += 52;
    await until(() => requests.length >= 11);
    load.stop();
    expect([...readPaymentBook(book())].map(({ at }) => at - 1_000_000)).toEqual([
      0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50,
    ]);
  });
});

test('the same seed and number make the same payment, others do not', () => {
  expect(paymentRequest(3, 11)).toEqual(paymentRequest(3, 11));
  expect(paymentRequest(3, 11)).not.toEqual(paymentRequest(4, 11));
  expect(paymentRequest(3, 12)).toMatchObject({ payment: 'p-12', card: expect.stringMatching(/^4\d{15}$/) });
});
