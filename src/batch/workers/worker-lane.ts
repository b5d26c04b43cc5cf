/**
 * Runs partitions of a step one after the other in a worker, of this process or of another node; a new one takes the place of one that has died.
 *
 * Owns: the worker. L1. A stop request reaches every thread, whenever it began.
 */
import { asError, LostLeaseError, NodeLostError, OtherCodeError } from '../batch-error.ts';
import { ThreadStepContext } from '../engine/contexts.ts';
import { copyMetrics } from '../engine/metrics.ts';
import type { AnalyzerQueue } from '../engine/step/analyzer-queue.ts';
import type { PartitionOutcomeOfRun, PartitionTurn } from '../engine/step/partition-run.ts';
import type { StepRun } from '../engine/step/step-run.ts';
import type { BatchStatus } from '../repository/job-repository.ts';
import { decodePlain } from '../repository/plain-data.ts';
import { PartitionWorker } from './partition-worker.ts';
import { revived } from './thrown-data.ts';
import type { OpenWorker } from './worker-link.ts';
import type { PartitionCalls } from './worker-messages.ts';

export class WorkerLane {
  readonly #stepRun: StepRun;
  readonly #queue: AnalyzerQueue;
  readonly #open: OpenWorker;
  #worker: PartitionWorker | undefined;
  readonly #stop = (): void => this.#worker?.stop(this.#stepRun.run.stop.lost);

  constructor(stepRun: StepRun, queue: AnalyzerQueue, open: OpenWorker) {
    this.#open = open;
    this.#stepRun = stepRun;
    this.#queue = queue;
    stepRun.run.stop.signal.addEventListener('abort', this.#stop);
  }

  /**
   * As `runPartition`, which the worker runs.
   * @param mayMove What is to be begun again by another worker has no outcome: then this throws why.
   * @throws LostLeaseError, NodeLostError, OtherCodeError
   */
  async run(
    turn: PartitionTurn,
    began: (thread: ThreadStepContext) => void,
    mayMove = false,
  ): Promise<PartitionOutcomeOfRun> {
    const { run, step, context } = this.#stepRun;
    const thread = new ThreadStepContext(step.id, context.stepExecutionId, step.properties);
    began(thread);
    try {
      const worker = this.#living();
      const request = {
        ...turn,
        fromBeginning: this.#stepRun.fromBeginning,
        state: { ...run.state },
      };
      const result = await worker.run(request, thread, this.#calls());
      copyMetrics(result.metrics, thread.metrics);
      this.#stepRun.guarantee ??= result.guarantee;
      thread.batchStatus = result.batchStatus;
      thread.exitStatus = result.exitStatus;
      thread.failure = result.error === undefined ? null : revived(result.error);
    } catch (error) {
      if (error instanceof LostLeaseError) throw error;
      const mayMoveNow = mayMove || (error instanceof NodeLostError && error.loss === 'left');
      if (mayMoveNow && (error instanceof NodeLostError || error instanceof OtherCodeError)) throw error;
      thread.failure = asError(error);
      await this.#failed(thread, turn);
    }
    return { batchStatus: thread.batchStatus, error: thread.failure ?? undefined };
  }

  async end(): Promise<void> {
    this.#stepRun.run.stop.signal.removeEventListener('abort', this.#stop);
    await this.#worker?.end();
  }

  #living(): PartitionWorker {
    if (this.#worker !== undefined && !this.#worker.dead) return this.#worker;
    const { run, step, context } = this.#stepRun;
    this.#worker = new PartitionWorker(
      this.#open,
      {
        parameters: run.state.parameters,
        systemProperties: run.job.systemProperties,
        stepId: step.id,
        stepExecutionId: context.stepExecutionId,
        repositoryId: run.repository.id,
        fence: run.fence,
        hosted: undefined,
        observed: run.observer !== undefined,
      },
      {
        committed: (counts, ms) => run.observer?.chunkCommitted(run.state.jobName, counts, ms),
        alsoFailed: (error) => this.#stepRun.alsoFailed(error),
      },
    );
    if (run.stop.requested) this.#stop();
    return this.#worker;
  }

  #calls(): PartitionCalls {
    const stepRun = this.#stepRun;
    const { repository, fence } = stepRun.run;
    return {
      savePartition: (partition, userData) =>
        repository.savePartition(fence, {
          ...partition,
          persistentUserData: decodePlain(
            userData,
            `The persistent user data of partition ${partition.index}`,
          ),
        }),
      saveChunk: (key, record) => repository.saveChunk(key, fence, { bytes: () => record }),
      loadChunk: (key) => repository.loadChunk(key),
      forget: (override) => (override ? stepRun.forgetPartitions(undefined) : stepRun.forget(undefined)),
      collected: (data) => this.#queue.data(data),
      status: (batchStatus, exitStatus) => this.#queue.status(batchStatus, exitStatus),
      spend: (what, limit) => stepRun.limits.spend(what, limit),
      giveBack: (skips) => stepRun.limits.giveBack(skips),
    };
  }

  /** The worker cannot write its last word. */
  async #failed(thread: ThreadStepContext, { partition, earlier }: PartitionTurn): Promise<void> {
    const batchStatus: BatchStatus = 'FAILED';
    thread.batchStatus = batchStatus;
    thread.exitStatus = batchStatus;
    const { run, context } = this.#stepRun;
    await run.repository.savePartition(run.fence, {
      stepExecutionId: context.stepExecutionId,
      index: partition.index,
      batchStatus,
      exitStatus: batchStatus,
      persistentUserData: earlier?.persistentUserData ?? null,
      metrics: { ...thread.metrics },
      properties: partition.properties,
    });
    await this.#queue.status(batchStatus, batchStatus);
  }
}
