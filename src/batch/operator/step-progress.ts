import { addMetrics, noMetrics } from '../engine/metrics.ts';
import type { LiveStep } from '../engine/run-context.ts';
import type { Metrics } from '../repository/job-repository.ts';

/** How far a step has come that runs now. */
export interface StepProgress {
  readonly stepExecutionId: number;
  readonly stepName: string;
  /** Of this execution of the step; with the chunk that is being made. */
  readonly metrics: Readonly<Metrics>;
  /** From 0 to 1, if the reader knows; of partitions the mean. */
  readonly fraction: number | undefined;
  /** Of those that run in this execution; undefined for a step without partitions. */
  readonly partitions: { readonly completed: number; readonly count: number } | undefined;
}

export function progressOf({ stepExecutionId, threads, partitioned }: LiveStep): StepProgress {
  const metrics = noMetrics();
  for (const thread of threads) addMetrics(thread.metrics, metrics);
  const completed = threads.filter(({ batchStatus }) => batchStatus === 'COMPLETED').length;
  return {
    stepExecutionId,
    stepName: threads[0]?.stepName ?? '',
    metrics,
    fraction: fractionOf(threads),
    partitions: partitioned ? { completed, count: threads.length } : undefined,
  };
}

/** A partition that has not begun has read nothing; undefined if one that has does not know. */
function fractionOf(threads: LiveStep['threads']): number | undefined {
  let sum = 0;
  let known = false;
  for (const { batchStatus, metrics, progress } of threads) {
    const fraction = batchStatus === 'COMPLETED' ? 1 : progress();
    if (fraction === undefined && metrics.readCount > 0) return undefined;
    known ||= fraction !== undefined;
    sum += fraction ?? 0;
  }
  return known ? sum / threads.length : undefined;
}
