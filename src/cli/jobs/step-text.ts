/** Steps and their counts as a person reads them. */
import type { FailureRecord, Metrics, StepExecution } from '../../batch/repository/job-repository.ts';
import { authorFrames } from '../author-frames.ts';
import { formatDuration } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { paintState } from './execution-state.ts';

export const wholeNumber = (value: number): string => Math.round(value).toLocaleString('en-US');

export const skipsOf = ({ readSkipCount, processSkipCount, writeSkipCount }: Readonly<Metrics>): number =>
  readSkipCount + processSkipCount + writeSkipCount;

/** `1,200 read, 1,190 written, 10 skipped, 12 chunks`; empty for a batchlet. */
export function countsText(metrics: Readonly<Metrics>): string {
  const counts: readonly (readonly [number, string, boolean?])[] = [
    [metrics.readCount, 'read', true],
    [metrics.writeCount, 'written', true],
    [metrics.filterCount, 'filtered out'],
    [skipsOf(metrics), 'skipped'],
    [metrics.commitCount, metrics.commitCount === 1 ? 'chunk' : 'chunks'],
    [metrics.rollbackCount, metrics.rollbackCount === 1 ? 'rollback' : 'rollbacks'],
  ];
  if (counts.every(([count]) => count === 0)) return '';
  return counts
    .filter(([count, , always]) => always === true || count > 0)
    .map(([count, what]) => `${wholeNumber(count)} ${what}`)
    .join(', ');
}

/** One line, and what the step failed with. */
export function stepLines(step: StepExecution, terminal: Terminal, width = 0): readonly string[] {
  const { colors } = terminal;
  const { batchStatus, exitStatus, endTime, startTime } = step;
  const parts = [
    ...(exitStatus === null || exitStatus === batchStatus ? [] : [`exit status ${exitStatus}`]),
    countsText(step.metrics),
    ...(endTime === undefined ? [] : [formatDuration(endTime - startTime)]),
  ];
  return [
    `${step.stepName.padEnd(width)}  ${paintState(batchStatus, colors)}  ${parts.filter((part) => part !== '').join(', ')}`,
    ...(step.exception === undefined ? [] : failureLines(step.exception, terminal)),
  ];
}

/** Name, message and the author's lines of the stack. */
export function failureLines(
  { name, message, stack }: FailureRecord,
  { colors, directory }: Terminal,
): readonly string[] {
  const [first = '', ...more] = `${name}: ${message}`.split('\n');
  const here = new RegExp(`(?:file://)?${RegExp.escape(directory)}/`, 'g');
  return [
    `  ${colors.red(first)}`,
    ...more.map((line) => `  ${line}`),
    ...authorFrames({ stack }).map((line) => colors.dim(`  ${line.replace(here, '')}`)),
  ];
}
