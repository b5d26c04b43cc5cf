/**
 * A partitioned step (Jakarta Batch 2.1, sections 8.2.6, 9.3 and 11.4): plan, partitions that run at the same time, their data to the analyzer.
 *
 * Partitions run in this thread, where they take turns when they wait and every few milliseconds, or in worker threads, also of other nodes.
 */
import type { PartitionAnalyzer, PartitionMapper, PartitionReducer } from '../../artifacts/flow-artifacts.ts';
import { asError, BatchError, BatchErrorCode, LostLeaseError } from '../../batch-error.ts';
import type { Properties, ResolvedPartitioning } from '../../definition/resolved-job.ts';
import type { PartitionExecution } from '../../repository/job-repository.ts';
import { ThreadStepContext } from '../contexts.ts';
import { addMetrics } from '../metrics.ts';
import { AnalyzerQueue } from './analyzer-queue.ts';
import type { PartitionOutcomeOfRun } from './partition-run.ts';
import { spreadPartitions } from './spread-partitions.ts';
import type { StepRun } from './step-run.ts';

interface Plan {
  readonly partitions: number;
  readonly threads: number;
  readonly override: boolean;
  propertiesOf(index: number): Properties;
}

/** The status is in the step's context. @throws what the step fails with */
export async function runPartitions(stepRun: StepRun, partitioning: ResolvedPartitioning): Promise<void> {
  const { factory, context } = stepRun;
  const reducer =
    partitioning.reducer === undefined
      ? undefined
      : factory.make<PartitionReducer>(partitioning.reducer, 'partition reducer');
  const analyzer =
    partitioning.analyzer === undefined
      ? undefined
      : factory.make<PartitionAnalyzer>(partitioning.analyzer, 'partition analyzer');
  let outcomes: readonly PartitionOutcomeOfRun[] = [];
  let failure: Error | undefined;
  try {
    await reducer?.beginPartitionedStep?.();
    const plan = await planOf(stepRun, partitioning);
    // Chance to clean up what the partitions of before have done (PartitionPlan.setPartitionsOverride).
    if (plan.override && (await earlierPartitions(stepRun)).length > 0)
      await reducer?.rollbackPartitionedStep?.();
    outcomes = await runAll(stepRun, plan, partitioning, new AnalyzerQueue(analyzer));
    failure = outcomes.find(({ error }) => error !== undefined)?.error;
    const statuses = outcomes.map(({ batchStatus }) => batchStatus);
    context.batchStatus = statuses.includes('FAILED')
      ? 'FAILED'
      : statuses.includes('STOPPED')
        ? 'STOPPED'
        : 'COMPLETED';
    if (context.batchStatus === 'COMPLETED') await reducer?.beforePartitionedStepCompletion?.();
  } catch (error) {
    failure = asError(error);
    context.batchStatus = 'FAILED';
  }
  if (failure instanceof LostLeaseError) throw failure;
  context.failure = failure ?? null;
  const committed = context.batchStatus === 'COMPLETED';
  if (!committed) await reducer?.rollbackPartitionedStep?.();
  await reducer?.afterPartitionedStepCompletion?.(committed ? 'COMMIT' : 'ROLLBACK');
  if (failure !== undefined) throw failure;
}

