/**
 * One run of a script.
 *
 * Owns: the instance's job queue, its suspended frames, its durable operations, its volatile waits, its checkpoints.
 * Invariants:
 * R1. Code of the script runs only from `runJob` and `enter`, with this instance as the current owner, one job at a time.
 * R2. A snapshot is taken between two jobs, when no code of the script is on the native stack.
 * R3. Checkpoint numbers strictly increase; saves are handed to the host in that order.
 * R4. A failed checkpoint rejects its promise and changes nothing else.
 * R5. `ended` is reported once; nothing runs afterwards.
 */
import { mapStack } from './author-stack.ts';
import { captureInstance, restoreInstance } from './capture.ts';
import { checkpointError } from './checkpoint-failure.ts';
import type { Host, Outcome } from './host.ts';
import { JobQueue } from './job-queue.ts';
import { CheckpointOperation, type Operation } from './operations.ts';
import { type OperationResult, OperationTable } from './operation-table.ts';
import { enterOwner, type Job, type Owner } from './owner.ts';
import {
  type DurablePromise,
  isDurablePromise,
  isHandled,
  makePromise,
  PENDING,
  promiseFor,
  REJECTED,
  resolve,
  runFrame,
  settle,
  stateOf,
  valueOf,
} from './promise.ts';
import { ClosureJob } from './reactions.ts';
import type { Realm } from './realm.ts';
import { RuntimeError } from './runtime-error.ts';

export interface InstanceInit {
  readonly id: string;
  readonly script: string;
  readonly realm: Realm;
  readonly host: Host;
  readonly requestId?: string | undefined;
  readonly replyTo?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** 1 for the first life, one more after each restore. */
  readonly attempt?: number;
  /** Whether it counts as restored after a crash; default: it was restored. */
  readonly recovered?: boolean;
  /** When the process that ran it before was last known to run it; milliseconds since the epoch. */
  readonly downSince?: number | undefined;
  /** Called instead of running jobs when there are some: the caller runs them one by one with `runJob`. */
  readonly drive?: ((instance: Instance) => void) | undefined;
}

/** Jobs between two looks at the clock, and the time after which others get their turn. */
const JOBS_PER_LOOK = 2048;
const SLICE_MS = 10;

export class Instance implements Owner {
  readonly id: string;
  readonly script: string;
  readonly realm: Realm;
  readonly requestId: string | undefined;
  readonly createdAt: number;
  readonly attempt: number;
  readonly recovered: boolean;
  /** Milliseconds between the last life and this one. */
  readonly downtime: number;
  replyTo: string | undefined;

  readonly jobs = new JobQueue<Job | DurablePromise>();
  readonly waiting = new Set<DurablePromise>();
  readonly pending: OperationTable;
  /** Promises that follow a native one. */
  readonly volatile = new Set<DurablePromise>();
  /** The promise of the default export's call. */
  main: DurablePromise | undefined = undefined;
  /** Number of the last snapshot that was taken. */
  captured = 0;

  readonly #host: Host;
  readonly #drive: ((instance: Instance) => void) | undefined;
  readonly #unhandled = new Set<DurablePromise>();
  #durable = 0;
  #requested: CheckpointOperation[] = [];
  /** Jobs or code of the instance are running. */
  #running = false;
  #scheduled = false;
  #over = false;
  #successor: Instance | undefined = undefined;

  constructor(init: InstanceInit, recovered = false) {
    this.id = init.id;
    this.script = init.script;
    this.realm = init.realm;
    this.requestId = init.requestId;
    this.replyTo = init.replyTo;
    this.createdAt = init.createdAt;
    this.attempt = init.attempt ?? 1;
    this.recovered = init.recovered ?? recovered;
    this.#host = init.host;
    this.pending = new OperationTable(this, init.host);
    this.#drive = init.drive;
    this.downtime = init.downSince === undefined ? 0 : Math.max(0, init.host.now() - init.downSince);
  }

