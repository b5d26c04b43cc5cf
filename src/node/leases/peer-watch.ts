/**
 * Takes over a node whose lease has run out. Owns: the lease of that node while this one runs its instances. Invariants:
 *
 * 1. A take-over begins with a claim: the engine's record that the instances belong to this node, written only if nobody has
 *    written it since it was read, and read before the dead node's lease was taken, or while it was held. A claim that comes late, or
 *    from a process that was frozen, finds that the node has come back and claimed its instances meanwhile, and fails.
 * 2. The claim stands until that node has come back and given up what was taken over; then it gets its lease again. A take-over that
 *    failed or was interrupted after its claim is gone on with until it is whole: the node that comes back waits for that.
 * 3. A node that was never in step with this one, or that has not been seen for less than a lease's life, is left alone.
 * 4. A node that says that it is alone has acknowledged what the copies here lack: it is taken over only by somebody who accepts that
 *    this is given up. It says so in the record that a claim is written over: whichever comes first makes the other one fail.
 * 5. One step at a time: a look, a take-over by hand, the peer's return.
 */
import type { Alone, LeaseStore, Ownership } from '../../transport/lease-store.ts';
import type { NodeEnvironment } from '../environment.ts';
import { NodeError, NodeErrorCode } from '../node-error.ts';
import { NodeLease } from './node-lease.ts';

export interface PeerWatchInit<Report> {
  readonly leases: LeaseStore;
  readonly peer: string;
  readonly nodeId: string;
  /** Who this node is as a holder of leases. */
  readonly holder: string;
  readonly marginMs: number;
  readonly environment: NodeEnvironment;
  /** This node's own lease is valid. */
  readonly mayAct: () => boolean;
  /** This node holds copies that were in step with the peer once. */
  readonly hasCopies: () => Promise<boolean>;
  /** Goes on with the peer's instances; called again, with what is left. */
  readonly takeOver: () => Promise<Report>;
  readonly reportError: (error: unknown) => void;
}

export interface RefusedTakeOver {
  readonly node: string;
  /** What it has acknowledged since then is on its disk only, ms since the epoch, by its clock. */
  readonly aloneSince: number;
}

/** Looks within one life of a lease. */
const LOOKS = 4;
/** To write the entry although servers are behind; pauses within one life of a lease. */
const ATTEMPTS = 10;
const PAUSES = 50;

export class PeerWatch<Report> {
  readonly #init: PeerWatchInit<Report>;
  #timer: unknown;
  #lease: NodeLease | undefined;
  #isClosed = false;
  /** The take-over of the claim that stands has come to its end. */
  #isWhole = false;
  /** The lease has been missing since then, by the monotonic clock. */
  #missingSince: number | undefined;
  #lastStep: Promise<unknown> = Promise.resolve();
  #refused: RefusedTakeOver | undefined;

  constructor(init: PeerWatchInit<Report>) {
    this.#init = init;
  }

  open(): void {
    this.#schedule();
  }

  /** The peer is dead, and must be brought back, or given up by somebody. */
  get refused(): RefusedTakeOver | undefined {
    return this.#refused;
  }

