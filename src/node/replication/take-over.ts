/**
 * A dead node's instances go on here. Owns: take-overs under way. Invariants:
 *
 * 1. The copies are sealed, durably, before the first instance of them runs: the dead node cannot change them any more, and when it
 *    comes back it is told which instances are no longer its own.
 * 2. An instance is durable in this node's own store before it runs and before its copy goes; a crash half-way repeats what is left.
 * 3. What the dead node never sent (it went on alone before it died) is still on its disk, and goes on when it comes back.
 */
import type { CheckpointStore, StoredInstance } from '../../store/checkpoint-store.ts';
import type { ReplicaHome, ReplicaReceiver } from './replica-receiver.ts';
import { recordsOf } from './replica-receiver.ts';
import { keepCopy } from './fetch-copies.ts';

export interface TakeOverInit {
  readonly receiver: ReplicaReceiver;
  /** This node's own store, with its own replication. */
  readonly store: CheckpointStore;
  readonly now: () => number;
  /** Lets an instance go on that is in the store now. */
  readonly restore: (instance: StoredInstance) => Promise<unknown>;
  readonly reportError: (error: unknown) => void;
}

export interface TakeOverReport {
  readonly node: string;
  /** Instances that run here now. */
  readonly running: number;
  /** Failed instances and kept results that came along. */
  readonly ended: number;
}

/** More than a node has. */
const EVERYTHING = 2 ** 31;

export class TakeOver {
  readonly #init: TakeOverInit;
  /** Instances of other nodes that run here since this node started. */
  running = 0;
  readonly #underWay = new Map<string, Promise<TakeOverReport>>();

  constructor(init: TakeOverInit) {
    this.#init = init;
  }

  /** Goes on with take-overs that a crash of this node interrupted. */
  async open(): Promise<void> {
    for (const { node, label } of await this.#init.receiver.labels())
      if (label.takenOver) await this.run(node);
  }

  /**
   * Takes over the instances of a node. Only for a node that is dead: one that still runs would do the same work.
   * Asked again while it is under way, the same promise; afterwards what is left.
   */
  run(node: string): Promise<TakeOverReport> {
    let underWay = this.#underWay.get(node);
    if (!underWay) {
      underWay = this.#run(node).finally(() => this.#underWay.delete(node));
      this.#underWay.set(node, underWay);
    }
    return underWay;
  }

  async #run(node: string): Promise<TakeOverReport> {
    const { receiver, now } = this.#init;
    const home = await receiver.seal(node, now());
    let running = 0;
    for await (const page of home.store.unfinished()) {
      const kept = await Promise.all(page.map((instance) => this.#keep(home, instance)));
      for (const instance of kept) {
        if (!instance) continue;
        running++;
        this.running++;
        await this.#init.restore(instance);
      }
      // Only now that all of the page are durable here.
      await Promise.all(page.map(({ id }) => home.store.purge(id)));
    }
    let ended = 0;
    for (const status of ['failed', 'completed'] as const) {
      for (const { id } of await home.store.list({ status, limit: EVERYTHING })) {
        const instance = await home.store.load(id);
        if (instance && (await this.#keep(home, instance))) ended++;
        await home.store.purge(id);
      }
    }
    return { node, running, ended };
  }

  async #keep(home: ReplicaHome, instance: StoredInstance): Promise<StoredInstance | undefined> {
    const { store, reportError } = this.#init;
    if (instance.damaged !== undefined) {
      reportError(new Error(`The copy of instance ${instance.id} is damaged: ${instance.damaged}`));
      return undefined;
    }
    // It may have been taken over before a crash, and be further by now.
    if (await store.load(instance.id)) return undefined;
    const bundle = await home.store.loadCode(instance.codeHash);
    if (bundle) await store.saveCode(instance.codeHash, bundle);
    for (const record of recordsOf(instance)) await keepCopy(store, record);
    return instance;
  }
}
