import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppendOnlyBook } from '../../examples/payments/books/append-only-book.ts';
import { BankBook, readBankBook } from '../../examples/payments/books/bank-book.ts';
import { lines } from '../../examples/payments/books/lines.ts';
import {
  PaymentBook,
  readPaymentBook,
  type PaymentEntry,
} from '../../examples/payments/books/payment-book.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waymark-books-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each([{ sync: false }, { sync: true }])('an append-only book, sync $sync', (options) => {
  const open = (path: string, replayed: string[] = []): AppendOnlyBook =>
    new AppendOnlyBook(path, options, (line) => replayed.push(line));

  test('has a line in the file when append resolves', async () => {
    const path = join(folder, 'a.book');
    const book = open(path);
    await book.append('first');
    expect(readFileSync(path, 'utf8')).toBe('first\n');
    await Promise.all([book.append('second'), book.append('third')]);
    expect(readFileSync(path, 'utf8')).toBe('first\nsecond\nthird\n');
    await book.close();
  });

  test('keeps the order of many concurrent appends', async () => {
    const path = join(folder, 'a.book');
    const book = open(path);
    const expected = Array.from({ length: 2000 }, (_, index) => `line ${index} with some ünïcode`);
    await Promise.all(
      expected.map(async (line, index) => {
        if (index % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
        await book.append(line);
      }),
    );
    await book.close();
    expect([...lines(path)].toSorted()).toEqual(expected.toSorted());
    const ofOneKind = [...lines(path)].filter((line) => Number(line.split(' ')[1]) % 3 !== 0);
    expect(ofOneKind).toEqual(expected.filter((_, index) => index % 3 !== 0));
  });

  test('replays what is there and drops a line that was cut off', async () => {
    const path = join(folder, 'a.book');
    writeFileSync(path, 'one\ntwo\nthr');
    const replayed: string[] = [];
    const book = open(path, replayed);
    expect(replayed).toEqual(['one', 'two']);
    await book.append('three');
    await book.close();
    expect([...lines(path)]).toEqual(['one', 'two', 'three']);
  });

  test('drops a file that is nothing but a cut-off line', () => {
    const path = join(folder, 'a.book');
    writeFileSync(path, 'on');
    const replayed: string[] = [];
    open(path, replayed);
    expect(replayed).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test('refuses lines once it is closed', async () => {
    const book = open(join(folder, 'a.book'));
    await book.close();
    await expect(book.append('late')).rejects.toThrow('closed');
  });
});

test('lines of a file that is not there are none', () => {
  expect([...lines(join(folder, 'nothing'))]).toEqual([]);
});

test('lines longer than what is read at once come whole', () => {
  const path = join(folder, 'long');
  const long = 'ä'.repeat(1_500_000);
  writeFileSync(path, `a\n${long}\nb\ncut off`);
  expect([...lines(path)].map((line) => line.length)).toEqual([1, long.length, 1]);
});

test('a payment book reads back what was entered', async () => {
  const path = join(folder, 'payments.book');
  const entries: PaymentEntry[] = [
    { kind: 'requested', payment: 'p-1', at: 1000 },
    { kind: 'repeated', payment: 'p-1', at: 2500 },
    { kind: 'acknowledged', payment: 'p-1', at: 2600, receipt: 'r-1' },
    { kind: 'approved', payment: 'p-1', at: 2700, receipt: 'r-1' },
    { kind: 'declined', payment: 'p-2', at: 2800, receipt: 'r-2' },
  ];
  const book = new PaymentBook(path, { sync: false }, () => {});
  for (const entry of entries) await book.enter(entry);
  await book.close();
  expect([...readPaymentBook(path)]).toEqual(entries);
  const replayed: PaymentEntry[] = [];
  await new PaymentBook(path, { sync: false }, (entry) => replayed.push(entry)).close();
  expect(replayed).toEqual(entries);
});

test.each(['paid\tp-1\t5', 'requested\tp-1', 'requested\tp-1\tnoon', 'approved\tp-1\t5'])(
  'a payment book refuses the line %j',
  (line) => {
    const path = join(folder, 'payments.book');
    writeFileSync(path, line + '\n');
    expect(() => [...readPaymentBook(path)]).toThrow('Not an entry');
  },
);

describe("a bank's book", () => {
  const execution = {
    messageId: 'i:3',
    payment: 'p-1',
    status: 'approved',
    authorisation: 'birch-1',
  } as const;

  test('knows its executions again after it was opened anew', async () => {
    const path = join(folder, 'bank-birch.book');
    const book = new BankBook(path, { sync: true });
    await book.execute(execution);
    await book.drop('i:3');
    await book.close();
    appendFileSync(path, 'executed\ti:4\tp-2');
    const again = new BankBook(path, { sync: true });
    expect(again.execution('i:3')).toMatchObject(execution);
    expect(again.execution('i:4')).toBeUndefined();
    expect([again.executions, again.dropped]).toEqual([1, 1]);
    await again.close();
    expect([...readBankBook(path)]).toEqual([
      { kind: 'executed', ...execution },
      { kind: 'dropped', messageId: 'i:3' },
    ]);
  });

  test('executes a message id only once', async () => {
    const book = new BankBook(join(folder, 'bank-birch.book'), { sync: false });
    await book.execute(execution);
    await expect(book.execute(execution)).rejects.toThrow('executed before');
    await book.close();
  });
});
