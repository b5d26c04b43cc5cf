/** One step of a job execution, from the question whether it runs at all to its record (Jakarta Batch 2.1, sections 8.2, 10.8 and 11). */
import type { StepListener } from '../../artifacts/listeners.ts';
import { asError, LostLeaseError } from '../../batch-error.ts';
import type { ResolvedStep } from '../../definition/resolved-job.ts';
import type { StepExecution, StepExecutionChange } from '../../repository/job-repository.ts';
import { encodePlain } from '../../repository/plain-data.ts';
import type { TransactionResource } from '../../transaction/transaction-resource.ts';
import { ArtifactFactory, type ThreadJobContext, ThreadStepContext } from '../contexts.ts';
import { inTurn } from '../maybe-promise.ts';
import { noMetrics } from '../metrics.ts';
import { tokenBefore, writerToken } from '../writer-token.ts';
import { checkStartLimit, lastExecutionOf, type RunContext } from '../run-context.ts';
import { type LimitLedger, StepLimitLedger } from './limit-ledger.ts';
import { runPartitions } from './partitions.ts';
import { prepareThread } from './step-thread.ts';

/** What the parts of one step execution share. */
export interface StepRun {
  readonly run: RunContext;
  readonly step: ResolvedStep;
  readonly job: ThreadJobContext;
  readonly context: ThreadStepContext;
  readonly factory: ArtifactFactory;
  /** That is continued; undefined: from the beginning. */
  readonly continued: StepExecution | undefined;
  /** It has completed before: what is left of that is to be removed. */
  readonly fromBeginning: boolean;
  /** Once per place: removes the records of an earlier pass through the step. */
  forget(resource: TransactionResource | undefined): Promise<void>;
  /** The same, because a mapper overrides the partitions of before. */
  forgetPartitions(resource: TransactionResource | undefined): Promise<void>;
  readonly limits: LimitLedger;
  readonly alsoFailed: (error: Error) => void;
  /** Of a chunk step, known as soon as its writer is. */
  guarantee: string | undefined;
}

/**
 * Runs a step, or finds that it has completed before and need not run again.
 * @returns its last execution
 * @throws BatchError WM9063, LostLeaseError; nothing else, a step that fails has the status FAILED
 */
export async function runStep(
  run: RunContext,
  step: ResolvedStep,
  job: ThreadJobContext,
): Promise<StepExecution> {
  const { repository, environment, fence, state } = run;
  const last = lastExecutionOf(run, step.id);
  const hasCompleted = last?.batchStatus === 'COMPLETED';
  if (hasCompleted && !step.allowStartIfComplete) return last;
  checkStartLimit(run, step.id, step.startLimit);
  const continued = hasCompleted ? undefined : last;
  const created = await repository.createStepExecution(fence, {
    jobExecutionId: state.executionId,
    stepName: step.id,
    batchStatus: 'STARTED',
    exitStatus: null,
    startTime: environment.wallClock(),
    endTime: undefined,
    persistentUserData: continued?.persistentUserData ?? null,
    metrics: noMetrics(),
    exception: undefined,
    guarantee: undefined,
  });
  const context = new ThreadStepContext(step.id, created.id, step.properties);
  context.persistentUserData = continued?.persistentUserData ?? null;
  const later: Error[] = [];
  const limits = new StepLimitLedger(repository, fence, state.instanceId, step.id);
  if (hasCompleted) await limits.forget();
  const stepRun: StepRun = {
    run,
    step,
    job,
    context,
    factory: new ArtifactFactory(run.stop.signal, job, context),
    continued,
    fromBeginning: continued === undefined && last !== undefined,
    forget: forgetting(run, step.id, continued === undefined && last !== undefined),
    forgetPartitions: forgetting(run, step.id, last !== undefined),
    limits,
    alsoFailed: (error) => void later.push(error),
    guarantee: undefined,
  };
  await perform(stepRun);
  const change = recordOf(context, later, environment.wallClock(), stepRun.guarantee);
  await repository.changeStepExecution(created.id, fence, change);
  const ended: StepExecution = { ...created, ...change };
  run.history.unshift(ended);
  return ended;
}

