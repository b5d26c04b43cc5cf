/**
 * One life of a script under test: from a start or a restore to a crash or the end.
 *
 * Owns: the instance, and what it has armed. Invariant F1: after `die()` nothing of it runs, and nothing reaches the world.
 */
import type { Host, OperationRequest, Outcome } from '../runtime/host.ts';
import { Instance, type InstanceInit } from '../runtime/instance.ts';
import type { OperationResult } from '../runtime/operation-table.ts';
import type { DurablePromise } from '../runtime/promise.ts';
import { CapturingDriver } from './capturing-driver.ts';
import { allSettled, checkpointPromises } from './checkpoint-promises.ts';
import type { LifeCycle } from './life-cycle.ts';

export class Life implements Host {
  /** Another one after each capture. */
  instance: Instance;
  readonly #cycle: LifeCycle;
  readonly #cancel = new Map<number, () => void>();
  readonly #driver: CapturingDriver | undefined;
  readonly #number: number;
  #commits: { readonly checkpoint: number; readonly promises: readonly DurablePromise[] } | undefined;
  /** As a node says it: until the next checkpoint, whatever is sent may have been sent by the life before. */
  #mayRepeat: boolean;
  #dead = false;
  #driving = false;

  constructor(
    cycle: LifeCycle,
    snapshot: Uint8Array | undefined,
    attempt: number,
    downSince: number | undefined,
  ) {
    this.#cycle = cycle;
    this.#number = cycle.lives;
    this.#mayRepeat = this.#number > 1;
    const { init } = cycle;
    const instanceInit: InstanceInit = {
      id: init.id,
      script: init.script,
      requestId: init.requestId,
      realm: init.freshRealm(),
      host: this,
      createdAt: init.clock.now,
      attempt,
      downSince,
      drive: (instance) => this.#drive(instance),
    };
    if (init.capture) {
      this.#driver = new CapturingDriver(init.freshRealm, (instance) => (this.instance = instance));
      this.#driver.init = instanceInit;
    }
    this.instance =
      snapshot === undefined ? new Instance(instanceInit) : Instance.restore(snapshot, instanceInit);
  }

  /** The process is killed. */
  die(): void {
    this.#dead = true;
    this.instance.stop();
    for (const cancel of this.#cancel.values()) cancel();
    this.#cancel.clear();
  }

  /** Somebody outside has to settle a promise that the script follows. */
  get waitsForNative(): boolean {
    return this.instance.volatile.pending().size > 0;
  }

  /** From now on the commits (or recovers) of this checkpoint are watched. */
  watchCommits(checkpoint: number): void {
    this.#commits = { checkpoint, promises: checkpointPromises(this.instance) };
  }

  #drive(instance: Instance): void {
    if (this.#driving || this.#dead) return;
    this.#driving = true;
    try {
      if (this.#driver) this.#driver.drive(instance, (error) => this.#cycle.fail(error));
      else while (instance.runJob()) this.#lookAtCommits();
    } finally {
      this.#driving = false;
    }
    this.#cycle.lookLater();
  }

  #lookAtCommits(): void {
    const commits = this.#commits;
    if (commits === undefined || !allSettled(commits.promises)) return;
    this.#commits = undefined;
    this.#cycle.afterCommit(this, commits.checkpoint);
  }

  now(): number {
    return this.#cycle.init.clock.now;
  }

  arm(_instance: Instance, number: number, request: OperationRequest, repeat: boolean): void {
    if (this.#dead) return;
    const { init, world } = this.#cycle;
    if (request.kind === 'sleep') {
      // Capturing arms nothing again; an interval arms its next run under the same number.
      this.#cancel.set(
        number,
        init.clock.add(request.until, () => this.#settle(number, DONE)),
      );
      return;
    }
    const origin = { id: `${init.id}:${number}`, repeat: repeat || this.#mayRepeat, life: this.#number };
    world.send(request, origin, (result) => this.#settle(number, result));
  }

  #settle(number: number, result: OperationResult): void {
    if (this.#dead) return;
    this.#cancel.delete(number);
    this.instance.settle(number, result);
    this.#cycle.lookLater();
  }

  disarm(_instance: Instance, number: number): void {
    this.#cancel.get(number)?.();
    this.#cancel.delete(number);
  }

  save(instance: Instance, sequence: number, snapshot: Uint8Array): Promise<void> {
    const saved = this.#cycle.save(this, instance, sequence, snapshot);
    this.#mayRepeat = false;
    return saved;
  }

  ended(_instance: Instance, outcome: Outcome): void {
    if (!this.#dead) this.#cycle.ended(this, outcome);
  }
}

const DONE: OperationResult = { ok: true, value: undefined };
