/** The verdict must find what went wrong; each case writes the books of a run by hand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bankBookPath, paymentBookPath } from '../../examples/payments/books/book-paths.ts';
import { readVerdict, type Verdict } from '../../examples/payments/verdict.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waymark-verdict-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Blanks stand for tabs. */
function verdictOf(payments: readonly string[], banks: Readonly<Record<string, readonly string[]>>): Verdict {
  const text = (book: readonly string[]): string =>
    book.map((line) => line.replaceAll(' ', '\t') + '\n').join('');
  writeFileSync(paymentBookPath(folder), text(payments));
  for (const [bank, book] of Object.entries(banks)) writeFileSync(bankBookPath(folder, bank), text(book));
  return readVerdict(folder);
}

const GOOD = ['requested p-1 1000', 'acknowledged p-1 1010 r-1', 'approved p-1 1050 r-1'];
const EXECUTED = 'executed i1:3 p-1 approved birch-1';

test('a payment that went well passes', () => {
  expect(verdictOf(GOOD, { birch: [EXECUTED] })).toEqual({
    requested: 1,
    repeated: 0,
    acknowledged: 1,
    completed: 1,
    approved: 1,
    declined: 0,
    lost: 0,
    unanswered: 0,
    executedOnce: 1,
    executedTwice: 0,
    completedNotExecuted: 0,
    duplicatesDropped: 0,
    latency: { p50: 50, p99: 50, max: 50 },
    examples: { lost: [], executedTwice: [], completedNotExecuted: [] },
    passed: true,
  });
});

test("somebody else's payments at the banks do not count; one of the generator's that it does not know is an error", () => {
  const others = ['executed i2:3 plain-1 approved birch-2', 'executed i3:3 plain-1 approved birch-3'];
  const verdict = verdictOf(GOOD, { birch: [EXECUTED, ...others] });
  expect(verdict).toMatchObject({ requested: 1, executedOnce: 1, executedTwice: 0, passed: true });
  const unknown = 'executed i2:3 p-2 approved birch-2';
  expect(() => verdictOf(GOOD, { birch: [EXECUTED, unknown] })).toThrow('nobody asked for: p-2');
});

test('an acknowledged payment without final reply is lost', () => {
  const verdict = verdictOf(GOOD.slice(0, 2), { birch: [EXECUTED] });
  expect(verdict).toMatchObject({ lost: 1, completed: 0, passed: false });
  expect(verdict.examples.lost).toEqual(['p-1']);
});

test('a payment that was forgotten and done anew is lost, although it has a final reply', () => {
  const verdict = verdictOf([...GOOD.slice(0, 2), 'approved p-1 1050 r-2'], { birch: [EXECUTED] });
  expect(verdict).toMatchObject({ lost: 1, completed: 1, executedOnce: 1, passed: false });
});

test('two acknowledgements need two final replies', () => {
  const twice = [
    'requested p-1 1000',
    'acknowledged p-1 1010 r-1',
    'acknowledged p-1 1020 r-2',
    'declined p-1 1050 r-2',
  ];
  expect(verdictOf(twice, { birch: [EXECUTED] })).toMatchObject({ lost: 1, passed: false });
  expect(verdictOf([...twice, 'declined p-1 1070 r-1'], { birch: [EXECUTED] })).toMatchObject({
    lost: 0,
    completed: 1,
    passed: true,
  });
});

test('the order of acknowledgement and final reply does not matter', () => {
  const reversed = [GOOD[0]!, GOOD[2]!, GOOD[1]!];
  expect(verdictOf(reversed, { birch: [EXECUTED] })).toMatchObject({
    lost: 0,
    acknowledged: 1,
    passed: true,
  });
});

test('an execution under a second message id is a second execution, also at another bank', () => {
  const again = 'executed i2:3 p-1 approved cedar-1';
  expect(verdictOf(GOOD, { birch: [EXECUTED, again] })).toMatchObject({ executedTwice: 1, passed: false });
  expect(verdictOf(GOOD, { birch: [EXECUTED], cedar: [again] })).toMatchObject({
    executedTwice: 1,
    executedOnce: 0,
    passed: false,
  });
});

test('a dropped repeat is no second execution', () => {
  expect(verdictOf(GOOD, { birch: [EXECUTED, 'dropped i1:3', 'dropped i1:3'] })).toMatchObject({
    executedTwice: 0,
    duplicatesDropped: 2,
    passed: true,
  });
});

test('a final reply without any execution fails', () => {
  expect(verdictOf(GOOD, { birch: [] })).toMatchObject({ completedNotExecuted: 1, passed: false });
});

test('a request without any answer is not lost, but counted', () => {
  const book = [...GOOD, 'requested p-2 1100', 'repeated p-2 2600'];
  expect(verdictOf(book, { birch: [EXECUTED] })).toMatchObject({
    requested: 2,
    repeated: 1,
    unanswered: 1,
    lost: 0,
    passed: true,
  });
});

test('nothing at all is no success', () => {
  expect(verdictOf([], { birch: [] })).toMatchObject({ requested: 0, passed: false });
});

test('books that do not belong together are refused', () => {
  expect(() => verdictOf(GOOD, { birch: ['executed i9:3 p-9 approved birch-1'] })).toThrow('p-9');
});
