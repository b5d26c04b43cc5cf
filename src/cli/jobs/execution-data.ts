/** Executions as JSON. */
import type { JobExecution, JobRepository, StepExecution } from '../../batch/repository/job-repository.ts';
import { shownState } from './execution-state.ts';

export function executionData(execution: JobExecution, now: number): object {
  const { id, instanceId, jobName, exitStatus, createTime, startTime, endTime, parameters } = execution;
  const { exception, lease } = execution;
  return {
    id,
    instanceId,
    jobName,
    batchStatus: execution.batchStatus,
    state: shownState(execution, now),
    exitStatus,
    createTime,
    startTime,
    endTime,
    parameters,
    exception,
    lease: endTime === undefined ? lease : undefined,
  };
}

export function stepData(step: StepExecution): object {
  const { id, stepName, batchStatus, exitStatus, startTime, endTime, metrics, guarantee, exception } = step;
  return { id, stepName, batchStatus, exitStatus, startTime, endTime, metrics, guarantee, exception };
}

/** With its steps, and their partitions. */
export async function executionTree(repository: JobRepository, execution: JobExecution): Promise<object> {
  const steps = await repository.stepExecutions(execution.id);
  return {
    ...executionData(execution, Date.now()),
    steps: await Promise.all(
      steps.map(async (step) => ({
        ...stepData(step),
        partitions: (await repository.partitions(step.id)).map(
          ({ index, batchStatus, exitStatus, metrics, properties }) => ({
            index,
            batchStatus,
            exitStatus,
            metrics,
            properties,
          }),
        ),
      })),
    ),
  };
}
