/**
 * One run of a script.
 *
 * Owns: the instance's job queue, its suspended frames, its volatile waits, whether and when it runs. Its operations and checkpoints are in
 * objects of their own. Invariants:
 * R1. Code of the script runs only from `runJob` and `enter`, with this instance as the current owner, one job at a time, and never
 *     from inside a job of another instance.
 * R2. A snapshot is taken between two jobs, when no code of the script is on the native stack.
 * R3. Whatever the script throws ends at most this instance.
 * R4. `ended` is reported once; nothing runs afterwards.
 */
import { mapStack } from './author-stack.ts';
import { captureInstance, restoreInstance, type SnapshotReading } from './capture.ts';
import { Checkpointing } from './checkpointing.ts';
import type { FewByNumber } from './few-by-number.ts';
import { forgetRecent } from './generator.ts';
import type { Host, Outcome } from './host.ts';
import { instanceGone } from './instance-gone.ts';
import { JobQueue } from './job-queue.ts';
import { type OperationResult, OperationTable } from './operation-table.ts';
import type { Operation } from './operations.ts';
import {
  contextFor,
  enterTurn,
  forgetOwner,
  type Job,
  type Owner,
  type OwnerContext,
  runInContext,
  type WaitingFrames,
} from './owner.ts';
import {
  type DurablePromise,
  isDurablePromise,
  makePromise,
  ownerOf,
  PENDING,
  promiseFor,
  react,
  REJECTED,
  runJob,
  settle,
  stateOf,
  tidyWaiting,
  valueOf,
} from './promise.ts';
import { ForeignReaction, settleLater } from './reactions.ts';
import type { Realm } from './realm.ts';
import { afterNativeJobs, NONE_UNHANDLED, withRejection } from './unhandled.ts';
import { NO_VOLATILE_WAITS, withWait } from './volatile-waits.ts';

export interface InstanceInit {
  readonly id: string;
  readonly script: string;
  readonly realm: Realm;
  readonly host: Host;
  readonly requestId?: string | undefined;
  readonly replyTo?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Number of its life; default: 1, or one more than the snapshot says. */
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
  readonly host: Host;
  /** Of its closures, and of what native code calls back. */
  readonly context: OwnerContext;
  readonly requestId: string | undefined;
  readonly createdAt: number;
  /** Number of its life: one more than that of the life that made the checkpoint. 0 until that is known. */
  attempt: number;
  readonly recovered: boolean;
  /** Milliseconds between the last life and this one. */
  readonly downtime: number;
  /** What the host keeps with the instance. */
  hosted: object | undefined = undefined;
  replyTo: string | undefined;
  readonly jobs = new JobQueue<Job | DurablePromise>();
  readonly waiting: WaitingFrames = { frames: [], limit: 8 };
  readonly pending: OperationTable;
  readonly checkpoints: Checkpointing;
  volatile = NO_VOLATILE_WAITS;
  watched = NO_VOLATILE_WAITS;
  /** The promise of the default export's call. */
  main: DurablePromise | undefined = undefined;

  readonly #drive: ((instance: Instance) => void) | undefined;
  #unhandled = NONE_UNHANDLED;
  /** Promises of other instances that wait for one of this. */
  #followers = NO_VOLATILE_WAITS;
  /** Jobs or code of the instance are running. */
  #running = false;
  #scheduled = false;
  #over = false;
  #successor: Instance | undefined = undefined;

  constructor(init: InstanceInit, recovered = false) {
    this.id = init.id;
    this.script = init.script;
    this.realm = init.realm;
    this.context = contextFor(init.id, this);
    if (init.realm.bundle.state.length > 0) init.realm.home = this.context;
    this.requestId = init.requestId;
    this.replyTo = init.replyTo;
    this.createdAt = init.createdAt;
    this.attempt = init.attempt ?? 1;
    this.recovered = init.recovered ?? recovered;
    this.host = init.host;
    this.pending = new OperationTable(this, init.host);
    this.checkpoints = new Checkpointing(this);
    this.#drive = init.drive;
    this.downtime = init.downSince === undefined ? 0 : Math.max(0, init.host.now() - init.downSince);
  }

