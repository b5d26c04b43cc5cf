/** The host of all instances of a node: hands what they ask for to the part that does it. */
import type { Host, OperationRequest, Outcome } from '../runtime/host.ts';
import type { Instance } from '../runtime/instance.ts';
import { MESSAGE_ID, POSSIBLE_REPEAT } from '../transport/headers.ts';
import type { Transport } from '../transport/transport.ts';
import type { Calls } from './calls.ts';
import type { CheckpointWriter } from './checkpoint-writer.ts';
import type { LiveInstance, LiveInstances, Operation } from './live-instance.ts';
import type { Replies } from './replies.ts';
import type { Results } from './results.ts';
import type { StatisticsBook } from './statistics.ts';
import type { TimerQueue } from './timer-queue.ts';

export interface InstanceHostInit {
  readonly live: LiveInstances;
  readonly transport: Transport;
  readonly calls: Calls;
  readonly replies: Replies;
  readonly timers: TimerQueue;
  readonly writer: CheckpointWriter;
  readonly results: Results;
  readonly statistics: StatisticsBook;
  readonly now: () => number;
  readonly monotonic: () => number;
  /** Called after each durable checkpoint; true: the instance has to stay where it is, because the node stops. */
  readonly checkpointMade: (live: LiveInstance) => boolean;
  readonly reportError: (error: unknown) => void;
}

export class InstanceHost implements Host {
  readonly #init: InstanceHostInit;

  constructor(init: InstanceHostInit) {
    this.#init = init;
  }

  now(): number {
    return this.#init.now();
  }

  monotonic(): number {
    return this.#init.monotonic();
  }

  arm(instance: Instance, number: number, request: OperationRequest, repeat: boolean): void {
    const live = this.#init.live.get(instance.id);
    if (live === undefined || live.isStopped) return;
    const operation: Operation = { kind: request.kind, since: this.#init.now(), timer: undefined };
    live.operations.set(number, operation);
    if (request.kind === 'sleep') {
      operation.timer = this.#init.timers.add(request.until, () =>
        this.#settle(live, number, operation, DONE),
      );
      return;
    }
    this.#perform(live, number, operation, request, repeat || live.mayRepeat).then(
      (result) => this.#settle(live, number, operation, result),
      (error: unknown) => this.#settle(live, number, operation, { ok: false, error }),
    );
  }

  disarm(instance: Instance, number: number): void {
    const live = this.#init.live.get(instance.id);
    const operation = live?.operations.get(number);
    if (live === undefined || operation === undefined) return;
    live.operations.delete(number);
    if (operation.timer !== undefined) this.#init.timers.cancel(operation.timer);
  }

  async save(instance: Instance, sequence: number, snapshot: Uint8Array, captureMs: number): Promise<void> {
    const live = this.#init.live.get(instance.id);
    if (live === undefined || live.isStopped) return never();
    this.#init.statistics.captureLatency.record(captureMs);
    await this.#init.writer.write(live, sequence, snapshot);
    if (this.#init.checkpointMade(live)) return never();
  }

  ended(instance: Instance, outcome: Outcome): void {
    const live = this.#init.live.get(instance.id);
    if (live === undefined || live.isStopped) return;
    this.#init.results.end(live, outcome).catch((error: unknown) => this.#init.reportError(error));
  }

  #perform(
    live: LiveInstance,
    number: number,
    operation: Operation,
    request: Exclude<OperationRequest, { kind: 'sleep' }>,
    repeat: boolean,
  ): Promise<Settlement> {
    const messageId = `${live.id}:${number}`;
    switch (request.kind) {
      case 'call':
        return this.#init.calls.run(
          request,
          messageId,
          repeat,
          () => live.operations.get(number) === operation,
        );
      case 'publish': {
        const headers: Record<string, string> = { [MESSAGE_ID]: messageId };
        if (repeat) headers[POSSIBLE_REPEAT] = 'true';
        return this.#init.transport.publish(request.subject, request.data, { headers }).then(done);
      }
      case 'reply':
        if (live.requesters.length > 0) this.#init.statistics.replied(live, this.#init.now());
        return this.#init.replies.interim(live, request.data).then(done);
    }
  }

  #settle(live: LiveInstance, number: number, operation: Operation, result: Settlement): void {
    if (live.operations.get(number) !== operation) return;
    live.operations.delete(number);
    if (!live.isStopped) live.instance.settle(number, result);
  }
}

type Settlement =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown };

const DONE: Settlement = { ok: true, value: undefined };
const done = (): Settlement => DONE;

/** For an instance that runs no more: what it waits for does not come in this process. */
function never(): Promise<never> {
  return new Promise(() => {});
}
