/** When an execution counts as running, and what keeps its instance from being started again: one rule for every repository. */
import {
  JobExecutionAlreadyCompleteError,
  JobExecutionIsRunningError,
  JobRestartError,
} from '../batch-error.ts';
import type { BatchStatus, JobExecution } from './job-repository.ts';

export const RUNNING: readonly BatchStatus[] = ['STARTING', 'STARTED', 'STOPPING'];

/**
 * @param last The newest execution of the instance.
 * @returns True: it still counts as running, but its lease has run out: it is to be declared dead first.
 * @throws JobExecutionAlreadyCompleteError, JobRestartError (abandoned), JobExecutionIsRunningError (a live lease)
 */
export function refuseUnlessEnded(last: JobExecution, at: number): boolean {
  if (last.batchStatus === 'COMPLETED')
    throw new JobExecutionAlreadyCompleteError(`Job instance ${last.instanceId} of ${last.jobName}`);
  if (last.batchStatus === 'ABANDONED')
    throw new JobRestartError(`Job execution ${last.id}`, 'it was abandoned');
  if (!RUNNING.includes(last.batchStatus)) return false;
  if (last.lease !== undefined && last.lease.until >= at)
    throw new JobExecutionIsRunningError(last.id, last.lease.owner);
  return true;
}
