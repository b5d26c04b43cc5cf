/** One execution of a job, from STARTED to its end (Jakarta Batch 2.1, section 11.3). */
import type { JobListener } from '../artifacts/listeners.ts';
import { asError, LostLeaseError } from '../batch-error.ts';
import type { JobExecutionChange } from '../repository/job-repository.ts';
import { ArtifactFactory, ThreadJobContext } from './contexts.ts';
import { type EndStatus, runElements } from './flow/element-sequence.ts';
import { Heartbeat } from './heartbeat.ts';
import { inTurn } from './maybe-promise.ts';
import type { RunContext } from './run-context.ts';

/**
 * @param restartAt Id of the element at which a restart begins; undefined: the first one.
 * @throws LostLeaseError if another run may own the execution now, and what the repository throws: then nothing more was written.
 */
export async function runJob(
  run: RunContext,
  restartAt: string | undefined,
  leaseMs: number,
): Promise<EndStatus> {
  const { repository, environment, fence, state } = run;
  const change = (fields: Omit<JobExecutionChange, 'at'>): unknown =>
    repository.changeExecution(state.executionId, fence, { ...fields, at: environment.wallClock() });
  const heartbeat = new Heartbeat(run, leaseMs);
  try {
    state.batchStatus = 'STARTED';
    await change({ batchStatus: 'STARTED', startTime: environment.wallClock() });
    const batchStatus = await perform(run, restartAt);
    state.exitStatus ??= batchStatus;
    if (run.stop.lost) throw new LostLeaseError(`Job execution ${state.executionId}`);
    // The execution has ended when this is written: no renewal may come after it.
    await heartbeat.end();
    await change({
      batchStatus,
      exitStatus: state.exitStatus,
      endTime: environment.wallClock(),
      ...(run.restartAt === undefined || batchStatus !== 'STOPPED' ? {} : { restartAt: run.restartAt }),
      ...(run.failure === undefined ? {} : { exception: describe(run.failure) }),
    });
    return batchStatus;
  } finally {
    await heartbeat.end();
  }
}

async function perform(run: RunContext, restartAt: string | undefined): Promise<EndStatus> {
  const { state } = run;
  const job = new ThreadJobContext(state);
  const fail = (error: Error): void => {
    if (error instanceof LostLeaseError) throw error;
    run.failure ??= error;
    state.batchStatus = 'FAILED';
  };
  let listeners: JobListener[] = [];
  try {
    const factory = new ArtifactFactory(run.stop.signal, job);
    listeners = run.job.listeners.map((listener) => factory.make<JobListener>(listener, 'listener'));
    await inTurn(listeners, (listener) => listener.beforeJob?.());
    const { batchStatus } = await runElements(run, run.job.elements, restartAt, job);
    state.batchStatus = batchStatus;
  } catch (error) {
    fail(asError(error));
  }
  try {
    await inTurn(listeners, (listener) => listener.afterJob?.());
  } catch (error) {
    fail(asError(error));
  }
  return state.batchStatus as EndStatus;
}

const describe = ({ name, message, stack = '' }: Error): JobExecutionChange['exception'] => ({
  name,
  message,
  stack,
});
