/** The host of all instances of a node: hands what they ask for to the part that does it. */
import type { Host, OperationRequest, Outcome } from '../runtime/host.ts';
import type { Instance } from '../runtime/instance.ts';
import type { OperationResult } from '../runtime/operation-table.ts';
import { MESSAGE_ID, POSSIBLE_REPEAT } from '../transport/headers.ts';
import type { Transport } from '../transport/transport.ts';
import type { Calls } from './calls.ts';
import { type CheckpointWriter, never } from './checkpoint-writer.ts';
import { type LiveInstance, Operation } from './live-instance.ts';
import type { Replies } from './replies.ts';
import type { Results } from './results.ts';
import type { StatisticsBook } from './statistics.ts';
import type { TimerQueue } from './timer-queue.ts';

export interface InstanceHostInit {
  readonly transport: Transport;
  readonly calls: Calls;
  readonly replies: Replies;
  readonly timers: TimerQueue;
  readonly writer: CheckpointWriter;
  readonly results: Results;
  readonly statistics: StatisticsBook;
  readonly now: () => number;
  readonly monotonic: () => number;
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
    const live = liveOf(instance);
    if (live.isStopped) return;
    const operation = new Operation(live, number, request.kind, this.#init.now());
    live.operations.set(number, operation);
    const mayRepeat = repeat || live.mayRepeat;
    switch (request.kind) {
      case 'sleep':
        this.#sleep(operation, request.until);
        return;
      case 'call':
        this.#init.calls.run(request, mayRepeat, operation);
        return;
      case 'publish':
        settleWhenSent(operation, this.#publish(operation, request, mayRepeat));
        return;
      case 'reply':
        settleWhenSent(operation, this.#reply(live, request));
    }
  }

  disarm(instance: Instance, number: number): void {
    const live = liveOf(instance);
    const operation = live.operations.get(number);
    if (operation === undefined) return;
    operation.isWanted = false;
    live.operations.delete(number);
    if (operation.timer !== undefined) this.#init.timers.cancel(operation.timer);
  }

  save(instance: Instance, sequence: number, snapshot: Uint8Array, captureMs: number): Promise<void> {
    const live = liveOf(instance);
    if (live.isStopped) return never();
    this.#init.statistics.captureLatency.record(captureMs);
    return this.#init.writer.write(live, sequence, snapshot);
  }

  ended(instance: Instance, outcome: Outcome): void {
    const live = liveOf(instance);
    if (!live.isStopped) this.#init.results.end(live, outcome);
  }

  #sleep(operation: Operation, until: number): void {
    operation.timer = this.#init.timers.add(until, () => operation.settle(DONE));
  }

  #publish(operation: Operation, { subject, data }: PublishRequest, repeat: boolean): Promise<void> {
    const headers: Record<string, string> = { [MESSAGE_ID]: operation.messageId };
    if (repeat) headers[POSSIBLE_REPEAT] = 'true';
    return this.#init.transport.publish(subject, data, { headers });
  }

  #reply(live: LiveInstance, { data }: ReplyRequest): Promise<unknown> {
    if (live.requesters.length > 0) this.#init.statistics.replied(live, this.#init.now());
    return this.#init.replies.interim(live, data);
  }
}

type PublishRequest = Extract<OperationRequest, { kind: 'publish' }>;
type ReplyRequest = Extract<OperationRequest, { kind: 'reply' }>;

/** Instances are attached to it before they run (`LiveInstance.attach`). */
const liveOf = (instance: Instance): LiveInstance => instance.hosted as LiveInstance;

const DONE: OperationResult = { ok: true, value: undefined };

function settleWhenSent(operation: Operation, sent: Promise<unknown>): void {
  sent.then(
    () => operation.settle(DONE),
    (error: unknown) => operation.settle({ ok: false, error }),
  );
}
