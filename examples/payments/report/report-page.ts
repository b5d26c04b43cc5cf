/** The report: one page of HTML that needs nothing from anywhere, with the curves of a run and what its books say. */
import { FAULTS, type FaultKind } from '../chaos/fault.ts';
import type { NodeRates } from '../processes/node-metrics.ts';
import { count } from '../view/view.ts';
import { chart, clock, escapeHtml, type ChartOptions, type Mark, type Series, type Span } from './chart.ts';
import type { Second } from './payment-timeline.ts';
import { REPORT_STYLE } from './report-style.ts';
import { runHistory, type RunHistory } from './run-history.ts';
import type { LogEntry } from './run-log.ts';

const BLUE = '#2468c9';
const COLORS = [BLUE, '#e07b1a', '#15936c', '#8b4fc6', '#c2427e', '#5b7083', '#a58a10', '#2a9fb5'];
const RED = '#c62f3b';
const LATENCIES = [
  ['p50', 'half of them', '#7fa8e0'],
  ['p90', '90 %', BLUE],
  ['p99', '99 %', '#e07b1a'],
  ['max', 'slowest', '#b9c3cd'],
] as const;
const FAULT_COLORS: Readonly<Record<FaultKind, string>> = {
  node: RED,
  pair: RED,
  disk: '#8b2f8f',
  nats: '#b06a00',
  freeze: '#2a7f9f',
  takeover: RED,
  all: RED,
};

