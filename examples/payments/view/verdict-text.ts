/** The verdict as a person reads it. */
import type { RunReport } from '../run-report.ts';
import { count, type Colors } from './view.ts';

export function verdictText(report: RunReport, colors: Colors): string {
  const { bold, dim, green, red, yellow } = colors;
  const { verdict, dip } = report;
  const tookOver = report.takenOver > 0 ? `${count(report.takenOver)} taken over, ` : '';
  const percent = (part: number): string => `${Math.round(part * 100)} %`;
  const row = (label: string, value: number, note = ''): string =>
    `  ${label.padEnd(28)}${count(value).padStart(12)}   ${dim(note)}`.trimEnd();
  const mustBeZero = (label: string, value: number, examples: readonly string[]): string =>
    value === 0 ? green(row(label, value)) : red(row(label, value, `must be 0: ${examples.join(', ')}`));
  return [
    '',
    bold(
      `  ${count(report.kills)} kills, ${count(report.recovered)} instances recovered, ${tookOver}${report.seconds.toFixed(0)} s`,
    ),
    ...(dip === undefined
      ? []
      : [
          dim(
            `  payments/s in the second after a kill: ${count(dip.after)}, in the 10 s before: ${count(dip.before)} (medians); worst second ${percent(dip.worst)}`,
          ),
        ]),
    '',
    dim("  from the load generator's book"),
    row(
      'payments requested',
      verdict.requested,
      `${count(verdict.repeated)} requests sent again for want of an answer`,
    ),
    row('acknowledged', verdict.acknowledged),
    row(
      'completed',
      verdict.completed,
      `${count(verdict.approved)} approved, ${count(verdict.declined)} declined`,
    ),
    row(
      'latency, ms',
      verdict.latency.p50,
      `median; p99 ${count(verdict.latency.p99)}, longest ${count(verdict.latency.max)}`,
    ),
    row('over 2 s', report.longRunning, 'final reply later than 2 s after the acknowledgement'),
    mustBeZero('acknowledged, then lost', verdict.lost, verdict.examples.lost),
    ...(verdict.unanswered > 0
      ? [yellow(row('never answered', verdict.unanswered, 'nothing was promised for these'))]
      : []),
    '',
    dim("  from the banks' books"),
    row('executed exactly once', verdict.executedOnce),
    row('repeats dropped', verdict.duplicatesDropped, 'same message id as before'),
    mustBeZero('executed twice', verdict.executedTwice, verdict.examples.executedTwice),
    mustBeZero(
      'completed, not executed',
      verdict.completedNotExecuted,
      verdict.examples.completedNotExecuted,
    ),
    '',
    verdict.passed && report.failures.length === 0
      ? green(bold('  PASSED: every acknowledged payment was completed and executed exactly once.'))
      : red(bold('  FAILED')),
    ...report.failures.map((failure) => red(`  ${failure}`)),
    '',
  ].join('\n');
}
