/**
 * A node reduced to what the lessons need: it runs the instances of scripts given as text on a real store, can be
 * "killed" (nothing more runs, what was not durable is gone) and started again on the same store. It logs what it does.
 */
import { compileSource } from '../../src/compiler/index.ts';
import type { Bundle } from '../../src/bundle.ts';
import { decodeBundle, encodeBundle } from '../../src/stored-bundle.ts';
import type { Host, Outcome } from '../../src/runtime/host.ts';
import { Instance } from '../../src/runtime/instance.ts';
import { importModules, loadRealm, type Realm } from '../../src/runtime/realm.ts';
import type { CheckpointStore } from '../../src/store/checkpoint-store.ts';

export interface RunningInstance {
  readonly instance: Instance;
  readonly outcome: Promise<Outcome>;
}

export class OneNode {
  readonly store: CheckpointStore;
  readonly log: string[];
  /** Names that scripts see. */
  readonly globals: Record<string, unknown>;
  /** Called before a checkpoint is given to the store; may throw. */
  beforeSave: (sequence: number, snapshot: Uint8Array) => void = () => undefined;
  readonly #running = new Set<Instance>();
  #nextId = 1;

  constructor(store: CheckpointStore, log: string[], globals: Record<string, unknown> = {}) {
    this.store = store;
    this.log = log;
    this.globals = { log: (text: string) => void log.push(text), ...globals };
  }

  async load(bundle: Bundle): Promise<Realm> {
    await this.store.saveCode(bundle.hash, encodeBundle(bundle));
    return loadRealm(bundle, await importModules(bundle, import.meta.url), this.globals);
  }

  compile(source: string, filename = 'script.ts'): Bundle {
    return compileSource(source, filename, { globals: Object.keys(this.globals) });
  }

  /** Runs a script from its start. */
  async start(source: string, input?: unknown): Promise<RunningInstance> {
    const realm = await this.load(this.compile(source));
    const { host, outcome } = this.#host();
    const instance = new Instance({
      id: `instance-${this.#nextId++}`,
      script: 'script',
      realm,
      host,
      createdAt: Date.now(),
    });
    this.#running.add(instance);
    instance.start(input);
    return { instance, outcome };
  }

  /** Restores one instance from the store, on the code that its checkpoint names. */
  async restore(id: string): Promise<RunningInstance> {
    const stored = await this.store.load(id);
    if (stored?.snapshot === undefined) throw new Error(`${id} has no checkpoint`);
    const code = await this.store.loadCode(stored.codeHash);
    const realm = await this.load(decodeBundle(code!));
    return this.restoreFrom(stored.snapshot, realm, id);
  }

  restoreFrom(snapshot: Uint8Array, realm: Realm, id = 'instance-1'): RunningInstance {
    const { host, outcome } = this.#host();
    const instance = Instance.restore(snapshot, {
      id,
      script: 'script',
      realm,
      host,
      createdAt: Date.now(),
      attempt: 2,
    });
    this.#running.add(instance);
    instance.resume();
    return { instance, outcome };
  }

  /** As kill -9. */
  kill(): void {
    for (const instance of this.#running) instance.stop();
    this.#running.clear();
  }

  #host(): { host: Host; outcome: Promise<Outcome> } {
    const ended = Promise.withResolvers<Outcome>();
    const host: Host = {
      now: () => Date.now(),
      arm: (instance, operation, request) => {
        this.log.push(`${request.kind} ${instance.id}:${operation}`);
        setImmediate(() => instance.settle(operation, { ok: true, value: undefined }));
      },
      disarm: () => undefined,
      save: async (instance, sequence, snapshot) => {
        this.beforeSave(sequence, snapshot);
        const now = Date.now();
        await this.store.save({
          id: instance.id,
          script: instance.script,
          requestId: undefined,
          sequence,
          snapshot,
          codeHash: instance.realm.bundle.hash,
          createdAt: now,
          at: now,
        });
        this.log.push(`durable ${sequence}`);
      },
      ended: (instance, outcome) => {
        const now = Date.now();
        const write = {
          id: instance.id,
          script: instance.script,
          requestId: undefined,
          sequence: instance.sequence,
          codeHash: instance.realm.bundle.hash,
          createdAt: now,
          at: now,
          outcome: new Uint8Array([1]),
        };
        this.#running.delete(instance);
        const stored = outcome.status === 'completed' ? this.store.complete(write) : this.store.fail(write);
        stored.then(() => ended.resolve(outcome), ended.reject);
      },
    };
    return { host, outcome: ended.promise };
  }
}