  /**
   * An instance as its snapshot has it. Nothing runs until `resume`.
   *
   * @param reading for a snapshot of other code than this realm's
   * @throws SnapshotError if the bytes are not a snapshot of this realm's code.
   */
  static restore(snapshot: Uint8Array, init: InstanceInit, reading?: SnapshotReading): Instance {
    const instance = new Instance({ attempt: 0, ...init }, true);
    restoreInstance(instance, snapshot, reading);
    instance.checkpoints.durable = instance.checkpoints.captured;
    return instance;
  }

  /** Suspended frames that wait for a promise that is no frame. */
  waitingFrames(): readonly DurablePromise[] {
    tidyWaiting(this.waiting);
    return this.waiting.frames;
  }

  /** Durable operations that are not over, by number. */
  get operations(): FewByNumber<Operation> {
    return this.pending.operations;
  }

  /** Number of the last durable checkpoint; 0 if there is none. */
  get sequence(): number {
    return this.checkpoints.durable;
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** Calls the script's default export. */
  start(input: unknown): void {
    this.enter(() => {
      try {
        const { entry } = this.realm;
        this.main = promiseFor(input === undefined ? entry() : entry(input), this);
      } catch (error) {
        this.main = makePromise(this);
        settle(this.main, error, true);
      }
    });
  }

  /** After a restore: recovers checkpoints that were under way, begins operations again, goes on. */
  resume(): void {
    this.enter(() => {
      this.checkpoints.recover();
      this.pending.repeat();
    }, false);
  }

  /**
   * `restored` takes the place of this instance in the same process: saves that are under way report to it.
   * Operations go on; nothing is begun again.
   */
  handOver(restored: Instance): void {
    this.#successor = restored;
    this.checkpoints.handOver(restored.checkpoints);
    this.stop();
    this.context.owner = restored;
  }

  /** This instance, or the one that has taken its place. */
  latest(): Instance {
    return this.#successor === undefined ? this : this.#successor.latest();
  }

  /** Drops the instance: nothing of it runs any more. */
  stop(): void {
    this.#over = true;
    forgetOwner(this.context);
    this.jobs.clear();
    for (const promise of this.#followers.pending()) settleLater(promise, instanceGone(this.id), true);
    this.#followers = NO_VOLATILE_WAITS;
  }

  /** Runs `body` as code of this instance, then its jobs. `keeps`: see `runInContext`. */
  enter(body: () => void, keeps = true): void {
    if (this.#over) return;
    const run = (): void => {
      const before = enterTurn(this.context);
      const wasRunning = this.#running;
      this.#running = true;
      try {
        body();
      } finally {
        this.#running = wasRunning;
        enterTurn(before);
      }
      if (before === undefined) this.runJobs();
      else this.wake();
    };
    runInContext(this.context, run, keeps);
  }

  /** Jobs were queued by code of others, or native code that nobody waits for: they run when it is over, as jobs do natively. */
  wake(): void {
    if (this.#running || this.#over || this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#continue());
  }

  #continue(): void {
    this.#scheduled = false;
    this.runJobs();
  }

  /** Runs what is in the queue, unless it is being run. */
  runJobs(): void {
    if (this.#running || this.#over || this.#scheduled) return;
    runInContext(this.context, () => {
      if (this.#drive) this.#drive(this);
      else this.#drain();
    });
  }

  #drain(): void {
    const before = enterTurn(this.context);
    this.#running = true;
    let finished = false;
    try {
      finished = this.#runAll();
    } finally {
      this.#running = false;
      enterTurn(before);
      forgetRecent();
    }
    if (finished) this.#rest();
  }

  /** True when no job is left; false when the instance is over, or others have to have their turn. */
  #runAll(): boolean {
    const { jobs } = this;
    let count = 0;
    let until = 0;
    for (;;) {
      if (this.checkpoints.isDue) this.checkpoints.attend();
      const job = jobs.shift();
      if (job === undefined) return true;
      try {
        runJob(job);
      } catch (error) {
        this.#uncaught(error);
      }
      if (this.#over) return false;
      if (++count % JOBS_PER_LOOK !== 0) continue;
      const now = performance.now();
      if (until === 0) until = now + SLICE_MS;
      else if (now > until) {
        this.#scheduled = true;
        setImmediate(() => this.#continue());
        return false;
      }
    }
  }

  /** Nobody can catch it: it ends the instance like an unhandled rejection. */
  #uncaught(error: unknown): void {
    settle(makePromise(this), error, true);
  }

  /** Runs the next job, and what is due after it. False when there was none and the instance waits or is over. */
  runJob(): boolean {
    if (this.#over) return false;
    if (this.checkpoints.isDue) this.checkpoints.attend();
    const job = this.jobs.shift();
    if (job === undefined) {
      this.#rest();
      return false;
    }
    const before = enterTurn(this.context);
    try {
      runJob(job);
    } catch (error) {
      this.#uncaught(error);
    } finally {
      enterTurn(before);
    }
    if (this.checkpoints.isDue) this.checkpoints.attend();
    return !this.#over;
  }

  /** The queue is empty: has the instance failed or completed? */
  #rest(): void {
    // What has ended keeps no memory while the instance sleeps.
    if (this.waiting.frames.length > 1 && this.waiting.frames.length <= 16) tidyWaiting(this.waiting);
    if (this.#unhandled.lost(this.main) !== undefined) {
      // Native code that awaits the promise says so in a job of its own.
      afterNativeJobs(() => this.latest().#judge());
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

  #judge(): void {
    if (this.#over || this.#running || this.jobs.size > 0) return;
    const promise = this.#unhandled.lost(this.main);
    if (promise === undefined) this.#rest();
    else this.#end({ status: 'failed', error: valueOf(promise) });
  }

  #end(outcome: Outcome): void {
    if (outcome.status === 'failed') mapStack(outcome.error, this.realm.bundle);
    this.stop();
    for (const number of this.operations.numbers()) this.host.disarm(this, number);
    this.host.ended(this, outcome);
  }

  watch(promise: DurablePromise): void {
    this.watched = withWait(this.watched, promise);
  }

  unhandled(promise: DurablePromise): void {
    this.#unhandled = withRejection(this.#unhandled, promise);
  }

  handled(promise: DurablePromise): void {
    this.#unhandled.delete(promise);
  }

  unhandledPromises(): DurablePromise[] {
    return this.#unhandled.list();
  }

  follow(promise: DurablePromise, other: PromiseLike<unknown> | DurablePromise): void {
    this.volatile = withWait(this.volatile, promise);
    if (isDurablePromise(other)) {
      (ownerOf(other) as Instance).#followedBy(promise, other);
      return;
    }
    other.then(
      (value) => this.enter(() => settle(promise, value, false)),
      (error: unknown) => this.enter(() => settle(promise, error, true)),
    );
  }

  #followedBy(promise: DurablePromise, own: DurablePromise): void {
    if (this.#over && stateOf(own) === PENDING) {
      settleLater(promise, instanceGone(this.id), true);
      return;
    }
    react(own, new ForeignReaction(promise));
    if (stateOf(own) === PENDING) this.#followers = withWait(this.#followers, promise);
  }

  /** The host reports the end of an operation. Ignored when the operation is no longer wanted. */
  settle(number: number, result: OperationResult): void {
    if (!this.#over) this.pending.settle(number, result);
  }

  /** `checkpoint()`: the snapshot is taken when the current job is over. */
  checkpoint(commit: Function | undefined, recover: Function | undefined): DurablePromise {
    return this.checkpoints.request(commit, recover);
  }

  /** Bytes of the whole instance. Only between jobs. Throws SnapshotError or RuntimeError. */
  capture(): Uint8Array {
    return captureInstance(this);
  }
}