/** @throws Error when the log is not of a whole run */
export function reportPage(entries: Iterable<LogEntry>): string {
  const history = runHistory(entries);
  const { report, command, machine, began } = history;
  const verdict = report.passed ? 'passed' : 'failed';
  const failures = report.failures
    .map((failure) => `<p class="failures">${escapeHtml(failure)}</p>`)
    .join('');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Payments under fire: ${verdict}</title>
<style>${REPORT_STYLE}</style>
<main>
<header><h1>Payments under fire</h1><span class="badge${report.passed ? '' : ' bad'}">${verdict}</span>
<p class="about"><code>${escapeHtml(command)}</code></p>
<p class="about">${new Date(began).toISOString().replace('T', ' ').slice(0, 19)} UTC, ${clock(report.seconds)} minutes, ${report.nodes} nodes, ${escapeHtml(machine)}</p></header>
${failures}
<section class="tiles">${tiles(history)}</section>
<h2>Payments</h2>
<section class="charts">${paymentCharts(history)}</section>
<h2>Nodes</h2>
<section class="charts">${nodeCharts(history)}</section>
<section class="pair"><div><h2>What was done</h2>${faultTable(history)}</div><div><h2>What the books say</h2>${bookTable(history)}</div></section>
<footer>Payments, response times, active and long-running payments are counted from the load generator's book: a payment counts from the
moment at which it was due, whether or not the generator could send it then. Executions are counted from the banks' books. The curves of
nodes are from their metrics, once a second; a node that is down has none. Dashed lines are faults; a tinted band ends when what was hit
serves again.</footer>
</main>
</html>
`;
}

function tiles({ report, seconds }: RunHistory): string {
  const { verdict, dip, latency } = report;
  const tile = (value: string, what: string, kind = ''): string =>
    `<div class="tile ${kind}"><b>${value}</b><span>${what}</span></div>`;
  const zero = (value: number, what: string): string =>
    tile(count(value), what, value === 0 ? 'good' : 'bad');
  const most = (pick: (second: Second) => number): number => Math.max(0, ...seconds.map(pick));
  return [
    zero(verdict.lost, 'acknowledged, then lost'),
    zero(verdict.executedTwice, 'executed twice'),
    tile(count(verdict.completed), `payments completed of ${count(verdict.requested)}`),
    tile(count(report.kills), report.kills === 1 ? 'fault' : 'faults'),
    tile(count(report.recovered), 'instances recovered'),
    ...(report.takenOver > 0 ? [tile(count(report.takenOver), 'instances taken over')] : []),
    tile(`${count(most(({ longRunning }) => longRunning))}`, 'most long-running (> 2 s) at once'),
    tile(`${count(latency?.p50 ?? 0)} ms`, `response time; 99 % within ${count(latency?.p99 ?? 0)} ms`),
    ...(dip
      ? [tile(`${count(dip.after)}`, `payments/s in the second after a fault; before: ${count(dip.before)}`)]
      : []),
  ].join('');
}

function paymentCharts(history: RunHistory): string {
  const { seconds } = history;
  const of = (pick: (second: Second) => number | undefined): Series['points'] =>
    seconds.map((second, index) => [index + 0.5, pick(second)] as const);
  const one = (
    title: string,
    unit: string,
    pick: (second: Second) => number,
    more: Partial<ChartOptions> = {},
  ) =>
    draw(history, {
      title,
      unit,
      series: [{ name: title, color: BLUE, filled: true, points: of(pick) }],
      ...more,
    });
  return [
    one('Payments', 'completed per second', ({ completed }) => completed),
    draw(history, {
      title: 'Response time',
      unit: 'ms from when a payment was due, logarithmic',
      logarithmic: true,
      series: LATENCIES.map(([key, name, color]) => ({
        name,
        color,
        points: of(({ latency }) => latency?.[key]),
      })).toReversed(),
    }),
    one('Active payments', 'due, without a final reply', ({ active }) => active),
    one(
      'Long-running payments',
      'acknowledged for more than 2 s, without a final reply',
      ({ longRunning }) => longRunning,
      {
        atLeast: 10,
      },
    ),
  ].join('');
}

function nodeCharts(history: RunHistory): string {
  const { nodes } = history;
  const per = (pick: (rates: NodeRates) => number | undefined): Series[] =>
    Array.from(nodes, ([name, samples], index) => ({
      name,
      color: COLORS[index % COLORS.length]!,
      points: samples.map((sample) => [sample.at, pick(sample)] as const),
    }));
  const one = (title: string, unit: string, pick: (rates: NodeRates) => number | undefined): string =>
    draw(history, { title, unit, series: per(pick) });
  return [
    one('Checkpoints', 'per second and node', ({ checkpointsPerSecond }) => checkpointsPerSecond),
    one(
      'Checkpoint latency',
      'ms until durable here and on the peer, mean',
      ({ checkpointLatency }) => checkpointLatency,
    ),
    one('Callouts', 'per second and node', ({ callsPerSecond }) => callsPerSecond),
    one('Callout latency', 'ms until the reply, mean', ({ callLatency }) => callLatency),
    one('In flight', 'instances per node', ({ inFlight }) => inFlight),
    one('Processor', '% of one core, per node', ({ cpu }) => cpu * 100),
  ].join('');
}

function draw(history: RunHistory, options: Omit<ChartOptions, 'duration' | 'marks'>): string {
  const marks: Mark[] = history.faults.map(({ at, fault, target }) => ({
    at,
    color: FAULT_COLORS[fault],
    text: `${clock(at)} ${fault}: ${target}`,
  }));
  const spans: Span[] = history.faults.map(({ at, repaired }) => ({
    from: at,
    to: repaired ?? history.duration,
  }));
  return chart({ ...options, duration: history.duration, marks, spans });
}

function faultTable({ faults, leasesLost }: RunHistory): string {
  if (faults.length === 0) return '<p class="about">Nothing: nobody was killed.</p>';
  const rows = faults.map(({ at, fault, target, repaired, recovered, before, after }) => {
    const away = repaired === undefined ? 'never back' : `${(repaired - at).toFixed(1)} s`;
    return `<tr><td>${clock(at)}</td><td class="text" title="${escapeHtml(FAULTS[fault])}">${fault}</td><td class="text">${escapeHtml(target)}</td><td>${away}</td><td>${count(recovered ?? 0)}</td><td>${count(before)}</td><td>${count(after)}</td></tr>`;
  });
  const lost = leasesLost.map(({ at, node }) => `${node} at ${clock(at)}`).join(', ');
  return `<div class="table"><table><tr><th>at<th class="text">fault<th class="text">of<th>away<th>recovered<th>payments/s<th>1 s after</tr>${rows.join('')}</table></div>${lost === '' ? '' : `<p class="about">Lost their lease, ended and were started again: ${lost}.</p>`}`;
}

function bookTable({ report }: RunHistory): string {
  const { verdict, latency } = report;
  const rows: readonly (readonly [string, string])[] = [
    ['payments requested', count(verdict.requested)],
    ['requests sent again for want of an answer', count(verdict.repeated)],
    ['acknowledged', count(verdict.acknowledged)],
    ['completed: approved, declined', `${count(verdict.approved)}, ${count(verdict.declined)}`],
    ['acknowledged, then lost', count(verdict.lost)],
    ['never answered (nothing was promised)', count(verdict.unanswered)],
    ['final reply later than 2 s after the acknowledgement', count(report.longRunning)],
    ['executed by banks exactly once', count(verdict.executedOnce)],
    ['repeats that banks dropped', count(verdict.duplicatesDropped)],
    ['executed twice', count(verdict.executedTwice)],
    ['completed, not executed', count(verdict.completedNotExecuted)],
    [
      'response time, ms: 50, 90, 99, 99.9 %, longest',
      latency === undefined
        ? '-'
        : [latency.p50, latency.p90, latency.p99, latency.p999, latency.max].map(count).join(', '),
    ],
  ];
  return `<div class="table"><table>${rows.map(([what, value]) => `<tr><td>${what}</td><td>${value}</td></tr>`).join('')}</table></div>`;
}
