/** Leases for the nodes of one process: tests and simulations. Owns: who holds what, by the clock that it is given. */
import type { LeaseRecord, LeaseStore, Owner, Ownership } from '../lease-store.ts';

interface Held extends LeaseRecord {
  readonly renewedAt: number;
}

const UNCLAIMED: Ownership = { takenOver: undefined, revision: 0 };

export class InProcessLeases implements LeaseStore {
  readonly ttlMs: number;
  readonly #now: () => number;
  readonly #held = new Map<string, Held>();
  readonly #owners = new Map<string, Ownership>();
  #revision = 0;

  /** `now`: the engine's clock, ms. */
  constructor(ttlMs: number, now: () => number) {
    this.ttlMs = ttlMs;
    this.#now = now;
  }

  async acquire(name: string, holder: string): Promise<LeaseRecord | undefined> {
    if (this.#valid(name)) return undefined;
    const revision = ++this.#revision;
    return this.#keep(name, { holder, token: revision, revision });
  }

  async renew(name: string, record: LeaseRecord): Promise<LeaseRecord | undefined> {
    if (this.#valid(name)?.revision !== record.revision) return undefined;
    return this.#keep(name, { ...record, revision: ++this.#revision });
  }

  async read(name: string): Promise<LeaseRecord | undefined> {
    const held = this.#valid(name);
    return held && { holder: held.holder, token: held.token, revision: held.revision };
  }

  async release(name: string, record: LeaseRecord): Promise<void> {
    if (this.#valid(name)?.revision === record.revision) this.#held.delete(name);
  }

  async ownership(name: string): Promise<Ownership> {
    return this.#owners.get(name) ?? UNCLAIMED;
  }

  async claim(name: string, { takenOver, alone }: Owner, revision: number): Promise<number | undefined> {
    if ((this.#owners.get(name) ?? UNCLAIMED).revision !== revision) return undefined;
    this.#owners.set(name, { takenOver, alone, revision: ++this.#revision });
    return this.#revision;
  }

  #keep(name: string, record: LeaseRecord): LeaseRecord {
    this.#held.set(name, { ...record, renewedAt: this.#now() });
    return record;
  }

  #valid(name: string): Held | undefined {
    const held = this.#held.get(name);
    return held && this.#now() < held.renewedAt + this.ttlMs ? held : undefined;
  }
}
