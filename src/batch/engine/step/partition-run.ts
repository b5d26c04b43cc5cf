/** One partition: its own contexts, artifacts, checkpoints and record. */
import type { PartitionContext } from '../../artifacts/artifact-context.ts';
import type { PartitionCollector } from '../../artifacts/flow-artifacts.ts';
import { asError, LostLeaseError, NodeLostError } from '../../batch-error.ts';
import type { BatchStatus, PartitionExecution } from '../../repository/job-repository.ts';
import type { ResolvedStep } from '../../definition/resolved-job.ts';
import { type ThreadJobContext, ThreadStepContext } from '../contexts.ts';
import type { WorkContext } from '../run-context.ts';
import { writerToken } from '../writer-token.ts';
import type { TransactionResource } from '../../transaction/transaction-resource.ts';
import type { AnalyzerQueue } from './analyzer-queue.ts';
import type { LimitLedger } from './limit-ledger.ts';
import { prepareThread } from './step-thread.ts';

/** The step execution of a partition: the step's own `StepRun`, or in a worker thread what stands for it. */
export interface PartitionedStep {
  readonly run: WorkContext;
  readonly step: Pick<ResolvedStep, 'id' | 'properties' | 'forPartition'>;
  readonly job: ThreadJobContext;
  readonly context: { readonly stepExecutionId: number };
  guarantee: string | undefined;
  readonly limits: LimitLedger;
  forget(resource: TransactionResource | undefined): Promise<void>;
  forgetPartitions(resource: TransactionResource | undefined): Promise<void>;
  readonly alsoFailed: (error: Error) => void;
}

export interface PartitionOutcomeOfRun {
  readonly batchStatus: BatchStatus;
  readonly error: Error | undefined;
}

/** One run of one partition. */
export interface PartitionTurn {
  readonly partition: PartitionContext;
  /** The partitions of the executions before are forgotten. */
  readonly override: boolean;
  /** The same partition in the execution that is continued. */
  readonly earlier: PartitionExecution | undefined;
  /** How often this execution of the step has begun it before: nodes that ran it were lost. */
  readonly attempt: number;
}

export async function runPartition(
  stepRun: PartitionedStep,
  { partition, override, earlier, attempt }: PartitionTurn,
  queue: Pick<AnalyzerQueue, 'data' | 'status'>,
  began: (thread: ThreadStepContext) => void,
): Promise<PartitionOutcomeOfRun> {
  const { run, step } = stepRun;
  let context = new ThreadStepContext(step.id, stepRun.context.stepExecutionId, step.properties);
  let collector: PartitionCollector | undefined;
  const collect = async (): Promise<void> => {
    if (collector !== undefined) await queue.data(await collector.collectPartitionData());
  };
  try {
    const work = step.forPartition(partition.properties);
    context = new ThreadStepContext(step.id, stepRun.context.stepExecutionId, work.properties);
    began(context);
    if (run.stop.requested) {
      context.batchStatus = 'STOPPED';
    } else {
      const thread = await prepareThread({
        run,
        work,
        job: stepRun.job.forPartition(),
        context,
        partition,
        token: writerToken(run.fence, attempt),
        made: undefined,
        persistentUserData: earlier?.persistentUserData,
        wasStopped: false,
        forget: (resource) => (override ? stepRun.forgetPartitions(resource) : stepRun.forget(resource)),
        afterCheckpoint: (factory) => {
          collector =
            work.collector === undefined
              ? undefined
              : factory.make(work.collector, 'partition collector', 'collectPartitionData');
          return collector === undefined ? undefined : collect;
        },
        limits: stepRun.limits,
        alsoFailed: (error) => stepRun.alsoFailed(error),
      });
      stepRun.guarantee ??= thread.guarantee;
      if (work.work.kind === 'batchlet' && work.collector !== undefined)
        collector = thread.factory.make(work.collector, 'partition collector', 'collectPartitionData');
      await save('STARTED');
      try {
        context.batchStatus = await thread.run();
      } catch (error) {
        // A batchlet has no checkpoints: what it has come to is told even if it failed.
        if (work.work.kind === 'batchlet') await collect();
        throw error;
      }
      if (!run.stop.leaving || context.batchStatus !== 'STOPPED') await collect();
    }
  } catch (error) {
    context.batchStatus = 'FAILED';
    context.failure ??= asError(error);
  }
  if (context.failure instanceof LostLeaseError) throw context.failure;
  if (run.stop.leaving && context.batchStatus === 'STOPPED')
    throw new NodeLostError(run.environment.owner, 'left');
  context.exitStatus ??= context.batchStatus;
  await save(context.batchStatus);
  await queue.status(context.batchStatus, context.exitStatus);
  return { batchStatus: context.batchStatus, error: context.failure ?? undefined };

  async function save(batchStatus: BatchStatus): Promise<void> {
    await run.repository.savePartition(run.fence, {
      stepExecutionId: context.stepExecutionId,
      index: partition.index,
      batchStatus,
      exitStatus: context.exitStatus,
      persistentUserData: context.persistentUserData,
      metrics: { ...context.metrics },
      properties: partition.properties,
    });
  }
}
