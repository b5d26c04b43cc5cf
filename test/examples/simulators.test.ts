import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bankBookPath } from '../../examples/payments/books/book-paths.ts';
import { BankBook, readBankBook } from '../../examples/payments/books/bank-book.ts';
import type { Authorisation, Destination } from '../../examples/payments/scripts/payment.ts';
import { seededRandom } from '../../examples/payments/seeded-random.ts';
import { destinationOf, serveAliasLookup } from '../../examples/payments/simulators/alias-lookup.ts';
import { Bank, LIMIT_CENTS } from '../../examples/payments/simulators/bank.ts';
import { decodeJson, encodeJson } from '../../examples/payments/simulators/json-messages.ts';
import { parseLatency } from '../../examples/payments/simulators/latency.ts';
import { serveTokeniser } from '../../examples/payments/simulators/tokeniser.ts';
import { awaitReply } from '../../src/transport/await-reply.ts';
import { MESSAGE_ID } from '../../src/transport/headers.ts';
import { openLocalTransport } from '../../src/transport/local/open-local-transport.ts';
import type { Transport } from '../../src/transport/transport.ts';

let folder: string;
let transport: Transport;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waymark-simulators-'));
  transport = await openLocalTransport({ name: folder });
});
afterEach(async () => {
  await transport.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask<T>(subject: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  const reply = await awaitReply(transport, subject, encodeJson(body), { timeout: 10_000, headers });
  return decodeJson<T>(reply.data);
}

test('the tokeniser gives the same card the same token, and no two cards one', async () => {
  await serveTokeniser(transport, () => 0);
  const [first, again, other] = await Promise.all(
    ['4111', '4111', '4112'].map((card) => ask<{ token: string }>('tokeniser', { card })),
  );
  expect(first).toEqual(again);
  expect(first!.token).not.toBe(other!.token);
  expect(JSON.stringify(first)).not.toContain('4111');
});

test('the alias lookup spreads the holders over the banks', async () => {
  const banks = ['alder', 'birch', 'cedar'];
  await serveAliasLookup(transport, banks, () => 0);
  const answers = await Promise.all(
    [0, 1, 2, 3].map((n) => ask<Destination>('alias-lookup', { alias: `holder-${n}` })),
  );
  expect(answers.map(({ bank }) => bank)).toEqual(['alder', 'birch', 'cedar', 'alder']);
  expect(new Set(answers.map(({ account }) => account)).size).toBe(4);
  expect(() => destinationOf('nobody', banks)).toThrow('not an alias');
});

describe('a bank', () => {
  const order = (payment: string, amount = 100): object => ({ payment, token: 't', account: 'a', amount });
  const open = (): BankBook => new BankBook(bankBookPath(folder, 'birch'), { sync: false });
  const errors: unknown[] = [];
  const send = (id: string, amount?: number): Promise<Authorisation> =>
    ask('bank.birch', order(`p-${id}`, amount), { [MESSAGE_ID]: id });

  test('executes a message id once and answers a repeat with the first result', async () => {
    const book = open();
    await new Bank(
      'birch',
      transport,
      book,
      () => 0,
      (error) => errors.push(error),
    ).serve();
    const first = await send('i1:3');
    expect(await send('i1:3')).toEqual(first);
    expect(await send('i2:3')).not.toEqual(first);
    expect([book.executions, book.dropped]).toEqual([2, 1]);
    await book.close();
    expect([...readBankBook(bankBookPath(folder, 'birch'))].map(({ kind }) => kind)).toEqual([
      'executed',
      'dropped',
      'executed',
    ]);
  });

  test('answers everybody who repeats while it still works, and executes once', async () => {
    const book = open();
    await new Bank(
      'birch',
      transport,
      book,
      () => 20,
      (error) => errors.push(error),
    ).serve();
    const answers = await Promise.all([send('i1:3'), send('i1:3'), send('i1:3')]);
    expect(new Set(answers.map(({ authorisation }) => authorisation)).size).toBe(1);
    expect([book.executions, book.dropped]).toEqual([1, 2]);
    await book.close();
  });

  test('knows after a restart what it executed before', async () => {
    const before = open();
    const bank = await new Bank(
      'birch',
      transport,
      before,
      () => 0,
      (error) => errors.push(error),
    ).serve();
    const first = await send('i1:3');
    await bank.unsubscribe();
    await before.close();
    const after = open();
    await new Bank(
      'birch',
      transport,
      after,
      () => 0,
      (error) => errors.push(error),
    ).serve();
    expect(await send('i1:3')).toEqual(first);
    expect([after.executions, after.dropped]).toEqual([1, 1]);
    await after.close();
  });

  test('declines what is over its limit', async () => {
    const book = open();
    await new Bank(
      'birch',
      transport,
      book,
      () => 0,
      (error) => errors.push(error),
    ).serve();
    expect(await send('i1:3', LIMIT_CENTS)).toMatchObject({ status: 'approved' });
    expect(await send('i2:3', LIMIT_CENTS + 1)).toMatchObject({ status: 'declined' });
    await book.close();
    expect(errors).toEqual([]);
  });
});

describe('latency', () => {
  test('is read from text', () => {
    expect(parseLatency('0', Math.random)()).toBe(0);
    expect(parseLatency('fixed:7', Math.random)()).toBe(7);
  });

  test.each(['', 'fast', 'fixed', 'fixed:-1', 'lognormal:0:1', 'lognormal:5', 'fixed:1:2'])(
    'refuses %j',
    (text) => {
      expect(() => parseLatency(text, Math.random)).toThrow('is not a latency');
    },
  );

  test('log-normal has the median and the tail that it names', () => {
    const draw = parseLatency('lognormal:20:0.5', seededRandom(42));
    const values = Array.from({ length: 20_001 }, draw).toSorted((a, b) => a - b);
    expect(values[10_000]).toBeGreaterThan(19.4);
    expect(values[10_000]).toBeLessThan(20.6);
    // One standard deviation above the median is at 84.13 %: 20 * e^0.5 = 32.97.
    expect(values[16_826]).toBeGreaterThan(31.5);
    expect(values[16_826]).toBeLessThan(34.5);
  });
});
