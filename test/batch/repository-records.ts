/** Records for the conformance of job repositories. */
import type {
  ExecutionStart,
  JobExecution,
  JobInstance,
  JobRepository,
  Metrics,
  StepExecution,
} from '../../src/batch/repository/job-repository.ts';

export const NO_METRICS: Metrics = {
  readCount: 0,
  writeCount: 0,
  filterCount: 0,
  commitCount: 0,
  rollbackCount: 0,
  readSkipCount: 0,
  processSkipCount: 0,
  writeSkipCount: 0,
};

export const startOf = (changes: Partial<ExecutionStart> = {}): ExecutionStart => ({
  jobName: 'import',
  instanceId: undefined,
  identity: undefined,
  parameters: {},
  owner: 'process 1',
  at: 1000,
  leaseUntil: 31_000,
  ...changes,
});

export const stepOf = (
  jobExecutionId: number,
  changes: Partial<StepExecution> = {},
): Omit<StepExecution, 'id'> => ({
  jobExecutionId,
  stepName: 'load',
  batchStatus: 'STARTED',
  exitStatus: null,
  startTime: 1100,
  endTime: undefined,
  persistentUserData: null,
  metrics: NO_METRICS,
  exception: undefined,
  guarantee: undefined,
  ...changes,
});

/** An execution that has begun. */
export interface Begun {
  readonly instance: JobInstance;
  readonly execution: JobExecution;
  readonly fence: number;
}

export async function begin(
  repository: JobRepository,
  changes: Partial<ExecutionStart> = {},
): Promise<Begun> {
  const { instance, execution } = await repository.startExecution(startOf(changes));
  const fence = execution.lease!.fence;
  await repository.changeExecution(execution.id, fence, {
    batchStatus: 'STARTED',
    startTime: 1001,
    at: 1001,
  });
  return { instance, execution, fence };
}

export async function end(
  repository: JobRepository,
  { execution, fence }: Begun,
  batchStatus: 'COMPLETED' | 'FAILED' | 'STOPPED',
  at = 2000,
): Promise<void> {
  await repository.changeExecution(execution.id, fence, {
    batchStatus,
    exitStatus: batchStatus,
    endTime: at,
    at,
  });
}
