/** Runs one module, given as text, as an instance; on demand it is captured and restored at every suspension point. */
import { randomUUID } from 'node:crypto';
import { compileSource } from '../compiler/index.ts';
import type { Outcome } from '../runtime/host.ts';
import { Instance, type InstanceInit } from '../runtime/instance.ts';
import { importModules, loadRealm, type Realm } from '../runtime/realm.ts';
import { CapturingDriver } from './capturing-driver.ts';
import { TimerHost } from './timer-host.ts';

export type Capture = 'never' | 'every-suspension';

export interface RunSourceOptions {
  /** Name of the module for messages; relative imports resolve against it. Default `script.ts` in the working directory. */
  readonly filename?: string;
  /**
   * `every-suspension`: whenever a job of the instance is over, the instance is encoded, dropped, and restored in freshly
   * evaluated code. Only while a native promise is awaited, which no snapshot can hold, it stays.
   */
  readonly capture?: Capture;
  /** Visible to the module as global names; by reference, never captured. */
  readonly globals?: Readonly<Record<string, unknown>>;
  /** Given to the default export. */
  readonly input?: unknown;
}

/**
 * Compiles `source`, runs its default export as an instance without a server and gives its result or rejection.
 *
 * @throws CompileError if the module cannot be compiled.
 */
export async function runSource(source: string, options: RunSourceOptions = {}): Promise<unknown> {
  const { filename = 'script.ts', capture = 'never', globals = {}, input } = options;
  const bundle = compileSource(source, filename, { globals: Object.keys(globals) });
  const modules = await importModules(
    bundle,
    filename.startsWith('/') ? filename : `${process.cwd()}/${filename}`,
  );
  const freshRealm = (): Realm => loadRealm(bundle, modules, globals);
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const ended = (outcome: Outcome): void => {
    if (outcome.status === 'completed') resolve(outcome.value);
    else reject(outcome.error as Error);
  };
  const host = new TimerHost(() => Promise.resolve(), ended);
  const driver = new CapturingDriver(freshRealm, (restored) => (host.target = restored));
  const init: InstanceInit = {
    id: randomUUID(),
    script: bundle.name,
    realm: freshRealm(),
    host,
    createdAt: Date.now(),
    ...(capture === 'every-suspension' ? { drive: (instance) => driver.drive(instance, reject) } : {}),
  };
  const instance = new Instance(init);
  host.target = instance;
  driver.init = init;
  instance.start(input);
  return promise;
}
