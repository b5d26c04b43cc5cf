import { expect, test } from 'vitest';
import { CompileError } from '../../src/compiler/diagnostics/diagnostic.ts';
import { ActivityMeter } from '../../src/cli/activity-meter.ts';
import { reporterFor, type ServingReport } from '../../src/cli/serve-report.ts';
import type { NodeStatistics } from '../../src/node/statistics.ts';
import { WaymarkError } from '../../src/waymark-error.ts';
import { recordingTerminal } from './recording-terminal.ts';

const report: ServingReport = {
  version: '1.2.3',
  pid: 42,
  dataFolder: '/srv/data',
  replication: undefined,
  http: undefined,
  transport: 'local, /srv/mesh',
  loaded: [
    { name: 'order', hash: 'aa' },
    { name: 'payment', hash: 'bb' },
  ],
  failed: [{ file: 'bad.ts', reasons: ['bad.ts:1:8 WM1013 Top-level await'] }],
  recovered: 12,
  attention: 1,
};

test('the banner says data folder, transport, scripts, and what was recovered', () => {
  const terminal = recordingTerminal('/srv');
  reporterFor(terminal, false).serving(report);
  expect(terminal.said().split('\n')).toEqual([
    'Waymark 1.2.3',
    '  Data       /srv/data',
    '  Transport  local, /srv/mesh',
    '  Scripts    2 ok, 1 failed: order, payment',
    '             bad.ts:1:8 WM1013 Top-level await',
    '  Recovered  12 instances, 1 needs attention',
    '  Serving as process 42. Press Ctrl-C to stop.',
  ]);
  expect(terminal.printed()).toBe('');
});

test('a failed instance is named, with the place where it failed', () => {
  const terminal = recordingTerminal('/srv');
  const error = new RangeError('out of stock');
  error.stack = 'RangeError: out of stock\n    at order (/srv/scripts/order.ts:9:3)';
  reporterFor(terminal, false).problem('instance-failed', error, { id: '01ABC', script: 'order' });
  expect(terminal.said().split('\n')).toEqual([
    '  problem: order 01ABC: RangeError: out of stock',
    '      at order (/srv/scripts/order.ts:9:3)',
  ]);
});

test('a script that is refused is shown with its code frame', () => {
  const terminal = recordingTerminal('/srv');
  const error = new CompileError([
    { code: 'WM1013', message: 'No.', file: '/srv/a.ts', line: 1, column: 8, frame: '> 1 | x', fix: 'Do.' },
  ]);
  reporterFor(terminal, false).problem('script-refused', error, { file: 'a.ts' });
  expect(terminal.said().split('\n')).toEqual([
    '  problem: a.ts is refused; what was served before still is',
    '    a.ts:1:8 WM1013 No.',
    '',
    '    > 1 | x',
    '',
    '      fix: Do.',
  ]);
});

test('for programs everything is one JSON object per line', () => {
  const terminal = recordingTerminal('/srv');
  const reporter = reporterFor(terminal, true);
  reporter.serving(report);
  reporter.activity({ started: 1, completed: 0, failed: 0, checkpoints: 2, rejected: 0, inFlight: 1 });
  reporter.event('stopping', 'Stopping: 1 in flight.');
  reporter.problem('problem', new WaymarkError('WM7001', 'no stock', { fix: 'Order some.' }), { id: 'x' });
  expect(
    terminal
      .said()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toMatchObject([
    { level: 'info', event: 'serving', recovered: 12, loaded: [{ name: 'order' }, { name: 'payment' }] },
    { event: 'activity', started: 1, checkpoints: 2, inFlight: 1 },
    { event: 'stopping', message: 'Stopping: 1 in flight.' },
    {
      level: 'error',
      event: 'problem',
      id: 'x',
      error: { code: 'WM7001', message: 'no stock', fix: 'Order some.' },
    },
  ]);
});

test('activity is what happened since the last look, and nothing when nothing did', () => {
  const meter = new ActivityMeter();
  const look = (counters: Partial<NodeStatistics>, inFlight = 0) => {
    const none = { started: 0, completed: 0, failed: 0, rejected: 0, checkpoints: 0 };
    return meter.since({ statistics: { ...none, ...counters } as NodeStatistics, inFlight });
  };
  expect(look({})).toBeUndefined();
  expect(look({ started: 3, checkpoints: 5 }, 3)).toMatchObject({ started: 3, checkpoints: 5, inFlight: 3 });
  expect(look({ started: 4, completed: 1, checkpoints: 7 }, 3)).toMatchObject({
    started: 1,
    completed: 1,
    checkpoints: 2,
  });
  expect(look({ started: 4, completed: 1, checkpoints: 7 }, 3)).toBeUndefined();
});
