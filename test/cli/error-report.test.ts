import { expect, test } from 'vitest';
import { errorAsData, exitCodeOf, reportError } from '../../src/cli/error-report.ts';
import { WaymarkError } from '../../src/waymark-error.ts';
import { recordingTerminal } from './recording-terminal.ts';

const own = new URL('../../src/runtime/promise.ts', import.meta.url).href;

function thrownBy(error: Error): Error {
  error.stack = [
    `${error.name}: ${error.message}`,
    '    at settle (/srv/scripts/payment.ts:14:5)',
    `    at start (${own}:162:18)`,
    '    at AsyncLocalStorage.run (node:internal/async_local_storage:61:14)',
  ].join('\n');
  return error;
}

function report(error: unknown): string {
  const terminal = recordingTerminal('/srv');
  reportError(error, terminal, false);
  return terminal.said();
}

test("an error of a script comes with the author's lines and no others", () => {
  expect(report(thrownBy(new RangeError('out of stock')))).toBe(
    'waymark: RangeError: out of stock\n    at settle (/srv/scripts/payment.ts:14:5)',
  );
  expect(errorAsData(thrownBy(new RangeError('out of stock')))).toEqual({
    name: 'RangeError',
    message: 'out of stock',
    stack: ['settle (/srv/scripts/payment.ts:14:5)'],
  });
});

test("an error without a line of an author's comes with its whole stack", () => {
  const error = new TypeError('a defect');
  error.stack = `TypeError: a defect\n    at start (${own}:162:18)`;
  expect(report(error)).toContain('at start');
});

test('values that are no errors are shown as they are', () => {
  expect(report(undefined)).toContain('thrown: undefined');
  expect(report({ code: 7 })).toContain('thrown: { code: 7 }');
});

test('causes are told once, those of an AggregateError too, and may go round in circles', () => {
  const first = new Error('disk on fire');
  const second = new Error('network down');
  for (const error of [first, second]) error.stack = '    at charge (/srv/scripts/bank.ts:2:1)';
  first.cause = second;
  second.cause = first;
  const error = new WaymarkError('WM5007', 'It broke: disk on fire', { cause: first });
  error.stack = '';
  const text = report(error);
  expect(text.split('\n')).toEqual([
    'waymark: It broke: disk on fire (WM5007)',
    '  caused by Error: network down',
    '      at charge (/srv/scripts/bank.ts:2:1)',
  ]);
  const all = new AggregateError([first, second], 'nobody answered');
  expect(report(thrownBy(all))).toMatch(
    /caused by Error: disk on fire\n.*\n {2}caused by Error: network down/,
  );
  expect(JSON.stringify(errorAsData(first))).toContain('network down');
});

test.each([
  ['WM1001', 5],
  ['WM5002', 4],
  ['WM6001', 6],
  ['WM6005', 2],
  ['WM7001', 1],
])('%s gives exit code %i', (code, exitCode) => {
  expect(exitCodeOf(new WaymarkError(code, 'It broke'))).toBe(exitCode);
});
