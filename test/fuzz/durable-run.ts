/**
 * Runs generated programs as instances, in virtual time: as they are, captured after every job, or crashed now and then.
 *
 * Owns: two realms of a bundle, between which an instance moves, and the instance that runs now. Invariants:
 * 1. A restored instance is never in the realm from which it was captured, so nothing can be found there by accident.
 * 2. One program runs at a time.
 */
import type { Bundle } from '../../src/bundle.ts';
import type { Host, OperationRequest, Outcome } from '../../src/runtime/host.ts';
import { Instance, type InstanceInit } from '../../src/runtime/instance.ts';
import { forgetCode, importModules, loadRealm, type Realm } from '../../src/runtime/realm.ts';
import { begin, burn, describe, note, notesSoFar } from './journal.ts';
import { Random } from './random.ts';
import { VirtualTime } from './virtual-time.ts';

/**
 * A snapshot must never be refused: generated programs await nothing native.
 * `compiled`: nothing is captured. `captured`: after every job the instance is encoded, dropped and restored.
 * `crashed`: after every third job on average it is restored as after a crash, its operations begun again.
 */
export type Mode = 'compiled' | 'captured' | 'crashed';

export const GLOBALS = ['note', 'burn'] as const;

/** A bundle of several programs; its default export runs the one of the number that it is given. */
export class DurableRunner {
  /** Captures and restores so far. */
  captures = 0;
  readonly #bundle: Bundle;
  readonly #modules: ReadonlyMap<string, object>;
  readonly #realms: Realm[] = [];

  constructor(bundle: Bundle, modules: ReadonlyMap<string, object>) {
    this.#bundle = bundle;
    this.#modules = modules;
  }

  static async load(bundle: Bundle): Promise<DurableRunner> {
    return new DurableRunner(bundle, await importModules(bundle, import.meta.url));
  }

  /** Everything that the program noted, and how it ended. */
  async run(index: number, mode: Mode, seed: number): Promise<string> {
    // Variables of modules belong to one instance: it gets realms of its own.
    if (this.#bundle.state.length > 0) this.#realms.length = 0;
    // Loading notes what module-level code does.
    begin();
    this.realm(0);
    if (mode !== 'compiled') this.realm(1);
    begin();
    const run = new Run(this, mode, new Random(seed));
    const outcome = await run.toTheEnd(index);
    return `${notesSoFar()}\n${outcome}`;
  }

  /** The realm of the capture with this number. */
  realm(number: number): Realm {
    const index = number % 2;
    return (this.#realms[index] ??= loadRealm(this.#bundle, this.#modules, { note, burn }));
  }

  release(): void {
    forgetCode(this.#bundle.hash);
  }
}

const processTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class Run implements Host {
  readonly #runner: DurableRunner;
  readonly #mode: Mode;
  readonly #random: Random;
  #time = new VirtualTime();
  #saving = 0;
  #saves = -1;
  #moves = 0;
  #instance: Instance;
  #outcome: string | undefined;
  #isDriving = false;

  constructor(runner: DurableRunner, mode: Mode, random: Random) {
    this.#runner = runner;
    this.#mode = mode;
    this.#random = random;
    this.#instance = new Instance(this.#init());
  }

  #init(): InstanceInit {
    return {
      id: 'fuzz',
      script: 'entry',
      realm: this.#runner.realm(this.#moves),
      host: this,
      createdAt: 0,
      attempt: 1,
      recovered: false,
      ...(this.#mode === 'compiled' ? {} : { drive: (instance: Instance) => this.#drive(instance) }),
    };
  }

  async toTheEnd(index: number): Promise<string> {
    try {
      this.#instance.start(index);
      do {
        // An instance that has been woken goes on in a job of the process, and looks at rejections that nobody handled in another.
        if (this.#instance.unhandledPromises().length > 0) await processTurn();
        while (this.#outcome === undefined && this.#instance.jobs.size > 0) await processTurn();
      } while (this.#outcome === undefined && this.#time.advance());
      return this.#outcome ?? 'waits for ever';
    } catch (error) {
      return `failed: ${error instanceof Error ? `${String((error as { code?: string }).code)} ${error.message}` : String(error)}`;
    } finally {
      this.#instance.stop();
    }
  }

  #drive(instance: Instance): void {
    if (this.#isDriving) return;
    this.#isDriving = true;
    try {
      let current = this.#move(instance);
      while (current.runJob()) current = this.#move(current);
    } finally {
      this.#isDriving = false;
    }
  }

  #move(instance: Instance): Instance {
    if (instance.isOver) return instance;
    if (this.#mode === 'crashed' && (this.#isSaving(instance) || !this.#random.chance(33))) return instance;
    const snapshot = instance.capture();
    this.#runner.captures++;
    this.#moves++;
    const restored = Instance.restore(snapshot, this.#init());
    this.#instance = restored;
    if (this.#mode === 'crashed') {
      const { now } = this.#time;
      instance.stop();
      this.#time = new VirtualTime();
      this.#time.now = now;
      restored.resume();
    } else instance.handOver(restored);
    return restored;
  }

  /** A crash now would lead to `recover` at once, where `commit` natively waits until nothing else is left to do. */
  #isSaving(instance: Instance): boolean {
    return this.#saving > 0 || instance.checkpoints.isRequested;
  }

  now(): number {
    return this.#time.now;
  }

  arm(_instance: Instance, number: number, request: OperationRequest): void {
    if (request.kind !== 'sleep') throw new Error(`generated programs do not ${request.kind}`);
    this.#time.at(
      Math.max(request.until, this.#time.now),
      () => this.#instance.settle(number, { ok: true, value: undefined }),
      number,
    );
  }

  disarm(_instance: Instance, number: number): void {
    this.#time.cancel(number);
  }

  save(): Promise<void> {
    this.#saving++;
    // Below zero: the numbers of operations are above.
    const id = this.#saves--;
    // Settles within the clock's event, so that no native job is involved.
    const saved = (resolve: () => void): void => {
      const durable = (): void => {
        this.#saving--;
        resolve();
      };
      this.#time.at(-1, durable, id);
    };
    // oxlint-disable-next-line unicorn/no-thenable
    return { then: saved } as unknown as Promise<void>;
  }

  ended(_instance: Instance, outcome: Outcome): void {
    this.#outcome =
      outcome.status === 'completed'
        ? `returned ${describe(outcome.value)}`
        : `threw ${describe(outcome.error)}`;
  }
}
