/**
 * A dead node's instances go on here. Owns: take-overs under way. Invariants:
 *
 * 1. The copies are sealed, durably, before the first instance of them runs: the dead node cannot change them any more, and when it
 *    comes back it is told which instances are no longer its own.
 * 2. An instance is durable in this node's own store before its copy goes, and its copy is gone before it runs; a crash half-way
 *    repeats what is left, and nothing that has ended.
 * 3. What the dead node never sent (it went on alone before it died) is still on its disk, and goes on when it comes back; and so
 *    does what cannot be read here.
 * 4. The dead node learns what was taken only when all of it is in this node's store.
 */
import type { CheckpointStore, StoredInstance } from '../../store/checkpoint-store.ts';
import { keepCopy } from './fetch-copies.ts';
import { recordsOf } from './record-writing.ts';
import type { ReplicaHome } from './replica-home.ts';
import type { ReplicaReceiver } from './replica-receiver.ts';

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

const PAGE = 256;

export class TakeOver {
  readonly #init: TakeOverInit;
  /** Instances of other nodes that run here since this node started. */
  running = 0;
  /** In this node's store, or on their way there, and about to run. */
  readonly #coming = new Set<string>();
  readonly #underWay = new Map<string, Promise<TakeOverReport>>();

  constructor(init: TakeOverInit) {
    this.#init = init;
  }

  /** True for an instance that will run here in a moment. */
  isComing(id: string): boolean {
    return this.#coming.has(id);
  }

  /** Goes on with take-overs that a crash of this node interrupted. */
  async open(): Promise<void> {
    for (const { node, label } of await this.#init.receiver.labels())
      if (label.takenOver && !label.takenOver.isWhole) await this.run(node);
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
    let [running, ended] = [0, 0];
    const leftOut: string[] = [];
    // Those that run first: somebody waits for them.
    for await (const page of home.store.unfinished()) {
      for (const { id } of page) this.#coming.add(id);
      try {
        const kept = await Promise.all(page.map((instance) => this.#keep(home, instance)));
        // Before one of them can end: a copy that is still there would be taken for one that did not run.
        await this.#purge(home, page, leftOut);
        for (const instance of kept) {
          if (!instance) continue;
          running++;
          this.running++;
          await this.#init.restore(instance);
        }
      } finally {
        for (const { id } of page) this.#coming.delete(id);
      }
    }
    for (let after = ''; ;) {
      const looks = await home.store.page(after, PAGE);
      const page = (await Promise.all(looks.map(({ id }) => home.store.load(id)))).filter(
        (instance) => instance !== undefined,
      );
      const kept = await Promise.all(page.map((instance) => this.#keep(home, instance)));
      ended += kept.filter((instance) => instance !== undefined).length;
      await this.#purge(home, page, leftOut);
      if (looks.length < PAGE) break;
      after = looks.at(-1)!.id;
    }
    await receiver.sealedIsWhole(node, leftOut);
    await Promise.all(leftOut.map((id) => home.store.purge(id)));
    // No copy needs it any more.
    await home.store.dropUnusedCode(new Set());
    return { node, running, ended };
  }

  /** Damaged copies stay until it is durable that they were left out. */
  async #purge(home: ReplicaHome, page: readonly StoredInstance[], leftOut: string[]): Promise<void> {
    const sound = page.filter(({ damaged }) => damaged === undefined);
    for (const { id, damaged } of page) {
      if (damaged === undefined || leftOut.includes(id)) continue;
      leftOut.push(id);
      this.#init.reportError(new Error(`The copy of instance ${id} is damaged: ${damaged}`));
    }
    await Promise.all(sound.map(({ id }) => home.store.purge(id)));
  }

  async #keep(home: ReplicaHome, instance: StoredInstance): Promise<StoredInstance | undefined> {
    const { store } = this.#init;
    if (instance.damaged !== undefined) return undefined;
    // It may have been taken over before a crash, and be further by now.
    if (await store.load(instance.id)) return undefined;
    const bundle = await home.store.loadCode(instance.codeHash);
    if (bundle) await store.saveCode(instance.codeHash, bundle);
    for (const record of recordsOf(instance)) await keepCopy(store, record);
    return instance;
  }
}
