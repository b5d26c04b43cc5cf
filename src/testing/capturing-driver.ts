/** Runs an instance job by job; after each job it goes through its snapshot. */
import { Instance, type InstanceInit } from '../runtime/instance.ts';
import type { Realm } from '../runtime/realm.ts';
import { RuntimeError } from '../runtime/runtime-error.ts';

export class CapturingDriver {
  init: InstanceInit | undefined;
  readonly #freshRealm: () => Realm;
  /** Told of every instance that takes the place of another. */
  readonly #replaced: (instance: Instance) => void;
  #running = false;

  constructor(freshRealm: () => Realm, replaced: (instance: Instance) => void) {
    this.#freshRealm = freshRealm;
    this.#replaced = replaced;
  }

  drive(first: Instance, fail: (error: unknown) => void): void {
    if (this.#running) return;
    this.#running = true;
    try {
      let instance = this.#pass(first);
      while (instance.runJob()) instance = this.#pass(instance);
    } catch (error) {
      fail(error);
    } finally {
      this.#running = false;
    }
  }

  /** The instance after encoding, dropping and restoring it. */
  #pass(instance: Instance): Instance {
    if (instance.isOver) return instance;
    let snapshot: Uint8Array;
    try {
      snapshot = instance.capture();
    } catch (error) {
      // A wait for something native, which has to be over first.
      if (error instanceof RuntimeError) return instance;
      throw error;
    }
    const restored = Instance.restore(snapshot, {
      ...this.init!,
      realm: this.#freshRealm(),
      attempt: instance.attempt,
      recovered: instance.recovered,
    });
    instance.handOver(restored);
    this.#replaced(restored);
    return restored;
  }
}
