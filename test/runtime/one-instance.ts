/** One instance of a script given as text, with a host in memory that the test steers. */
import type { Bundle } from '../../src/bundle.ts';
import { compileSource } from '../../src/compiler/index.ts';
import type { Host, OperationRequest, Outcome } from '../../src/runtime/host.ts';
import { Instance } from '../../src/runtime/instance.ts';
import { importModules, loadRealm } from '../../src/runtime/realm.ts';

export interface Armed {
  readonly number: number;
  readonly request: OperationRequest;
  readonly repeat: boolean;
}

export interface Saved {
  readonly sequence: number;
  readonly snapshot: Uint8Array;
}

export const SCRIPT = '/scripts/script.ts';

/**
 * Owns what an instance asked of its host. Invariants:
 * 1. `saved` are the snapshots that are durable, in the order in which they were handed over.
 * 2. `armed` are the operations begun and not disarmed, also those that are settled.
 */
export class OneInstance {
  readonly armed: Armed[] = [];
  readonly disarmed: number[] = [];
  readonly saved: Saved[] = [];
  readonly log: unknown[] = [];
  readonly outcome: Promise<Outcome>;
  readonly instance: Instance;
  time = 1000;
  /** What a save does; it may reject. Default: durable at once. */
  static readonly durableAtOnce = (): Promise<void> => Promise.resolve();

  private constructor(
    instance: (test: OneInstance, host: Host) => Instance,
    save: () => Promise<void>,
    keep = Infinity,
  ) {
    const ended = Promise.withResolvers<Outcome>();
    this.outcome = ended.promise;
    const host: Host = {
      now: () => this.time,
      arm: (_instance, number, request, repeat) => void this.armed.push({ number, request, repeat }),
      disarm: (_instance, number) => void this.disarmed.push(number),
      save: async (_instance, sequence, snapshot) => {
        await save();
        if (this.saved.length >= keep) this.saved.shift();
        this.saved.push({ sequence, snapshot });
      },
      ended: (_instance, outcome) => ended.resolve(outcome),
    };
    this.instance = instance(this, host);
  }

  /** Compiles and starts. `globals` are visible to the script, and `log(...)`. */
  static async start(
    source: string,
    options: {
      globals?: Record<string, unknown>;
      save?: () => Promise<void>;
      input?: unknown;
      /** How many snapshots to keep, the newest. */
      keep?: number;
    } = {},
  ): Promise<OneInstance> {
    const { globals = {}, save = OneInstance.durableAtOnce, input, keep } = options;
    const bundle = compileSource(source, SCRIPT, { globals: ['log', ...Object.keys(globals)] });
    const modules = await importModules(bundle, import.meta.url);
    const test = new OneInstance(
      (self, host) => {
        const realm = loadRealm(bundle, modules, { log: self.#write, ...globals });
        return new Instance({ id: 'one', script: 'script', realm, host, createdAt: 0 });
      },
      save,
      keep,
    );
    test.#loaded = { bundle, modules, globals };
    test.instance.start(input);
    return test;
  }

  /** The instance as `snapshot` has it, in fresh code; resumed unless `resume` is false. */
  restore(
    snapshot: Uint8Array = this.saved.at(-1)!.snapshot,
    options: { resume?: boolean; downSince?: number; attempt?: undefined } = {},
  ): OneInstance {
    const { bundle, modules, globals } = this.#loaded!;
    const test = new OneInstance((self, host) => {
      const realm = loadRealm(bundle, modules, { log: self.#write, ...globals });
      const { downSince } = options;
      const given = 'attempt' in options ? {} : { attempt: 2 };
      const init = { id: 'one', script: 'script', realm, host, createdAt: 0, ...given };
      return Instance.restore(snapshot, downSince === undefined ? init : { ...init, downSince });
    }, OneInstance.durableAtOnce);
    test.#loaded = this.#loaded;
    if (options.resume !== false) test.instance.resume();
    return test;
  }

  /** The host reports the end of an operation. */
  settle(number: number, value?: unknown): void {
    this.instance.settle(number, { ok: true, value });
  }

  async result(): Promise<unknown> {
    const outcome = await this.outcome;
    if (outcome.status === 'failed') throw outcome.error;
    return outcome.value;
  }

  #loaded: { bundle: Bundle; modules: Map<string, object>; globals: Record<string, unknown> } | undefined;

  readonly #write = (...values: unknown[]): void => void this.log.push(...values);
}

/** Everything that is due in this turn of the event loop has happened. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
