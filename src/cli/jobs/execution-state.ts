/** The state of an execution as a person should see it. */
import type { BatchStatus, JobExecution } from '../../batch/repository/job-repository.ts';
import { RUNNING } from '../../batch/repository/restart-rule.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/** CRASHED is Waymark's word for what still says that it runs, and whose lease has run out. */
export type ShownState = BatchStatus | 'CRASHED';

export const isRunning = ({ batchStatus }: Pick<JobExecution, 'batchStatus'>): boolean =>
  RUNNING.includes(batchStatus);

/** @param now Milliseconds since the epoch */
export function shownState(execution: JobExecution, now: number): ShownState {
  if (!isRunning(execution)) return execution.batchStatus;
  if (execution.lease !== undefined && execution.lease.until < now) return 'CRASHED';
  return execution.stopRequested ? 'STOPPING' : execution.batchStatus;
}

export function paintState(state: ShownState, colors: Terminal['colors']): string {
  if (state === 'COMPLETED') return colors.green(state);
  if (state === 'FAILED' || state === 'CRASHED') return colors.red(state);
  if (state === 'STOPPED' || state === 'ABANDONED') return colors.yellow(state);
  return colors.cyan(state);
}

/** What a command returns that has run an execution to its end. */
export function exitCodeOfStatus(status: BatchStatus): ExitCode {
  if (status === 'COMPLETED') return EXIT.ok;
  if (status === 'STOPPED') return EXIT.stopped;
  if (status === 'ABANDONED') return EXIT.abandoned;
  return EXIT.failure;
}
