/**
 * A worker thread that runs partitions of one step, one at a time, as the job's thread tells it.
 *
 * Owns: the calls that are not answered yet, and the partition that runs. Invariants:
 * T1. Chunk records and partition records that are not in a writer's own transaction are kept by the job's thread: leases, fencing and shared
 *     flushes stay in one place. A chunk ends when the answer is there.
 * T2. A record of this run in another database is never removed: what is forgotten are records of earlier executions.
 */
import { workerData } from 'node:worker_threads';
import { asError, BatchError, BatchErrorCode, OtherCodeError } from '../batch-error.ts';
import type { BatchObserver } from '../engine/batch-observer.ts';
import { ThreadJobContext, ThreadStepContext } from '../engine/contexts.ts';
import { processEnvironment } from '../engine/process-environment.ts';
import type { PartitionRepository } from '../engine/run-context.ts';
import type { LimitLedger } from '../engine/step/limit-ledger.ts';
import { runPartition } from '../engine/step/partition-run.ts';
import { StopSwitch } from '../engine/stop-switch.ts';
import { tokenBefore } from '../engine/writer-token.ts';
import { encodePlain } from '../repository/plain-data.ts';
import type { TransactionResource } from '../transaction/transaction-resource.ts';
import { codeHashOf } from './code-hash.ts';
import { type LoadedStep, loadStep } from './load-job.ts';
import { revived, thrownData } from './thrown-data.ts';
import type {
  CallName,
  FromWorker,
  PartitionCalls,
  PartitionRequest,
  ToWorker,
  WorkerSetup,
} from './worker-messages.ts';

/** How often the job's thread hears how far a partition is, ms. */
const PROGRESS_MS = 200;

const setup = workerData as WorkerSetup;
const { port, fence, repositoryId, stepExecutionId } = setup;
const stop = new StopSwitch();
const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
let calls = 0;
let loaded: Promise<LoadedStep> | undefined;
let running: ThreadStepContext | undefined;

const tell = (message: FromWorker): void => port.postMessage(message);

function call<Name extends CallName>(
  name: Name,
  ...given: Parameters<PartitionCalls[Name]>
): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  open.set(++calls, { resolve, reject });
  try {
    tell({ kind: 'call', call: calls, name, given });
  } catch (error) {
    open.delete(calls);
    throw new BatchError(
      BatchErrorCode.notSent,
      `What a partition has collected cannot be sent from its worker thread: ${asError(error).message}`,
      {
        cause: error,
        fix: 'Let the collector give plain data: numbers, texts, dates, maps, lists.',
      },
    );
  }
  return promise;
}

const repository: PartitionRepository = {
  id: repositoryId,
  async savePartition(_fence, { persistentUserData, ...partition }) {
    const what = `The persistent user data of partition ${partition.index}`;
    await call('savePartition', partition, encodePlain(persistentUserData, what));
  },
  async saveChunk(key, _fence, record) {
    await call('saveChunk', key, record.bytes());
  },
  loadChunk: async (key) => (await call('loadChunk', key)) as Uint8Array | undefined,
};

const limits: LimitLedger = {
  spend: async (what, limit) => (await call('spend', what, limit)) === true,
  giveBack: async (skips) => void (await call('giveBack', skips)),
};

const observer: BatchObserver | undefined = setup.observed
  ? { chunkCommitted: (_job, counts, ms) => tell({ kind: 'committed', counts, ms }) }
  : undefined;

async function run({ fromBeginning, state, ...turn }: PartitionRequest): Promise<void> {
  loaded ??= load();
  const { step, registry } = await loaded;
  const forget = async (resource: TransactionResource | undefined, all: boolean): Promise<void> => {
    if (resource === undefined) await call('forget', turn.override);
    else if (all)
      await resource.dropRecords({
        repositoryId,
        instanceId: state.instanceId,
        stepName: step.id,
        fence: tokenBefore(fence),
      });
  };
  const stepRun = {
    run: {
      repository,
      environment: processEnvironment,
      exceptions: registry.exceptions,
      stop,
      observer,
      state,
      fence,
      isElsewhere: setup.hosted?.isElsewhere === true,
    },
    step,
    job: new ThreadJobContext(state),
    context: { stepExecutionId },
    guarantee: undefined as string | undefined,
    forget: (resource: TransactionResource | undefined) => forget(resource, fromBeginning),
    forgetPartitions: (resource: TransactionResource | undefined) => forget(resource, true),
    limits,
    alsoFailed: (error: Error) => tell({ kind: 'alsoFailed', error: thrownData(error) }),
  };
  const queue = {
    data: async (data: unknown) => void (await call('collected', data)),
    status: async (...given: Parameters<PartitionCalls['status']>) => void (await call('status', ...given)),
  };
  running = new ThreadStepContext(step.id, stepExecutionId, step.properties);
  const progress = setInterval(tellProgress, PROGRESS_MS);
  try {
    const { batchStatus, error } = await runPartition(stepRun, turn, queue, (context) => {
      running = context;
    });
    const { exitStatus, metrics } = running;
    tell({
      kind: 'done',
      result: {
        batchStatus,
        exitStatus,
        error: error && thrownData(error),
        guarantee: stepRun.guarantee,
        metrics: { ...metrics },
      },
    });
  } finally {
    clearInterval(progress);
    running = undefined;
  }
}

async function load(): Promise<LoadedStep> {
  const { source, stepId, hosted } = setup;
  const step = await loadStep(source, stepId, setup);
  // What is on the disk now was loaded, whatever it was when this node began.
  if (hosted !== undefined && (await codeHashOf(source)) !== hosted.codeHash)
    throw new OtherCodeError(source.jobId, hosted.node);
  return step;
}

function tellProgress(): void {
  if (running === undefined) return;
  let fraction: number | undefined;
  try {
    fraction = running.progress();
  } catch {
    // A reader that cannot say how far it is has not failed with that.
  }
  tell({ kind: 'progress', metrics: { ...running.metrics }, fraction });
}

async function end(): Promise<void> {
  try {
    await (await loaded)?.close();
  } catch (error) {
    tell({ kind: 'alsoFailed', error: thrownData(asError(error)) });
  }
  await Promise.all([process.stdout, process.stderr].map(written));
  tell({ kind: 'ended' });
}

/** A thread's output waits in the thread until the main thread has taken what was there before: ending the thread would lose it. */
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'run':
      run(message.request).catch((error: unknown) =>
        tell({ kind: 'failed', error: thrownData(asError(error)) }),
      );
      return;
    case 'answer':
      open.get(message.call)?.resolve(message.value);
      open.delete(message.call);
      return;
    case 'refusal':
      open.get(message.call)?.reject(revived(message.error));
      open.delete(message.call);
      return;
    case 'stop':
      if (message.lost) stop.lose();
      else stop.stop();
      return;
    case 'leave':
      stop.leave();
      return;
    case 'end':
      void end();
  }
});