  /**
   * An instance as its snapshot has it. Nothing runs until `resume`.
   *
   * @throws SnapshotError if the bytes are not a snapshot of this realm's code.
   */
  static restore(snapshot: Uint8Array, init: InstanceInit): Instance {
    const instance = new Instance({ attempt: 2, ...init }, true);
    restoreInstance(instance, snapshot);
    instance.#durable = instance.captured;
    return instance;
  }

  /** Durable operations that are not over, by number. */
  get operations(): Map<number, Operation> {
    return this.pending.operations;
  }

  /** Number of the last durable checkpoint; 0 if there is none. */
  get sequence(): number {
    return this.#durable;
  }

  get isOver(): boolean {
    return this.#over;
  }

  get host(): Host {
    return this.#host;
  }

  /** Calls the script's default export. */
  start(input: unknown): void {
    this.enter(() => {
      const { entry } = this.realm;
      let result: unknown;
      try {
        result = entry(input);
      } catch (error) {
        this.main = makePromise(this);
        settle(this.main, error, true);
        return;
      }
      this.main = promiseFor(result, this);
    });
  }

  /** After a restore: recovers checkpoints that were under way, begins operations again, goes on. */
  resume(): void {
    this.enter(() => {
      for (const operation of this.operations.values()) {
        if (operation instanceof CheckpointOperation) this.#finishCheckpoint(operation, operation.recover);
        else this.pending.arm(operation, true);
      }
    });
  }

  /**
   * `restored` takes the place of this instance in the same process: saves that are under way report to it.
   * Operations go on; nothing is begun again.
   */
  handOver(restored: Instance): void {
    this.#successor = restored;
    restored.#durable = this.#durable;
    for (const { number } of this.#requested) {
      const operation = restored.operations.get(number);
      if (operation instanceof CheckpointOperation) restored.#requested.push(operation);
    }
    this.stop();
  }

  /** Drops the instance: nothing of it runs any more. */
  stop(): void {
    this.#over = true;
    this.jobs.clear();
  }

