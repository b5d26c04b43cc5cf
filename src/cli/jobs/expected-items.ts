import type { JobRepository } from '../../batch/repository/job-repository.ts';

/** So many instances of before are looked at. */
const LOOKED_AT = 10;

/**
 * How many items each step will read in the next execution of an instance, if it reads as many as the last instance of the job did that has completed it. Steps that
 * never have are missing.
 */
export async function expectedItems(
  repository: JobRepository,
  jobName: string,
  instanceId: number,
): Promise<ReadonlyMap<string, number>> {
  const totals = new Map<string, number>();
  for (const { id } of await repository.instances(jobName, 0, LOOKED_AT)) {
    if (id === instanceId) continue;
    const steps = await repository.stepExecutionsOfInstance(id);
    for (const name of new Set(steps.map(({ stepName }) => stepName))) {
      const own = steps.filter(({ stepName }) => stepName === name);
      if (!totals.has(name) && own.some(({ batchStatus }) => batchStatus === 'COMPLETED'))
        totals.set(
          name,
          own.reduce((sum, { metrics }) => sum + metrics.readCount, 0),
        );
    }
  }
  for (const { stepName, metrics } of await repository.stepExecutionsOfInstance(instanceId)) {
    const total = totals.get(stepName);
    if (total !== undefined) totals.set(stepName, total - metrics.readCount);
  }
  return totals;
}
