import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { duration } from '../../examples/payments/demo-options.ts';
import type { RunReport } from '../../examples/payments/run-report.ts';
import { LiveView } from '../../examples/payments/view/live-view.ts';
import { PlainView } from '../../examples/payments/view/plain-view.ts';
import type { Sample } from '../../examples/payments/view/sample.ts';
import { verdictText } from '../../examples/payments/view/verdict-text.ts';

const sample = (elapsed: number, overdue = 0): Sample => ({
  elapsed,
  paymentsPerSecond: 1234.4,
  checkpointsPerSecond: 2468.1,
  latency: { p50: 31, p99: 1260 },
  requested: 5000,
  completed: 4960,
  inFlight: 40,
  overdue,
  kills: 3,
  recovered: 17,
  nodes: new Map([
    ['node-0', 'serving'],
    ['node-1', 'down'],
  ]),
});

const verdict: RunReport['verdict'] = {
  requested: 5000,
  repeated: 12,
  acknowledged: 4990,
  completed: 5000,
  approved: 4750,
  declined: 250,
  lost: 0,
  unanswered: 0,
  executedOnce: 5000,
  executedTwice: 0,
  completedNotExecuted: 0,
  duplicatesDropped: 9,
  latency: { p50: 31, p99: 1260, max: 2400 },
  examples: { lost: [], executedTwice: [], completedNotExecuted: [] },
  passed: true,
};
const report: RunReport = {
  passed: true,
  nodes: 4,
  seconds: 61,
  kills: 11,
  recovered: 80,
  takenOver: 0,
  dip: { faults: 11, before: 400.2, after: 380, worst: 0.914 },
  dips: [],
  longRunning: 3,
  latency: { p50: 31, p90: 60, p99: 1260, p999: 2100, max: 2400 },
  verdict,
  failures: [],
  folder: undefined,
};

describe('the live view', () => {
  const draw = (width: number): { view: LiveView; written: string[] } => {
    const written: string[] = [];
    const options = { title: 'Payments', duration: 60, colors: pc.createColors(true), width: () => width };
    return { view: new LiveView({ ...options, write: (text) => written.push(text) }), written };
  };

  test('draws the next block over the one before', () => {
    const { view, written } = draw(100);
    view.update(sample(1));
    view.event('kill -9 node-1');
    view.update(sample(2));
    const lineCount = written[1]!.split('\n').length - 1;
    expect(written[2]!.startsWith(`\x1b[${lineCount}A`)).toBe(true);
    expect(written[2]!.split('\n').length - 1).toBe(lineCount);
    expect(stripVTControlCharacters(written[2]!)).toContain('0:01  kill -9 node-1');
  });

  test.each([20, 40, 100])('never writes a line wider than the terminal, %i columns', (width) => {
    const { view, written } = draw(width);
    for (let second = 0; second < 200; second++) view.update(sample(second));
    const widths = written.slice(1).flatMap((text) =>
      stripVTControlCharacters(text)
        .split('\n')
        .map((line) => line.length),
    );
    expect(Math.max(...widths)).toBeLessThan(width);
  });

  test('hides the cursor and shows it again', () => {
    const { view, written } = draw(80);
    view.end();
    expect(written).toEqual(['\x1b[?25l', '\x1b[?25h']);
  });
});

test('the plain view writes figures every five seconds, and events at once', () => {
  const written: string[] = [];
  const view = new PlainView((line) => written.push(line));
  view.event('starting 4 nodes');
  for (let quarter = 1; quarter <= 44; quarter++) view.update(sample(quarter / 4));
  expect(written).toEqual([
    '0:00  starting 4 nodes',
    ...['0:05', '0:10'].map(
      (time) =>
        `${time}  1,234 payments/s, p50 31 ms, p99 1,260 ms, in flight 40, over 2 s 0, 2,468 checkpoints/s, kills 3, recovered 17`,
    ),
  ]);
});

describe('the verdict as text', () => {
  const plain = pc.createColors(false);

  test('says that it passed', () => {
    const text = verdictText(report, plain);
    expect(text).toContain('11 kills, 80 instances recovered, 61 s');
    expect(text).toContain(
      'in the second after a kill: 380, in the 10 s before: 400 (medians); worst second 91 %',
    );
    expect(text).toMatch(/over 2 s +3 /);
    expect(text).toMatch(/acknowledged, then lost +0\n/);
    expect(text).toContain('PASSED');
    expect(text).not.toContain('FAILED');
    expect(text).not.toContain('never answered');
  });

  test('names what is lost', () => {
    const lost = {
      ...verdict,
      lost: 2,
      passed: false,
      examples: { ...verdict.examples, lost: ['p-7', 'p-9'] },
    };
    const text = verdictText({ ...report, verdict: lost }, plain);
    expect(text).toMatch(/acknowledged, then lost +2 +must be 0: p-7, p-9/);
    expect(text).toContain('FAILED');
  });

  test('a failure beside the books is a failure', () => {
    const text = verdictText({ ...report, failures: ['node-2 ended by itself'] }, plain);
    expect(text).toContain('FAILED');
    expect(text).toContain('node-2 ended by itself');
    expect(text).not.toContain('PASSED');
  });
});

test('times are read with their unit', () => {
  expect(['500ms', '5s', '1.5m', '2h'].map(duration)).toEqual([500, 5000, 90_000, 7_200_000]);
  for (const text of ['5', 's', '-1s', '5 s', '']) expect(() => duration(text)).toThrow('must be a time');
});
