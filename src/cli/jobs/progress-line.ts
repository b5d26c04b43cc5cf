/** How fast a step is, and how long it will still take. */
import type { StepProgress } from '../../batch/operator/step-progress.ts';
import { formatDuration } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { skipsOf, wholeNumber } from './step-text.ts';

/** Speeds of longer ago do not count. */
const WINDOW_MS = 5000;
const BAR = 20;

/** Owns what was seen of one step in the last seconds, oldest first; and the first of all, for the whole. */
export class StepPace {
  readonly #seen: { readonly at: number; readonly read: number }[] = [];
  readonly #expected: number | undefined;
  #first: { readonly at: number; readonly fraction: number } | undefined;

  /** @param expected Items that this execution will read, if that can be guessed from executions before. */
  constructor(expected: number | undefined) {
    this.#expected = expected;
  }

  /** @param now Milliseconds on a clock that never goes back */
  see(
    step: StepProgress,
    now: number,
  ): { rate: number; fraction: number | undefined; leftMs: number | undefined } {
    const { readCount } = step.metrics;
    this.#seen.push({ at: now, read: readCount });
    while (this.#seen.length > 2 && this.#seen[1]!.at < now - WINDOW_MS) this.#seen.shift();
    const { at, read } = this.#seen[0]!;
    const rate = now > at ? Math.max(0, ((readCount - read) * 1000) / (now - at)) : 0;
    const guess =
      this.#expected === undefined || readCount > this.#expected
        ? undefined
        : readCount / Math.max(1, this.#expected);
    const fraction = step.fraction ?? guess;
    if (fraction === undefined) return { rate, fraction, leftMs: undefined };
    this.#first ??= { at: now, fraction };
    const done = fraction - this.#first.fraction;
    const leftMs = done > 0 ? ((now - this.#first.at) * (1 - fraction)) / done : undefined;
    return { rate, fraction, leftMs };
  }
}

export function progressLine(
  step: StepProgress,
  { rate, fraction, leftMs }: ReturnType<StepPace['see']>,
  colors: Terminal['colors'],
): string {
  const { metrics, partitions } = step;
  const skipped = skipsOf(metrics);
  const filled = Math.floor((fraction ?? 0) * BAR);
  const parts = [
    colors.bold(step.stepName),
    ...(fraction === undefined
      ? []
      : [
          `${colors.cyan('█'.repeat(filled))}${colors.dim('░'.repeat(BAR - filled))} ${Math.floor(fraction * 100)} %`,
        ]),
    ...(metrics.readCount === 0 ? [] : [`${wholeNumber(metrics.readCount)} read`, `${wholeNumber(rate)}/s`]),
    ...(metrics.commitCount === 0 ? [] : [`chunk ${wholeNumber(metrics.commitCount)}`]),
    ...(skipped === 0 ? [] : [colors.yellow(`${wholeNumber(skipped)} skipped`)]),
    ...(metrics.rollbackCount === 0 ? [] : [`${wholeNumber(metrics.rollbackCount)} rolled back`]),
    ...(partitions === undefined ? [] : [`${partitions.completed} of ${partitions.count} partitions`]),
    ...(leftMs === undefined ? [] : [`${formatDuration(leftMs)} left`]),
  ];
  return parts.join('  ');
}
