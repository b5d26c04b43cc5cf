/**
 * One worker, as the thread of the job sees it: a thread of this process, or of another node.
 *
 * Owns: the link to it, and the partition that it runs. Invariants:
 * W1. Every `run` settles: with the result, with what the worker said it has failed with, or when the worker is gone.
 * W2. When it settles, no call of that partition is under way any more, and none is taken any more.
 */
import { asError, BatchError, BatchErrorCode, NodeLostError } from '../batch-error.ts';
import type { ThreadStepContext } from '../engine/contexts.ts';
import { copyMetrics } from '../engine/metrics.ts';
import type { Metrics } from '../repository/job-repository.ts';
import { revived, thrownData } from './thrown-data.ts';
import type { OpenWorker, SharedSetup, WorkerLink } from './worker-link.ts';
import type { FromWorker, PartitionCalls, PartitionRequest, PartitionResult } from './worker-messages.ts';

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
  /** It has ended, by itself or with its node. */
  dead = false;
  readonly #link: WorkerLink;
  readonly #on: WorkerEvents;
  #running: Running | undefined;
  readonly #ended = Promise.withResolvers<void>();

  constructor(open: OpenWorker, setup: SharedSetup, on: WorkerEvents) {
    this.#on = on;
    this.#link = open(setup, {
      message: (message) => this.#hear(message),
      gone: (why) => {
        this.dead = true;
        this.#ended.resolve();
        this.#settle(({ reject }) => reject(why));
      },
    });
  }

  /** @throws BatchError WM9071 if the thread ends, NodeLostError if its node is gone; what the worker could not run the partition for */
  async run(
    request: PartitionRequest,
    context: ThreadStepContext,
    calls: PartitionCalls,
  ): Promise<PartitionResult> {
    const { promise, resolve, reject } = Promise.withResolvers<PartitionResult>();
    const running: Running = { calls, context, underWay: new Set(), resolve, reject };
    this.#running = running;
    this.#link.post({ kind: 'run', request });
    try {
      return await promise;
    } catch (error) {
      if (!this.dead || error instanceof NodeLostError) throw error;
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
    if (!this.dead) this.#link.post({ kind: 'stop', lost });
  }

  /** Lets the modules close what they have opened, then ends the thread. */
  async end(): Promise<void> {
    if (!this.dead) {
      this.#link.post({ kind: 'end' });
      const timer = setTimeout(() => this.#ended.resolve(), END_MS);
      await this.#ended.promise;
      clearTimeout(timer);
    }
    await this.#link.end();
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case 'call': {
        const running = this.#running;
        if (running === undefined) return;
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
      if (!this.dead) this.#link.post({ kind: 'answer', call, value });
    } catch (error) {
      if (!this.dead) this.#link.post({ kind: 'refusal', call, error: thrownData(asError(error)) });
    }
  }

  #settle(how: (running: Running) => void): void {
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined) how(running);
  }
}
