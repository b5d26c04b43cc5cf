import { NoSuchJobExecutionError } from '../../batch/batch-error.ts';
import type { JobExecution, JobRepository } from '../../batch/repository/job-repository.ts';
import { CliError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';

/** So many instances are looked through. */
const MOST_INSTANCES = 200;

/**
 * The execution with this id; or the newest one of the job with this name.
 * @throws NoSuchJobExecutionError; CliError WM8028 (exit code 3)
 */
export async function findExecution(repository: JobRepository, named: string): Promise<JobExecution> {
  if (/^\d+$/.test(named)) {
    const found = await repository.execution(Number(named));
    if (found === undefined) throw new NoSuchJobExecutionError(Number(named));
    return found;
  }
  const found = await newestExecution(repository, named);
  if (found !== undefined) return found;
  const known = await repository.jobNames();
  throw new CliError('WM8028', `The job ${JSON.stringify(named)} has never run`, {
    exitCode: EXIT.notFound,
    fix:
      known.length === 0
        ? `No job has, in ${repository.name}.`
        : `Those that have, in ${repository.name}: ${known.join(', ')}.`,
  });
}

export async function newestExecution(
  repository: JobRepository,
  jobName: string,
): Promise<JobExecution | undefined> {
  let newest: JobExecution | undefined;
  for (const { id } of await repository.instances(jobName, 0, MOST_INSTANCES)) {
    const last = (await repository.executions(id)).at(-1);
    if (last !== undefined && (newest === undefined || last.id > newest.id)) newest = last;
  }
  return newest;
}