/** What becomes of it is in the context. */
async function perform(stepRun: StepRun): Promise<void> {
  const { step, context, factory } = stepRun;
  let listeners: StepListener[] = [];
  const fail = (error: Error): void => {
    if (error instanceof LostLeaseError) throw error;
    context.batchStatus = 'FAILED';
    context.failure ??= error;
  };
  try {
    listeners = step.listeners.map((listener) => factory.make<StepListener>(listener, 'listener'));
    if (step.partitioning === undefined) {
      await performWhole(stepRun, listeners);
    } else {
      await inTurn(listeners, (listener) => listener.beforeStep?.());
      await runPartitions(stepRun, step.partitioning);
    }
  } catch (error) {
    fail(asError(error));
  }
  try {
    await inTurn(listeners, (listener) => listener.afterStep?.());
    // Found out now, while the step can still fail with it.
    encodePlain(context.persistentUserData, `The persistent user data of step ${JSON.stringify(step.id)}`);
  } catch (error) {
    fail(asError(error));
  }
}

async function performWhole(stepRun: StepRun, listeners: readonly StepListener[]): Promise<void> {
  const { run, step, job, context, continued } = stepRun;
  const live = { stepExecutionId: context.stepExecutionId, threads: [context], partitioned: false };
  run.liveSteps.add(live);
  try {
    const thread = await prepareThread({
      run,
      work: step,
      job,
      context,
      partition: undefined,
      token: writerToken(run.fence, 0),
      made: { listeners, factory: stepRun.factory },
      persistentUserData: continued?.persistentUserData,
      wasStopped: continued?.batchStatus === 'STOPPED',
      forget: (resource) => stepRun.forget(resource),
      afterCheckpoint: undefined,
      limits: stepRun.limits,
      alsoFailed: (error) => stepRun.alsoFailed(error),
    });
    stepRun.guarantee = thread.guarantee;
    await inTurn(listeners, (listener) => listener.beforeStep?.());
    context.batchStatus = await thread.run();
  } finally {
    run.liveSteps.delete(live);
  }
}

function forgetting(
  run: RunContext,
  stepName: string,
  fromBeginning: boolean,
): (resource: TransactionResource | undefined) => Promise<void> {
  const { repository, fence } = run;
  const { instanceId } = run.state;
  const forgotten = new Map<TransactionResource | undefined, Promise<void>>();
  return async (resource) => {
    if (!fromBeginning) return;
    let done = forgotten.get(resource);
    if (done === undefined) {
      done = (async () =>
        resource === undefined
          ? repository.dropChunks(instanceId, stepName)
          : resource.dropRecords({
              repositoryId: repository.id,
              instanceId,
              stepName,
              fence: tokenBefore(fence),
            }))();
      forgotten.set(resource, done);
    }
    await done;
  };
}

function recordOf(
  context: ThreadStepContext,
  later: readonly Error[],
  at: number,
  guarantee: string | undefined,
): StepExecutionChange & { batchStatus: StepExecution['batchStatus']; exitStatus: string; endTime: number } {
  const { failure: exception, batchStatus } = context;
  context.exitStatus ??= batchStatus;
  const also = later.map((error) => `\nThen also: ${error.stack ?? error.message}`).join('');
  return {
    batchStatus,
    exitStatus: context.exitStatus,
    endTime: at,
    metrics: { ...context.metrics },
    ...(isPlain(context.persistentUserData) ? { persistentUserData: context.persistentUserData } : {}),
    ...(guarantee === undefined ? {} : { guarantee }),
    ...(exception === null
      ? {}
      : {
          exception: {
            name: exception.name,
            message: exception.message,
            stack: `${exception.stack ?? ''}${also}`,
          },
        }),
  };
}

function isPlain(data: unknown): boolean {
  try {
    encodePlain(data, '');
    return true;
  } catch {
    return false;
  }
}
