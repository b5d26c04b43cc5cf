/** Several instances of one script in one realm. */
import { compileSource } from '../../src/compiler/index.ts';
import type { Host, Outcome } from '../../src/runtime/host.ts';
import { Instance } from '../../src/runtime/instance.ts';
import { importModules, loadRealm, type Realm } from '../../src/runtime/realm.ts';

/** Instances of one script that share a realm, as instances of a script without module-level variables do. */
export class SharedRealm {
  readonly log: unknown[] = [];
  readonly saved: { id: string; sequence: number }[] = [];
  readonly #realm: Realm;

  private constructor(realm: (self: SharedRealm) => Realm) {
    this.#realm = realm(this);
  }

  static async load(source: string, globals: Record<string, unknown> = {}): Promise<SharedRealm> {
    const bundle = compileSource(source, '/scripts/shared.ts', { globals: ['log', ...Object.keys(globals)] });
    const modules = await importModules(bundle, import.meta.url);
    return new SharedRealm((self) =>
      loadRealm(bundle, modules, { log: (...values: unknown[]) => self.log.push(...values), ...globals }),
    );
  }

  start(id: string, input: unknown = id): { instance: Instance; outcome: Promise<Outcome> } {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const host: Host = {
      now: () => 0,
      arm: () => undefined,
      disarm: () => undefined,
      save: (_instance, sequence) => {
        this.saved.push({ id, sequence });
        return Promise.resolve();
      },
      ended: (_instance, outcome) => resolve(outcome),
    };
    const instance = new Instance({ id, script: 'shared', realm: this.#realm, host, createdAt: 0 });
    instance.start(input);
    return { instance, outcome: promise };
  }
}

export const message = (outcome: Outcome): string =>
  outcome.status === 'failed' ? (outcome.error as Error).message : `completed ${String(outcome.value)}`;
