/**
 * One worker thread, as the thread of the job sees it.
 *
 * Owns: the thread, and the partition that it runs. Invariants:
 * W1. Every `run` settles: with the result, with what the worker said it has failed with, or when the thread is gone.
 * W2. When it settles, no call of that partition is under way any more.
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { asError, BatchError, BatchErrorCode } from '../batch-error.ts';
import type { ThreadStepContext } from '../engine/contexts.ts';
import { copyMetrics } from '../engine/metrics.ts';
import type { Metrics } from '../repository/job-repository.ts';
import { revived, thrownData } from './thrown-data.ts';
import type {
  FromWorker,
  PartitionCalls,
  PartitionRequest,
  PartitionResult,
  ToWorker,
  WorkerSetup,
} from './worker-messages.ts';

const ENDING = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
/** How long the modules of a job may take to let go of what they have opened, ms. */
const END_MS = 5_000;

interface Running {
  readonly calls: PartitionCalls;
  readonly context: ThreadStepContext;
  readonly underWay: Set<Promise<void>>;
  readonly resolve: (result: PartitionResult) => void;
  readonly reject: (error: Error) => void;
}

/** What nobody waits for. */
export interface WorkerEvents {
  committed(counts: Readonly<Metrics>, ms: number): void;
  alsoFailed(error: Error): void;
}

export class PartitionWorker {
  /** The thread has ended, by itself. */
  dead = false;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #on: WorkerEvents;
  #running: Running | undefined;
  #death: Error | undefined;
  readonly #ended = Promise.withResolvers<void>();

  constructor(setup: Omit<WorkerSetup, 'port'>, on: WorkerEvents) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#on = on;
    this.#worker = new Worker(new URL(`./partition-thread${ENDING}`, import.meta.url), {
      workerData: { ...setup, port: port2 } satisfies WorkerSetup,
      transferList: [port2],
      name: `partitions of ${setup.stepId}`,
    });
    this.#worker.on('error', (error) => (this.#death = asError(error)));
    this.#worker.on('exit', (code) => {
      this.dead = true;
      // What the thread has said before its end is on its way.
      setImmediate(() => {
        port1.close();
        this.#ended.resolve();
        this.#settle(({ reject }) => reject(this.#death ?? new Error(`exit code ${code}`)));
      });
    });
    port1.on('message', (message: FromWorker) => this.#hear(message));
  }

  /** @throws BatchError WM9071 if the thread ends; what the worker could not run the partition for */
  async run(
    request: PartitionRequest,
    context: ThreadStepContext,
    calls: PartitionCalls,
  ): Promise<PartitionResult> {
    const { promise, resolve, reject } = Promise.withResolvers<PartitionResult>();
    const running: Running = { calls, context, underWay: new Set(), resolve, reject };
    this.#running = running;
    this.#tell({ kind: 'run', request });
    try {
      return await promise;
    } catch (error) {
      if (!this.dead) throw error;
      const { message } = asError(error);
      throw new BatchError(
        BatchErrorCode.workerEnded,
        `The worker thread of partition ${request.partition.index} of step ${JSON.stringify(context.stepName)} has ended: ${message}`,
        {
          cause: error,
          fix: 'Find out why the thread ended (an error that nobody caught, process.exit, memory); then restart: the partition goes on after its last checkpoint.',
        },
      );
    } finally {
      await Promise.all(running.underWay);
    }
  }

  stop(lost: boolean): void {
    this.#tell({ kind: 'stop', lost });
  }

  /** Lets the modules close what they have opened, then ends the thread. */
  async end(): Promise<void> {
    if (!this.dead) {
      this.#tell({ kind: 'end' });
      const timer = setTimeout(() => this.#ended.resolve(), END_MS);
      await this.#ended.promise;
      clearTimeout(timer);
    }
    await this.#worker.terminate();
  }

  #tell(message: ToWorker): void {
    this.#port.postMessage(message);
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case 'call': {
        const running = this.#running!;
        const answering = this.#answer(running, message).finally(() => running.underWay.delete(answering));
        running.underWay.add(answering);
        return;
      }
      case 'progress': {
        const { context } = this.#running ?? {};
        if (context === undefined) return;
        copyMetrics(message.metrics, context.metrics);
        context.progress = () => message.fraction;
        return;
      }
      case 'committed':
        this.#on.committed(message.counts, message.ms);
        return;
      case 'alsoFailed':
        this.#on.alsoFailed(revived(message.error));
        return;
      case 'done':
        this.#settle(({ resolve }) => resolve(message.result));
        return;
      case 'failed':
        this.#settle(({ reject }) => reject(revived(message.error)));
        return;
      case 'ended':
        this.#ended.resolve();
    }
  }

  async #answer({ calls }: Running, { call, name, given }: FromWorker & { kind: 'call' }): Promise<void> {
    try {
      const value: unknown = await (calls[name] as (...given: unknown[]) => unknown)(...given);
      this.#tell({ kind: 'answer', call, value });
    } catch (error) {
      this.#tell({ kind: 'refusal', call, error: thrownData(asError(error)) });
    }
  }

  #settle(how: (running: Running) => void): void {
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined) how(running);
  }
}
