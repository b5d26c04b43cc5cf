/** The work of a step, or of one partition of it: artifacts, the last checkpoint, the run. */
import type { PartitionContext } from '../../artifacts/artifact-context.ts';
import type {
  Batchlet,
  CheckpointAlgorithm,
  ItemProcessor,
  ItemReader,
  ItemWriter,
} from '../../artifacts/chunk-artifacts.ts';
import type { StepScopeListener } from '../../artifacts/listeners.ts';
import { asError, BatchError, BatchErrorCode } from '../../batch-error.ts';
import type { ResolvedBatchlet, ResolvedChunk, ResolvedWork } from '../../definition/resolved-job.ts';
import type { TransactionResource } from '../../transaction/transaction-resource.ts';
import { chunkEvents } from '../chunk/chunk-listeners.ts';
import { runChunkStep } from '../chunk/chunk-run.ts';
import {
  type ChunkStorage,
  describeKey,
  RepositoryStorage,
  TransactionStorage,
} from '../chunk/chunk-storage.ts';
import { ObservedStorage } from '../chunk/observed-storage.ts';
import { FaultPolicy } from '../chunk/fault-policy.ts';
import type { LimitLedger } from './limit-ledger.ts';
import { ArtifactFactory, type ThreadJobContext, type ThreadStepContext } from '../contexts.ts';
import type { WorkContext } from '../run-context.ts';

export interface ThreadOptions {
  readonly run: WorkContext;
  readonly work: ResolvedWork;
  readonly job: ThreadJobContext;
  readonly context: ThreadStepContext;
  readonly partition: PartitionContext | undefined;
  /** Fencing token for the databases of transactional writers. */
  readonly token: number;
  /** Made already, of a step without partitions, with what has made them; the listeners of a partition are its own. */
  readonly made:
    | { readonly listeners: readonly StepScopeListener[]; readonly factory: ArtifactFactory }
    | undefined;
  /** Of an execution before; undefined: from the beginning. */
  readonly persistentUserData: unknown;
  /** The execution before was stopped: its user data was saved after its last checkpoint, and afterStep may have changed it. */
  readonly wasStopped: boolean;
  /** Before the last record is read: removes what is left of an earlier pass, if this one is from the beginning. */
  forget(resource: TransactionResource | undefined): Promise<void>;
  readonly afterCheckpoint: ((factory: ArtifactFactory) => (() => Promise<void>) | undefined) | undefined;
  /** For limits that count over all executions and partitions. */
  readonly limits: LimitLedger;
  readonly alsoFailed: (error: Error) => void;
}

export interface StepThread {
  /** In words, for people; undefined for batchlets. */
  readonly guarantee: string | undefined;
  readonly factory: ArtifactFactory;
  run(): Promise<'COMPLETED' | 'STOPPED'>;
}

/** Makes the artifacts and puts the user data of the last checkpoint in place. */
export async function prepareThread(options: ThreadOptions): Promise<StepThread> {
  const { run, work, job, context, partition } = options;
  // Listeners see the transaction of the chunk as reader, processor and writer do.
  const factory = options.made?.factory ?? new ArtifactFactory(run.stop.signal, job, context, partition);
  context.persistentUserData = options.persistentUserData ?? null;
  return work.work.kind === 'chunk'
    ? prepareChunk(work.work, options, factory)
    : prepareBatchlet(work.work, options, factory);
}

async function prepareChunk(
  chunk: ResolvedChunk,
  options: ThreadOptions,
  factory: ArtifactFactory,
): Promise<StepThread> {
  const { run, context, work, partition, token } = options;
  const { environment, repository, fence, state, stop } = run;
  const listeners =
    options.made?.listeners ??
    work.listeners.map((listener) => factory.make<StepScopeListener>(listener, 'listener'));
  const reader = factory.make<ItemReader>(chunk.reader, 'reader', 'readItem');
  context.progress = () => reader.progress?.();
  const processor =
    chunk.processor === undefined
      ? undefined
      : factory.make<ItemProcessor>(chunk.processor, 'processor', 'processItem');
  const writer = factory.make<ItemWriter>(chunk.writer, 'writer', 'writeItems');
  const algorithm =
    chunk.algorithm === undefined
      ? undefined
      : factory.make<CheckpointAlgorithm>(chunk.algorithm, 'checkpoint algorithm', 'isReadyToCheckpoint');
  const key = {
    instanceId: state.instanceId,
    stepName: context.stepName,
    partition: partition?.index ?? -1,
  };
  const resource = writer.transactionResource;
  if (run.isElsewhere === true && resource?.thisMachineOnly === true)
    throw new BatchError(
      BatchErrorCode.notShared,
      `The writer of step ${JSON.stringify(context.stepName)} writes to ${resource.name}, and the job runs on another machine, which has another database there`,
      {
        fix: 'Write to a database that all nodes reach (PostgreSQL, MySQL), or leave the partitions of this step on one node.',
      },
    );
  const stored: ChunkStorage =
    resource === undefined
      ? new RepositoryStorage(repository, key, fence, writer.guarantee)
      : new TransactionStorage(resource, repository.id, key, token, factory, environment);
  const storage =
    run.observer === undefined
      ? stored
      : new ObservedStorage(stored, run.observer, state.jobName, context.stepExecutionId, () =>
          environment.monotonic(),
        );
  await options.forget(resource);
  const last = await storage.take();
  if (last !== undefined && !options.wasStopped) context.persistentUserData = last.persistentUserData;
  return {
    guarantee: storage.guarantee,
    factory,
    run: () =>
      runChunkStep(
        {
          what: describeKey(key),
          chunk,
          reader,
          processor,
          writer,
          algorithm,
          storage,
          transactional: resource !== undefined,
          faults: new FaultPolicy(chunk, run.exceptions, options.limits),
          on: chunkEvents(listeners),
          context,
          stop,
          environment,
          afterCheckpoint: options.afterCheckpoint?.(factory),
          alsoFailed: (error) => options.alsoFailed(error),
        },
        last,
      ),
  };
}

function prepareBatchlet(
  { artifact }: ResolvedBatchlet,
  { run: { stop }, context, alsoFailed }: ThreadOptions,
  factory: ArtifactFactory,
): StepThread {
  const batchlet = factory.make<Batchlet>(artifact, 'batchlet', 'process');
  return {
    guarantee: undefined,
    factory,
    async run() {
      let stopping: Promise<void> | undefined;
      const onStop = (): void => {
        stopping = (async () => batchlet.stop?.())().catch((error: unknown) => alsoFailed(asError(error)));
      };
      if (stop.requested) return 'STOPPED';
      stop.signal.addEventListener('abort', onStop, { once: true });
      try {
        const exitStatus = await batchlet.process();
        // What somebody has set is not overridden by what is returned (StepContext.setExitStatus).
        if (typeof exitStatus === 'string') context.exitStatus ??= exitStatus;
      } finally {
        stop.signal.removeEventListener('abort', onStop);
        await stopping;
      }
      return stop.requested ? 'STOPPED' : 'COMPLETED';
    },
  };
}