  /**
   * An operator says that the peer is dead: nobody waits longer for its lease, but it must not hold it.
   * @throws NodeError WM7016 when the peer holds its lease, or came back meanwhile, or this node may not run anything itself; WM7018 when
   *   the peer has acknowledged what is not here, and that is not accepted
   */
  byHand(acceptRollback = false): Promise<Report> {
    return this.#inTurn(async () => {
      const { leases, peer, nodeId, mayAct } = this.#init;
      const owner = await leases.ownership(peer);
      if (!mayAct()) throw notDead(`${nodeId} does not hold its own lease`);
      const isFree = owner.takenOver === nodeId || this.#lease?.isValid() || (await this.#take());
      if (!isFree) throw notDead(`${peer} holds its lease`);
      if (owner.alone && !acceptRollback) {
        await this.#giveBack();
        throw wouldRollBack(peer, owner.alone.since);
      }
      const report = await this.#begin(owner);
      if (report === undefined) throw notDead(`${peer} has come back`);
      return report;
    });
  }

  /** The peer is back and has given up what was taken over: its instances and its lease are its own again. */
  peerIsBack(): Promise<void> {
    return this.#inTurn(async () => {
      const { leases, peer, nodeId, environment } = this.#init;
      this.#isWhole = false;
      this.#missingSince = undefined;
      for (let attempt = 1; ; attempt++) {
        const owner = await leases.ownership(peer);
        if (owner.takenOver !== nodeId) break;
        if ((await leases.claim(peer, { takenOver: undefined }, owner.revision)) !== undefined) break;
        // A server that is behind has answered: nobody else writes the entry while it says that they are this node's.
        if (attempt === ATTEMPTS)
          throw new Error(`the record whose the instances of ${peer} are has changed meanwhile`);
        await new Promise<void>((resolve) => void environment.setTimer(resolve, leases.ttlMs / PAUSES));
      }
      await this.#giveBack();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#init.environment.clearTimer(this.#timer);
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const next = this.#lastStep.then(step, step);
    this.#lastStep = next.catch(() => {});
    return next;
  }

  #schedule(): void {
    const { leases, environment, reportError } = this.#init;
    if (this.#isClosed) return;
    this.#timer = environment.setTimer(() => {
      this.#inTurn(() => this.#look())
        .catch(reportError)
        .finally(() => this.#schedule());
    }, leases.ttlMs / LOOKS);
  }

  async #look(): Promise<void> {
    const { leases, peer, nodeId, mayAct } = this.#init;
    const owner = await leases.ownership(peer);
    if (this.#isClosed || !mayAct()) return;
    if (owner.takenOver === nodeId) {
      if (!this.#isWhole) await this.#begin(owner);
    } else if (owner.takenOver === undefined && owner.alone) {
      await this.#giveBack();
      this.#refuse((await this.#isDead()) ? owner.alone : undefined);
    } else {
      this.#refuse(undefined);
      if (owner.takenOver !== undefined) return;
      if (this.#lease?.isValid() || ((await this.#isDead()) && (await this.#take())))
        await this.#begin(owner);
    }
  }

  /** Says so once. */
  #refuse(alone: Alone | undefined): void {
    const { peer, reportError } = this.#init;
    const before = this.#refused?.aloneSince;
    this.#refused = alone && { node: peer, aloneSince: alone.since };
    if (alone && alone.since !== before) reportError(wouldRollBack(peer, alone.since));
  }

  /** It has had its time, and its copies are here. */
  async #isDead(): Promise<boolean> {
    const { leases, peer, holder, environment, hasCopies } = this.#init;
    const held = await leases.read(peer);
    if (held && held.holder !== holder) {
      this.#missingSince = undefined;
      return false;
    }
    const now = environment.monotonic();
    this.#missingSince ??= now;
    // This node may have begun just now, after both were stopped: the other one gets its time to come back. Its own lease in this
    // node's hands is from an earlier life of this one, which did not come to the end of a take-over.
    if (!held && now < this.#missingSince + leases.ttlMs) return false;
    return hasCopies();
  }

  async #take(): Promise<boolean> {
    const lease = new NodeLease({
      ...this.#init,
      name: this.#init.peer,
      // The claim stands all the same: nobody else can run the instances, whoever has the lease then.
      lost: () => {
        if (this.#lease === lease) this.#lease = undefined;
      },
    });
    if (!(await lease.tryAcquire())) return false;
    this.#lease = lease;
    return true;
  }

  /** Undefined: somebody else has written since `owner` was read. */
  async #begin(owner: Ownership): Promise<Report | undefined> {
    const { leases, peer, nodeId, takeOver } = this.#init;
    this.#isWhole = false;
    if ((await leases.claim(peer, { takenOver: nodeId }, owner.revision)) === undefined) {
      this.#missingSince = undefined;
      await this.#giveBack();
      return undefined;
    }
    this.#refuse(undefined);
    const report = await takeOver();
    this.#isWhole = true;
    return report;
  }

  async #giveBack(): Promise<void> {
    const lease = this.#lease;
    this.#lease = undefined;
    await lease?.close();
  }
}

function notDead(why: string): NodeError {
  return new NodeError(NodeErrorCode.notDead, `The take-over was not begun: ${why}`, {
    fix: 'End the process of the node, wait until its lease has run out, and ask again.',
  });
}

function wouldRollBack(peer: string, since: number): NodeError {
  const at = new Date(since).toISOString();
  return new NodeError(
    NodeErrorCode.wouldRollBack,
    `${peer} is not taken over: it has been alone since ${at}, and what it has acknowledged since then is on its own disk only`,
    {
      fix: `Start ${peer} again: it goes on with everything. If its disk is lost: waymark nodes failover ${peer} --accept-rollback goes on from the copies of before.`,
    },
  );
}