  /** Runs `body` as code of this instance, then its jobs. */
  enter(body: () => void): void {
    if (this.#over) return;
    const before = enterOwner(this);
    const wasRunning = this.#running;
    this.#running = true;
    try {
      body();
    } finally {
      this.#running = wasRunning;
      enterOwner(before);
    }
    this.wake();
  }

  wake(): void {
    if (this.#running || this.#over || this.#scheduled) return;
    if (this.#drive) this.#drive(this);
    else this.#drain();
  }

  #drain(): void {
    const { jobs } = this;
    const before = enterOwner(this);
    this.#running = true;
    let count = 0;
    let until = 0;
    try {
      for (;;) {
        if (this.#requested.length > 0) this.#takeCheckpoint();
        const job = jobs.shift();
        if (job === undefined) break;
        if (isDurablePromise(job)) runFrame(job);
        else job.run();
        if (this.#over) return;
        if (++count % JOBS_PER_LOOK !== 0) continue;
        const now = performance.now();
        if (until === 0) until = now + SLICE_MS;
        else if (now > until) {
          this.#goOnLater();
          return;
        }
      }
    } finally {
      this.#running = false;
      enterOwner(before);
    }
    this.#rest();
  }

  /** Lets the event loop have its turn. */
  #goOnLater(): void {
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.wake();
    });
  }

  /** Runs the next job, and what is due after it. False when there was none and the instance waits or is over. */
  runJob(): boolean {
    if (this.#over) return false;
    if (this.#requested.length > 0) this.#takeCheckpoint();
    const job = this.jobs.shift();
    if (job === undefined) {
      this.#rest();
      return false;
    }
    const before = enterOwner(this);
    try {
      if (isDurablePromise(job)) runFrame(job);
      else job.run();
    } finally {
      enterOwner(before);
    }
    if (this.#requested.length > 0) this.#takeCheckpoint();
    return !this.#over;
  }

  /** The queue is empty: has the instance failed or completed? */
  #rest(): void {
    for (const promise of this.#unhandled) {
      if (isHandled(promise) || promise === this.main) continue;
      this.#end({ status: 'failed', error: valueOf(promise) });
      return;
    }
    this.#unhandled.clear();
    const { main } = this;
    if (main === undefined || stateOf(main) === PENDING) return;
    const failed = stateOf(main) === REJECTED;
    this.#end(
      failed ? { status: 'failed', error: valueOf(main) } : { status: 'completed', value: valueOf(main) },
    );
  }

  #end(outcome: Outcome): void {
    if (outcome.status === 'failed') mapStack(outcome.error, this.realm.bundle);
    this.stop();
    for (const number of this.operations.keys()) this.#host.disarm(this, number);
    this.#host.ended(this, outcome);
  }

  unhandled(promise: DurablePromise): void {
    this.#unhandled.add(promise);
  }

  handled(promise: DurablePromise): void {
    this.#unhandled.delete(promise);
  }

  unhandledPromises(): DurablePromise[] {
    return [...this.#unhandled];
  }

  followNative(promise: DurablePromise, native: PromiseLike<unknown>): void {
    this.volatile.add(promise);
    const settled = (value: unknown, rejected: boolean): void => {
      this.volatile.delete(promise);
      this.enter(() => settle(promise, value, rejected));
    };
    native.then(
      (value) => settled(value, false),
      (error: unknown) => settled(error, true),
    );
  }

  /** The host reports the end of an operation. Ignored when the operation is no longer wanted. */
  settle(number: number, result: OperationResult): void {
    if (!this.#over) this.pending.settle(number, result);
  }

  /** `checkpoint()`: the snapshot is taken when the current job is over. */
  checkpoint(commit: Function | undefined, recover: Function | undefined): DurablePromise {
    const operation = new CheckpointOperation();
    operation.number = this.pending.nextNumber();
    operation.commit = commit;
    operation.recover = recover;
    operation.promise = makePromise(this);
    this.operations.set(operation.number, operation);
    this.#requested.push(operation);
    return operation.promise;
  }

  /** Bytes of the whole instance. Only between jobs. Throws SnapshotError or RuntimeError. */
  capture(): Uint8Array {
    return captureInstance(this);
  }

  #takeCheckpoint(): void {
    const operations = this.#requested;
    this.#requested = [];
    const sequence = ++this.captured;
    let snapshot: Uint8Array;
    try {
      snapshot = this.capture();
    } catch (error) {
      this.captured--;
      this.#rejectCheckpoints(operations, error);
      return;
    }
    this.#host.save(this, sequence, snapshot).then(
      () => this.#latest().#saved(sequence, operations),
      (error: unknown) => {
        const latest = this.#latest();
        latest.enter(() => latest.#rejectCheckpoints(operations, error));
      },
    );
  }

  #latest(): Instance {
    return this.#successor === undefined ? this : this.#successor.#latest();
  }

  #saved(sequence: number, operations: readonly CheckpointOperation[]): void {
    if (this.#over) return;
    if (sequence > this.#durable) this.#durable = sequence;
    this.enter(() => {
      for (const { number } of operations) {
        const operation = this.operations.get(number);
        if (operation instanceof CheckpointOperation) this.#finishCheckpoint(operation, operation.commit);
      }
    });
  }

  #rejectCheckpoints(operations: readonly CheckpointOperation[], cause: unknown): void {
    const before = enterOwner(this);
    for (const { number } of operations) {
      const operation = this.operations.get(number);
      if (!(operation instanceof CheckpointOperation)) continue;
      this.operations.delete(number);
      settle(operation.promise!, checkpointError(cause), true);
    }
    enterOwner(before);
  }

  /** Runs `commit` or `recover`; its value is the result of checkpoint(). */
  #finishCheckpoint(operation: CheckpointOperation, closure: Function | undefined): void {
    this.operations.delete(operation.number);
    const promise = operation.promise!;
    if (closure === undefined) {
      resolve(promise, undefined);
      return;
    }
    // A job of its own; what the closure throws rejects checkpoint().
    this.jobs.push(new ClosureJob(promise, closure));
  }
}