async function planOf(stepRun: StepRun, partitioning: ResolvedPartitioning): Promise<Plan> {
  const { plan, mapper } = partitioning;
  if (plan !== undefined) {
    // The number is decided at the first attempt; substitution cannot change it at a restart (section 8.8.1.8).
    const partitions = (await earlierPartitions(stepRun)).length || plan.partitions;
    const propertiesOf = (index: number): Properties => plan.properties.get(index) ?? {};
    return { partitions, threads: plan.threads, override: false, propertiesOf };
  }
  const mapped = await stepRun.factory
    .make<PartitionMapper>(mapper!, 'partition mapper', 'mapPartitions')
    .mapPartitions();
  const { partitions, partitionsOverride, partitionProperties = [] } = mapped;
  const threads = mapped.threads === 0 ? partitions : (mapped.threads ?? partitions);
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;
  if (!isCount(partitions) || !isCount(threads) || partitionProperties.length > partitions)
    throw new BatchError(
      BatchErrorCode.partitionPlan,
      `The partition mapper of step ${JSON.stringify(stepRun.step.id)} gave ${partitions} partitions, ${threads} threads, and properties for ${partitionProperties.length}`,
      {
        fix: 'Partitions and threads are whole numbers of at least 1 (0 threads: as many as partitions); properties are given for partitions that exist.',
      },
    );
  return {
    partitions,
    threads,
    override: partitionsOverride === true,
    propertiesOf: (index) => partitionProperties[index] ?? {},
  };
}

/** Partitions of the executions that are continued, by index; none if the step begins anew. */
async function earlierPartitions({ continued, run, step }: StepRun): Promise<readonly PartitionExecution[]> {
  if (continued === undefined) return [];
  // The last execution may have failed before it had any.
  for (const execution of run.history.filter(({ stepName }) => stepName === step.id)) {
    if (execution.batchStatus === 'COMPLETED') break;
    const partitions = await run.repository.partitions(execution.id);
    if (partitions.length > 0) return partitions;
  }
  return [];
}

/** Those that go on; none if they are overridden. @throws BatchError WM9062 */
async function continuedPartitions(stepRun: StepRun, plan: Plan): Promise<readonly PartitionExecution[]> {
  if (plan.override) return [];
  const { step } = stepRun;
  const earlier = await earlierPartitions(stepRun);
  if (earlier.length > 0 && earlier.length !== plan.partitions)
    throw new BatchError(
      BatchErrorCode.partitionsChanged,
      `Step ${JSON.stringify(step.id)} had ${earlier.length} partitions and now has ${plan.partitions}`,
      { fix: 'Give the same number, or override the partitions of before: then all begin anew.' },
    );
  return earlier;
}

async function runAll(
  stepRun: StepRun,
  plan: Plan,
  partitioning: ResolvedPartitioning,
  queue: AnalyzerQueue,
): Promise<readonly PartitionOutcomeOfRun[]> {
  const { run, step, context } = stepRun;
  const earlier = await continuedPartitions(stepRun, plan);
  const indexes = Array.from({ length: plan.partitions }, (_, index) => index);
  // All are recorded before the first one runs, and together: a restart must know how many there are.
  const records = indexes.map((index): PartitionExecution => {
    const { batchStatus, exitStatus, persistentUserData, metrics } = earlier[index] ?? {};
    return {
      stepExecutionId: context.stepExecutionId,
      index,
      batchStatus: batchStatus === 'COMPLETED' ? 'COMPLETED' : 'STARTING',
      exitStatus: batchStatus === 'COMPLETED' ? exitStatus! : null,
      persistentUserData: persistentUserData ?? null,
      metrics: metrics ?? { ...context.metrics },
      properties: plan.propertiesOf(index),
    };
  });
  await run.repository.createPartitions(run.fence, records);
  const turns = indexes
    .filter((index) => earlier[index]?.batchStatus !== 'COMPLETED')
    .map((index) => ({
      partition: { index, count: plan.partitions, properties: plan.propertiesOf(index) },
      override: plan.override,
      earlier: earlier[index],
    }));
  const threads = turns.map(() => new ThreadStepContext(step.id, context.stepExecutionId, step.properties));
  const live = { stepExecutionId: context.stepExecutionId, threads, partitioned: true };
  run.liveSteps.add(live);
  try {
    const outcomes = await spreadPartitions(stepRun, queue, {
      turns,
      threads,
      partitioning,
      atOnce: plan.threads,
    });
    await queue.end();
    for (const thread of threads) addMetrics(thread.metrics, context.metrics);
    return outcomes;
  } finally {
    run.liveSteps.delete(live);
  }
}
