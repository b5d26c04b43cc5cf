/**
 * Takes over a node whose lease has run out. Owns: the lease of that node while this one runs its instances. Invariants:
 *
 * 1. A take-over begins only with the dead node's lease in hand, and only while this node's own is valid.
 * 2. The lease is kept until that node has come back and given up what was taken over; then it gets it again.
 * 3. A node that was never in step with this one, or that has not been seen for less than a lease's life, is left alone.
 */
import type { LeaseStore } from '../../transport/lease-store.ts';
import type { NodeEnvironment } from '../environment.ts';
import { NodeLease } from './node-lease.ts';

export interface PeerWatchInit {
  readonly leases: LeaseStore;
  readonly peer: string;
  readonly nodeId: string;
  readonly marginMs: number;
  readonly environment: NodeEnvironment;
  /** True when this node may act: its own lease is valid, and it holds copies of the peer. */
  readonly mayTakeOver: () => Promise<boolean>;
  readonly takeOver: () => Promise<unknown>;
  readonly reportError: (error: unknown) => void;
}

/** Looks within one life of a lease. */
const LOOKS = 4;

export class PeerWatch {
  readonly #init: PeerWatchInit;
  #timer: unknown;
  #lease: NodeLease | undefined;
  #isClosed = false;
  /** The lease has been missing since then, by the monotonic clock. */
  #missingSince: number | undefined;

  constructor(init: PeerWatchInit) {
    this.#init = init;
  }

  open(): void {
    this.#schedule();
  }

  /** The peer is back and has given up what was taken over: its lease is its own again. */
  async peerIsBack(): Promise<void> {
    const lease = this.#lease;
    this.#lease = undefined;
    this.#missingSince = undefined;
    await this.#init.leases.setTakenOver(this.#init.peer, undefined);
    await lease?.close();
  }

  close(): void {
    this.#isClosed = true;
    this.#init.environment.clearTimer(this.#timer);
  }

  #schedule(): void {
    const { leases, environment, reportError } = this.#init;
    if (this.#isClosed) return;
    this.#timer = environment.setTimer(() => {
      this.#look()
        .catch(reportError)
        .finally(() => this.#schedule());
    }, leases.ttlMs / LOOKS);
  }

  async #look(): Promise<void> {
    const { leases, peer, nodeId, environment, mayTakeOver, takeOver } = this.#init;
    if (this.#lease) return;
    const held = await leases.read(peer);
    if (held && held.holder !== nodeId) {
      this.#missingSince = undefined;
      return;
    }
    const now = environment.monotonic();
    this.#missingSince ??= now;
    // This node may have begun just now, after both were stopped: the other one gets its time to come back. Its own lease in this
    // node's hands is from an earlier life of this one, which did not come to the end of a take-over.
    if (!held && now < this.#missingSince + leases.ttlMs) return;
    if (!(await mayTakeOver())) return;
    const lease = new NodeLease({
      ...this.#init,
      name: peer,
      holder: nodeId,
      // The copies are sealed: nobody else can run them, whoever has the lease then.
      lost: () => {
        this.#lease = undefined;
      },
    });
    if (!(await lease.tryAcquire())) return;
    this.#lease = lease;
    await leases.setTakenOver(peer, nodeId);
    await takeOver();
  }
}
