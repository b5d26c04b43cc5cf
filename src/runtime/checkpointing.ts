/**
 * The checkpoints of one instance.
 *
 * Owns: checkpoint numbers, checkpoints that were asked for, and what happens when they are durable or refused. Invariants:
 * C1. Numbers strictly increase; saves are handed to the host in that order. A refused snapshot takes no number, a refused save does:
 *     nobody can know whether its bytes are in the store.
 * C2. A checkpoint is pending from `checkpoint()` until its `commit` or `recover` begins to run, so that every snapshot taken before that
 *     leads to `recover`.
 * C3. A failed checkpoint rejects its promise and changes nothing else.
 * C4. What the script does after a checkpoint gets the same operation numbers whether `commit` or `recover` has run, and whatever those did,
 *     as long as they did not begin more than ROOM operations: the numbers go on ROOM further. So a message that is sent again after a
 *     crash has the id that it had, and no other message has that id.
 */
import { checkpointError } from './checkpoint-failure.ts';
import type { Instance } from './instance.ts';
import { CheckpointJob } from './operation-jobs.ts';
import { CheckpointOperation } from './operations.ts';
import { type DurablePromise, makePromise, PENDING, settle, stateOf } from './promise.ts';

/** Operation numbers that are set aside for one `commit` or `recover`. */
const ROOM = 1000;
/** Lists of their exact length, and one for all that are empty: a list that is pushed to takes room for 17. */
const NO_CHECKPOINTS: readonly CheckpointOperation[] = [];

export class Checkpointing {
  /** Number of the last snapshot that was taken. */
  captured = 0;
  /** Number of the last durable checkpoint; 0 if there is none. */
  durable = 0;
  /** `attend` is to be called between two jobs. One look at this is all that most jobs cost. */
  isDue = false;
  readonly #instance: Instance;
  #requested: readonly CheckpointOperation[] = NO_CHECKPOINTS;
  /** Their `commit` or `recover` has begun, and was not over when this was looked at last. */
  #running: readonly CheckpointOperation[] = NO_CHECKPOINTS;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  get isRequested(): boolean {
    return this.#requested.length > 0;
  }

  /** Work between two jobs: keeps C4, and takes the snapshot that was asked for. Only when `isDue`. */
  attend(): void {
    this.#makeRoom();
    if (this.isRequested) this.#take();
    this.isDue = this.isRequested || this.#running.length > 0;
  }

  /** `checkpoint()`: the snapshot is taken when the current job is over. */
  request(commit: Function | undefined, recover: Function | undefined): DurablePromise {
    const { pending } = this.#instance;
    const operation = new CheckpointOperation();
    operation.number = pending.nextNumber();
    operation.commit = commit;
    operation.recover = recover;
    operation.promise = makePromise(this.#instance);
    pending.operations.set(operation.number, operation);
    this.#requested = this.#requested.concat([operation]);
    this.isDue = true;
    return operation.promise;
  }

  /** `commit` or `recover` begins to run. */
  begun(operation: CheckpointOperation): void {
    this.#running = this.#running.concat([operation]);
    this.isDue = true;
  }

  /** Between two jobs: a frame that awaits the checkpoint goes on in a job after the one that has settled it. */
  #makeRoom(): void {
    if (this.#running.length === 0) return;
    const { pending } = this.#instance;
    const running = this.#running.filter(({ number, promise }) => {
      if (stateOf(promise!) === PENDING) return true;
      pending.next = Math.max(pending.next, number + 1 + ROOM);
      return false;
    });
    this.#running = running.length === 0 ? NO_CHECKPOINTS : running;
  }

  /** Takes one snapshot for all that were asked for, and hands it to the host. */
  #take(): void {
    const operations = this.#requested;
    this.#requested = NO_CHECKPOINTS;
    const sequence = ++this.captured;
    const { host } = this.#instance;
    const begun = host.monotonic?.() ?? 0;
    let snapshot: Uint8Array;
    try {
      snapshot = this.#instance.capture();
    } catch (error) {
      this.captured--;
      this.#reject(operations, error);
      return;
    }
    let saving: Promise<void>;
    try {
      saving = host.save(this.#instance, sequence, snapshot, (host.monotonic?.() ?? 0) - begun);
    } catch (error) {
      this.#reject(operations, error);
      return;
    }
    saving.then(
      () => this.#instance.latest().checkpoints.#saved(sequence, operations),
      (error: unknown) => {
        const latest = this.#instance.latest();
        latest.enter(() => latest.checkpoints.#reject(operations, error));
      },
    );
  }

  /** After a restore: what was pending had been made, or is as good as made, since this snapshot is durable. */
  recover(): void {
    const { jobs, operations } = this.#instance;
    const queued = new Set<CheckpointOperation>();
    for (const job of jobs.toArray()) {
      if (!(job instanceof CheckpointJob)) continue;
      job.recovers = true;
      queued.add(job.operation);
    }
    for (const operation of operations.values()) {
      if (operation instanceof CheckpointOperation && !queued.has(operation))
        jobs.push(new CheckpointJob(operation, true));
    }
  }

  /** `next` goes on in the same process with what is under way here. */
  handOver(next: Checkpointing): void {
    next.durable = this.durable;
    next.#requested = [...next.#requested, ...counterparts(this.#requested, next.#instance)];
    next.isDue ||= next.#requested.length > 0;
  }

  #saved(sequence: number, operations: readonly CheckpointOperation[]): void {
    const instance = this.#instance;
    if (sequence > this.durable) this.durable = sequence;
    instance.enter(() => {
      for (const operation of counterparts(operations, instance))
        instance.jobs.push(new CheckpointJob(operation, false));
    });
  }

  #reject(operations: readonly CheckpointOperation[], cause: unknown): void {
    for (const operation of counterparts(operations, this.#instance)) {
      this.#instance.operations.delete(operation.number);
      settle(operation.promise!, checkpointError(cause), true);
    }
  }
}

/** The same checkpoints in an instance that may have been restored since. */
function counterparts(operations: readonly CheckpointOperation[], instance: Instance): CheckpointOperation[] {
  return operations.flatMap(({ number }) => {
    const operation = instance.operations.get(number);
    return operation instanceof CheckpointOperation ? operation : [];
  });
}
