/**
 * A node's right to run its instances. Owns: the lease of one name and its renewal. Invariants:
 *
 * 1. `isValid` is true only while the engine cannot have given the lease to anybody else: until `ttlMs` less the margin after
 *    the last renewal *was asked for*, by this machine's monotonic clock. Whoever takes over waits for the engine's clock to reach `ttlMs`
 *    after that renewal *arrived*; so the two never overlap as long as clocks differ by less than the margin within one `ttlMs`.
 * 2. `lost` is called once, at that moment at the latest, or when the engine says that somebody else has it.
 */
import type { LeaseRecord, LeaseStore } from '../../transport/lease-store.ts';
import type { NodeEnvironment } from '../environment.ts';

export interface NodeLeaseInit {
  readonly leases: LeaseStore;
  /** Whose instances it is about. */
  readonly name: string;
  readonly holder: string;
  /** How far clocks may differ within one `ttlMs`, ms. */
  readonly marginMs: number;
  readonly environment: Pick<NodeEnvironment, 'monotonic' | 'now' | 'setTimer' | 'clearTimer'>;
  readonly lost: (reason: string) => void;
  readonly reportError: (error: unknown) => void;
}

/** Renewals within one life of a lease. */
const RENEWALS = 4;

export class NodeLease {
  readonly #init: NodeLeaseInit;
  #record: LeaseRecord | undefined;
  #validUntil = Number.NEGATIVE_INFINITY;
  /** The monotonic clock may stand still while a virtual machine is suspended; the wall clock does not. */
  #validUntilByWall = Number.NEGATIVE_INFINITY;
  #renewal: unknown;
  #end: unknown;
  #isOver = false;

  constructor(init: NodeLeaseInit) {
    this.#init = init;
  }

  /** Grows from holder to holder; undefined while it is not held. */
  get token(): number | undefined {
    return this.isValid() ? this.#record?.token : undefined;
  }

  isValid(): boolean {
    const { monotonic, now } = this.#init.environment;
    return !this.#isOver && monotonic() < this.#validUntil && now() < this.#validUntilByWall;
  }

  /** How long it is still valid unless it is renewed, ms; 0 when it is not held. */
  get leftMs(): number {
    return this.isValid() ? this.#validUntil - this.#init.environment.monotonic() : 0;
  }

  /** Takes the lease if it is free, or this holder's own from an earlier life. False if somebody else has it. */
  async tryAcquire(): Promise<boolean> {
    const { leases, name, holder, environment } = this.#init;
    const asked = environment.monotonic();
    let record = await leases.acquire(name, holder);
    if (!record) {
      const held = await leases.read(name);
      if (held?.holder === holder) record = await leases.renew(name, held);
    }
    if (!record || this.#isOver) return false;
    this.#extend(record, asked);
    return true;
  }

  /** Gives it back: somebody else may have it at once. */
  async close(): Promise<void> {
    const record = this.#record;
    this.#finish();
    if (record) await this.#init.leases.release(this.#init.name, record);
  }

  #extend(record: LeaseRecord, asked: number): void {
    const { leases, marginMs, environment } = this.#init;
    this.#record = record;
    this.#validUntil = asked + leases.ttlMs - marginMs;
    this.#validUntilByWall = environment.now() + this.#validUntil - environment.monotonic();
    environment.clearTimer(this.#end);
    environment.clearTimer(this.#renewal);
    this.#end = environment.setTimer(
      () => this.#lose('it could not be renewed in time'),
      this.#validUntil - environment.monotonic(),
    );
    this.#schedule();
  }

  #schedule(): void {
    const { leases, environment, reportError } = this.#init;
    this.#renewal = environment.setTimer(() => {
      this.#renew().catch(reportError);
    }, leases.ttlMs / RENEWALS);
  }

  async #renew(): Promise<void> {
    const { leases, name, environment, reportError } = this.#init;
    const record = this.#record;
    if (this.#isOver || !record) return;
    const asked = environment.monotonic();
    let renewed: LeaseRecord | undefined;
    try {
      renewed = await leases.renew(name, record);
    } catch (error) {
      // The engine cannot be reached: there is time for another attempt, until there is none.
      if (this.#isOver) return;
      reportError(error);
      this.#schedule();
      return;
    }
    if (this.#isOver) return;
    if (renewed) this.#extend(renewed, asked);
    else await this.#lookAgain();
  }

  /**
   * A renewal whose answer was lost has changed the revision: then it is still this holder's. When that renewal arrived is not
   * known, so that only another one, asked for now, makes the lease valid for longer.
   */
  async #lookAgain(): Promise<void> {
    const { leases, name, holder } = this.#init;
    const held = await leases.read(name);
    if (this.#isOver) return;
    if (held?.holder !== holder || held.token !== this.#record?.token) {
      this.#lose(held ? `${held.holder} has it` : 'it ran out');
      return;
    }
    this.#record = held;
    await this.#renew();
  }

  #lose(reason: string): void {
    if (this.#isOver) return;
    this.#finish();
    this.#init.lost(reason);
  }

  #finish(): void {
    this.#isOver = true;
    this.#init.environment.clearTimer(this.#end);
    this.#init.environment.clearTimer(this.#renewal);
    this.#record = undefined;
  }
}
