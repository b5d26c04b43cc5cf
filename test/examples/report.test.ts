/** The report of a run from its log, and the parts that it is counted with. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaymentEntry } from '../../examples/payments/books/payment-book.ts';
import { ratesBetween, readNodeFigures } from '../../examples/payments/processes/node-metrics.ts';
import { chart, niceTicks } from '../../examples/payments/report/chart.ts';
import { dipAt, summarizeDips } from '../../examples/payments/report/dip.ts';
import { paymentTimeline } from '../../examples/payments/report/payment-timeline.ts';
import { reportPage } from '../../examples/payments/report/report-page.ts';
import { runHistory } from '../../examples/payments/report/run-history.ts';
import type { LogEntry } from '../../examples/payments/report/run-log.ts';
import type { RunReport } from '../../examples/payments/run-report.ts';

const BEGIN = 1_000_000;

function entry(kind: PaymentEntry['kind'], payment: string, at: number): PaymentEntry {
  return { kind, payment, at: BEGIN + at, receipt: `r-${payment}` } as PaymentEntry;
}

describe('the timeline of payments', () => {
  const timeline = paymentTimeline(
    [
      entry('requested', 'p-0', -300),
      entry('requested', 'p-1', 100),
      entry('approved', 'p-0', 200),
      entry('acknowledged', 'p-1', 300),
      entry('requested', 'p-2', 900),
      entry('approved', 'p-1', 1100),
      entry('acknowledged', 'p-2', 1500),
      entry('acknowledged', 'p-2', 1600),
      entry('declined', 'p-2', 4200),
      entry('declined', 'p-2', 4300),
    ],
    BEGIN,
    BEGIN + 5000,
  );

  test('counts each second', () => {
    expect(
      timeline.seconds.map(({ requested, completed, active }) => [requested, completed, active]),
    ).toEqual([
      [2, 1, 2],
      [0, 1, 1],
      [0, 0, 1],
      [0, 0, 1],
      [0, 1, 0],
    ]);
    expect(timeline.seconds.map(({ acknowledged }) => acknowledged)).toEqual([1, 1, 0, 0, 0]);
  });

  test('a payment is long-running in every second in which it has waited for more than 2 s since its first acknowledgement', () => {
    expect(timeline.longRunning).toBe(1);
    expect(timeline.seconds.map(({ longRunning }) => longRunning)).toEqual([0, 0, 0, 1, 1]);
  });

  test('the response time counts from when a payment was due to its first final reply', () => {
    expect(timeline.latency).toMatchObject({ p50: 1000, max: expect.closeTo(3300, -1) });
    expect(timeline.seconds[1]!.latency).toMatchObject({ p50: 1000, p99: 1000, max: 1000 });
    expect(timeline.seconds[2]!.latency).toBeUndefined();
    expect(timeline.completions.map((at) => at - BEGIN)).toEqual([200, 1100, 4200]);
  });

  test('what never ends is long-running until the end', () => {
    const open = [entry('requested', 'p-1', 0), entry('acknowledged', 'p-1', 100)];
    const { longRunning, seconds } = paymentTimeline(open, BEGIN, BEGIN + 4000);
    expect([longRunning, seconds.map((second) => second.longRunning)]).toEqual([1, [0, 0, 1, 1]]);
  });
});

describe('the dip', () => {
  // Ten a second until 20 s, then nothing for half a second.
  const times = [
    ...Array.from({ length: 200 }, (_, index) => index * 100),
    ...Array.from({ length: 100 }, (_, index) => 20_500 + index * 100),
  ];

  test('compares the second after a fault with the ten before', () => {
    expect(dipAt(times, 20_000, 0)).toEqual({ before: 10, after: 5 });
    expect(dipAt(times, 25_000, 0)).toEqual({ before: 9.5, after: 10 });
  });

  test('a fault soon after the beginning is compared with what there was', () => {
    expect(dipAt(times, 4000, 0)).toEqual({ before: 10, after: 10 });
    expect(dipAt(times, 0, 0)).toEqual({ before: 0, after: 10 });
  });

  test('is summed up as medians and the worst', () => {
    const dips = [
      { before: 10, after: 5 },
      { before: 20, after: 20 },
      { before: 12, after: 9 },
    ];
    expect(summarizeDips(dips)).toEqual({ faults: 3, before: 12, after: 9, worst: 0.5 });
    expect(summarizeDips([])).toBeUndefined();
  });

  test('counts as a plain count does', () => {
    const times = fc.array(fc.nat({ max: 30_000 })).map((values) => values.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(times, fc.nat({ max: 30_000 }), (completions, at) => {
        const within = (from: number, to: number): number =>
          completions.filter((time) => time >= from && time < to).length;
        const from = Math.max(0, at - 10_000);
        const { before, after } = dipAt(completions, at, 0);
        expect(after).toBe(within(at, at + 1000));
        expect(before).toBeCloseTo(at > 0 ? (within(from, at) * 1000) / (at - from) : 0);
      }),
    );
  });
});

describe('the figures of a node', () => {
  const page = (checkpoints: number, cpu: number): string => `# HELP waymark_checkpoints_total Checkpoints.
# TYPE waymark_checkpoints_total counter
waymark_checkpoints_total{node="node-0"} ${checkpoints}
waymark_checkpoint_seconds_bucket{le="0.001",node="node-0"} 3
waymark_checkpoint_seconds_sum{node="node-0"} ${checkpoints * 0.004}
waymark_calls_total{node="node-0"} 30
waymark_call_seconds_count{node="node-0"} 30
waymark_call_seconds_sum{node="node-0"} 1.5
process_cpu_seconds_total{node="node-0"} ${cpu}
waymark_instances_in_flight{node="node-0"} 7
waymark_instances_taken_over_total{node="node-0"} 2
`;

  test('are read from a page of metrics', () => {
    expect(readNodeFigures(page(10, 1.25))).toEqual({
      checkpoints: 10,
      checkpointSeconds: 0.04,
      calls: 30,
      callsEnded: 30,
      callSeconds: 1.5,
      cpuSeconds: 1.25,
      inFlight: 7,
      takenOver: 2,
    });
    expect(() => readNodeFigures('waymark_calls_total 1')).toThrow('waymark_checkpoints_total');
  });

  test('become rates; a process that began anew began at 0', () => {
    const before = readNodeFigures(page(10, 1));
    expect(ratesBetween(before, readNodeFigures(page(30, 1.5)), 2)).toMatchObject({
      checkpointsPerSecond: 10,
      checkpointLatency: expect.closeTo(4),
      callsPerSecond: 0,
      callLatency: undefined,
      cpu: 0.25,
      inFlight: 7,
    });
    expect(ratesBetween(before, readNodeFigures(page(20, 0.5)), 1)).toMatchObject({
      checkpointsPerSecond: 20,
      callLatency: expect.closeTo(50),
      cpu: 0.5,
    });
  });
});

describe('a chart', () => {
  test('ticks begin at 0, are round, reach the highest value and are few', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (highest) => {
        const ticks = niceTicks(highest);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)!).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
        expect(ticks.length).toBeLessThanOrEqual(5);
        const first = ticks[1]!.toExponential()[0];
        expect(['1', '2', '5']).toContain(first);
      }),
    );
  });

  test('a curve has a gap where nothing is known', () => {
    const draw = (points: [number, number | undefined][]): number =>
      chart({
        title: 'T',
        unit: 'u',
        duration: 20,
        marks: [],
        series: [{ name: 'a', color: 'red', points }],
      }).split('class="curve"').length - 1;
    expect(draw([1, 2, 3, 4].map((at) => [at, at]))).toBe(1);
    expect(draw([1, 2, 8, 9].map((at) => [at, at]))).toBe(2);
    expect(
      draw([
        [1, 1],
        [2, undefined],
        [3, 1],
      ]),
    ).toBe(2);
    expect(draw([])).toBe(0);
  });
});

const report: RunReport = {
  passed: true,
  nodes: 2,
  seconds: 5,
  kills: 2,
  recovered: 7,
  takenOver: 3,
  dip: { faults: 2, before: 10, after: 8, worst: 0.7 },
  dips: [
    { before: 10, after: 7 },
    { before: 11, after: 9 },
  ],
  longRunning: 1,
  latency: { p50: 31, p90: 60, p99: 210, p999: 700, max: 900 },
  verdict: {
    requested: 50,
    repeated: 2,
    acknowledged: 50,
    completed: 50,
    approved: 48,
    declined: 2,
    lost: 0,
    unanswered: 0,
    executedOnce: 50,
    executedTwice: 0,
    completedNotExecuted: 0,
    duplicatesDropped: 1,
    latency: { p50: 31, p99: 210, max: 900 },
    examples: { lost: [], executedTwice: [], completedNotExecuted: [] },
    passed: true,
  },
  failures: [],
  folder: undefined,
};
const rates = {
  checkpointsPerSecond: 9,
  callsPerSecond: 14,
  checkpointLatency: 4,
  callLatency: 20,
  cpu: 0.1,
  inFlight: 3,
};
const second = {
  requested: 10,
  acknowledged: 10,
  completed: 10,
  active: 2,
  longRunning: 0,
  latency: report.latency,
};

function log(ended: RunReport = report): LogEntry[] {
  const at = (seconds: number): number => BEGIN + seconds * 1000;
  return [
    { kind: 'node', at: at(-1), node: 'node-0', ...rates },
    { kind: 'load-began', at: at(0), command: 'npm run demo -- --kill <b>', machine: 'Node v24, 2 x X' },
    { kind: 'node', at: at(0.5), node: 'node-1', ...rates },
    { kind: 'node', at: at(0.6), node: 'node-0', ...rates },
    { kind: 'fault', at: at(1), fault: 'node', target: 'node-1' },
    { kind: 'repaired', at: at(1.8), fault: 'node', target: 'node-1', recovered: 7 },
    { kind: 'fault', at: at(3), fault: 'takeover', target: 'node-0' },
    { kind: 'lease-lost', at: at(3.5), node: 'node-1' },
    { kind: 'load-ended', at: at(5) },
    ...[0, 1, 2, 3, 4].map((index) => ({ kind: 'second' as const, at: at(index), ...second })),
    { kind: 'verdict', at: at(5), report: ended },
  ];
}

describe('the report', () => {
  test('puts the log in order', () => {
    const history = runHistory(log());
    expect(history.faults).toEqual([
      { at: 1, fault: 'node', target: 'node-1', repaired: 1.8, recovered: 7, before: 10, after: 7 },
      {
        at: 3,
        fault: 'takeover',
        target: 'node-0',
        repaired: undefined,
        recovered: undefined,
        before: 11,
        after: 9,
      },
    ]);
    expect([...history.nodes].map(([name, samples]) => [name, samples.map(({ at }) => at)])).toEqual([
      ['node-0', [0.6]],
      ['node-1', [0.5]],
    ]);
    expect(history.leasesLost).toEqual([{ at: 3.5, node: 'node-1' }]);
    expect(history.duration).toBe(5);
    expect(() => runHistory(log().slice(0, -1))).toThrow('not of a whole run');
  });

  test('needs nothing from anywhere and runs nothing', () => {
    const page = reportPage(log());
    expect(page).not.toMatch(/https?:|<script|<link|<img|<iframe|@import|url\(|\son\w+=/i);
    expect(page).toContain('npm run demo -- --kill &lt;b&gt;');
  });

  test('shows the dashboard with a line for each fault in every chart', () => {
    const page = reportPage(log());
    const titles = [...page.matchAll(/<h3>([^<]+)/g)].map(([, title]) => title);
    expect(titles).toEqual([
      'Payments',
      'Response time',
      'Active payments',
      'Long-running payments',
      'Checkpoints',
      'Checkpoint latency',
      'Callouts',
      'Callout latency',
      'In flight',
      'Processor',
    ]);
    expect(page.match(/class="mark"/g)).toHaveLength(titles.length * 2);
    expect(page).toContain('<title>0:03 takeover: node-0</title>');
    expect(page).toContain('never back');
    expect(page).toContain('node-1 at 0:03');
    expect(page).toContain('>passed<');
    expect(page).not.toContain('NaN');
  });

  test('says what went wrong', () => {
    const bad = {
      ...report,
      passed: false,
      failures: ['node-2 ended <by> itself'],
      verdict: { ...report.verdict, lost: 4 },
    };
    const page = reportPage(log(bad));
    expect(page).toContain('badge bad');
    expect(page).toContain('node-2 ended &lt;by&gt; itself');
    expect(page).toMatch(/tile bad"><b>4<\/b><span>acknowledged, then lost/);
  });
});
