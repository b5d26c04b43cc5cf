/**
 * The durable operations of one instance.
 *
 * Owns: which operations are pending, and the next number. Invariants: O1 of operations.ts, and
 * O2. An operation is in the table from its beginning to its end; the end is reported at most once.
 */
import { FewByNumber } from './few-by-number.ts';
import type { Host, OperationRequest } from './host.ts';
import type { Instance } from './instance.ts';
import { TimerJob } from './operation-jobs.ts';
import {
  CheckpointOperation,
  FIRED,
  HostOperation,
  type Operation,
  TimerHandle,
  TimerOperation,
} from './operations.ts';
import { type DurablePromise, makePromise, resolve, settle } from './promise.ts';

export type OperationResult = { ok: true; value: unknown } | { ok: false; error: unknown };

export class OperationTable {
  readonly operations = new FewByNumber<Operation>();
  /** The number that the next operation gets. */
  next = 1;
  readonly #instance: Instance;
  readonly #host: Host;

  constructor(instance: Instance, host: Host) {
    this.#instance = instance;
    this.#host = host;
  }

  nextNumber(): number {
    return this.next++;
  }

  /** Begins a durable operation; the promise has its result. */
  begin(request: OperationRequest): DurablePromise {
    const operation = new HostOperation();
    operation.number = this.nextNumber();
    operation.request = request;
    operation.promise = makePromise(this.#instance);
    this.operations.set(operation.number, operation);
    this.arm(operation, false);
    return operation.promise;
  }

  startTimer(callback: Function, args: readonly unknown[], delay: number, repeats: boolean): TimerHandle {
    const operation = new TimerOperation();
    operation.number = this.nextNumber();
    operation.callback = callback;
    operation.args = args;
    operation.due = this.#host.now() + delay;
    operation.interval = repeats ? delay : -1;
    this.operations.set(operation.number, operation);
    this.arm(operation, false);
    return new TimerHandle(operation.number);
  }

  clearTimer(number: number): void {
    if (!(this.operations.get(number) instanceof TimerOperation)) return;
    this.operations.delete(number);
    this.#host.disarm(this.#instance, number);
  }

  /** Hands the operation to the host; `repeat` after a restore. */
  arm(operation: HostOperation | TimerOperation, repeat: boolean): void {
    const request =
      operation instanceof TimerOperation
        ? { kind: 'sleep' as const, until: operation.due }
        : operation.request!;
    this.#host.arm(this.#instance, operation.number, request, repeat);
  }

  /** The host reports an end; ignored for an operation that is no longer wanted. */
  settle(number: number, result: OperationResult): void {
    const operation = this.operations.get(number);
    if (operation === undefined || operation instanceof CheckpointOperation) return;
    if (operation instanceof TimerOperation) {
      this.#fire(operation);
      return;
    }
    this.operations.delete(number);
    this.#instance.enter(() => {
      if (result.ok) resolve(operation.promise!, result.value);
      else settle(operation.promise!, result.error, true);
    });
  }

  /** After a restore: begins all of them again. Timers whose callback is about to run have their job in the queue. */
  repeat(): void {
    for (const operation of this.operations.values()) {
      if (operation instanceof CheckpointOperation) continue;
      if (operation instanceof TimerOperation && operation.due === FIRED) continue;
      this.arm(operation, true);
    }
  }

  /** Its callback runs now. False if it has been cleared since it was due. */
  takeTimer(operation: TimerOperation): boolean {
    if (this.operations.get(operation.number) !== operation) return false;
    if (operation.interval < 0) this.operations.delete(operation.number);
    else {
      operation.due = this.#host.now() + operation.interval;
      this.arm(operation, false);
    }
    return true;
  }

  /** Until its callback runs, it is pending and can be cleared. */
  #fire(operation: TimerOperation): void {
    if (operation.due === FIRED) return;
    operation.due = FIRED;
    this.#instance.enter(() => this.#instance.jobs.push(new TimerJob(operation)));
  }
}
