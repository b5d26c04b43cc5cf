/**
 * A node's part in replication: it sends its checkpoints to its peer and keeps those of others. Owns the order in which both
 * begin and end. Invariants:
 *
 * 1. Copies of others are taken before the node greets its own peer, so that a pair that starts together finds each other.
 * 2. What the peer has and this disk does not know is in the store before it is restored.
 */
import type { CheckpointStore, StoredInstance } from '../../store/checkpoint-store.ts';
import type { Transport } from '../../transport/transport.ts';
import type { NodeEnvironment } from '../environment.ts';
import type { LeaseStore } from '../../transport/lease-store.ts';
import { AloneMark } from '../leases/alone-mark.ts';
import { fencedTransport } from '../leases/fence.ts';
import { NodeLease } from '../leases/node-lease.ts';
import { PeerWatch, type RefusedTakeOver } from '../leases/peer-watch.ts';
import { catchUp } from './catch-up.ts';
import { giveUpTaken } from './coming-back.ts';
import { fetchCopies, keepCopy } from './fetch-copies.ts';
import type { ReplicaHomes } from './replica-home.ts';
import { ReplicaReceiver } from './replica-receiver.ts';
import { ReplicaSender } from './replica-sender.ts';
import { ReplicatedStore, type ReplicationPolicy } from './replicated-store.ts';
import { TakeOver, type TakeOverReport } from './take-over.ts';
import type { ReplicationStatus } from './replication-session.ts';

export interface ReplicationOptions {
  /** Id of the node that holds this one's copies. Left out: only others' copies are kept. */
  readonly peer?: string | undefined;
  /** `sync`: a checkpoint waits for the peer; `async`: it does not; `none`: nothing is sent. Default `sync`. */
  readonly policy?: ReplicationPolicy | undefined;
  /** With leases a node runs only while it has its own, and takes over a peer whose lease ran out. Left out: take-over by hand. */
  readonly leases?: LeaseStore | undefined;
  /** How far clocks may differ within a lease's life, ms. Default: a fifth of it. */
  readonly leaseMarginMs?: number | undefined;
  /** Which store this node has: another one after its disk was lost. */
  readonly storeId: string;
  /** Where this node keeps the copies of others. */
  readonly homes: ReplicaHomes;
  /** The peer counts as down when it takes longer than this to acknowledge, ms. Default 1 s. */
  readonly limitMs?: number | undefined;
  /** How long the start waits for a first contact, ms; a new disk should wait, its instances may be there. Default: one attempt. */
  readonly firstContactMs?: number | undefined;
  /** Most bytes that wait for the peer. Default 64 MiB. */
  readonly maxWaitingBytes?: number | undefined;
  /** Largest message, bytes. Default 512 KiB. */
  readonly maxMessageBytes?: number | undefined;
}

export interface ReplicationInit {
  readonly options: ReplicationOptions;
  readonly nodeId: string;
  readonly prefix: string;
  readonly store: CheckpointStore;
  readonly transport: Transport;
  readonly environment: NodeEnvironment;
  /** An instance that came back from the peer; it is in the store. */
  readonly tookBack: (instance: StoredInstance) => void;
  /** Lets an instance go on that was taken over; it is in the store. */
  readonly restore: (instance: StoredInstance) => Promise<unknown>;
  readonly changed: (status: ReplicationStatus) => void;
  /** This node may no longer run its instances. */
  readonly leaseLost: (reason: string) => void;
  readonly wrote: (localMs: number, peerMs: number) => void;
  readonly reportError: (error: unknown) => void;
  /** Hashes of code that was saved before and may be named by the next checkpoint. */
  readonly codeInUse?: (() => readonly string[]) | undefined;
  /** Hashes of code that the next checkpoints may name, saved or not. */
  readonly wantedCode: () => readonly string[];
}

const MIB = 1024 * 1024;
const CONTACT_PAUSE_MS = 20;
const COME_BACK_PAUSE_MS = 200;
/** After so long without having been in step, the peer of a new disk is taken for lost with all that it had. */
const MISSING_LIMIT_MS = 300_000;

export class Replication {
  /** The node's store: what is written to it is written by the peer too. */
  readonly store: CheckpointStore;
  /** For everything that the node says: nothing leaves it when its lease is over. */
  readonly transport: Transport;
  readonly receiver: ReplicaReceiver;
  readonly #init: ReplicationInit;
  readonly takeOver: TakeOver;
  readonly #sender: ReplicaSender | undefined;
  readonly #lease: NodeLease | undefined;
  readonly #alone: AloneMark | undefined;
  readonly #watch: PeerWatch<TakeOverReport> | undefined;
  #isOpening = true;
  #isClosed = false;
  /** Until then, by the monotonic clock, this disk may lack instances that the peer has copies of. */
  #missingUntil = Number.NEGATIVE_INFINITY;
  readonly #closing = Promise.withResolvers<void>();

  constructor(init: ReplicationInit) {
    const { options, nodeId, prefix, store, transport, environment, reportError } = init;
    this.#init = init;
    this.#lease = options.leases && this.#makeLease(options.leases);
    const lease = this.#lease;
    this.#alone = lease && this.#makeAloneMark(lease, options.leases!);
    this.transport = lease ? fencedTransport(transport, () => lease.isValid()) : transport;
    const maxMessageBytes = options.maxMessageBytes ?? MIB / 2;
    this.receiver = new ReplicaReceiver({
      nodeId,
      prefix,
      transport,
      homes: options.homes,
      takeOver: (node, acceptRollback) => this.#takeOverByHand(node, acceptRollback),
      rejoined: (node) => (node === options.peer ? this.#watch?.peerIsBack() : undefined),
      maxMessageBytes,
      reportError,
    });
    const policy = options.policy ?? 'sync';
    if (options.peer === undefined || policy === 'none') this.store = store;
    else {
      this.#sender = this.#makeSender(options.peer, maxMessageBytes);
      if ((options.firstContactMs ?? 0) > 0) this.#missingUntil = environment.monotonic() + MISSING_LIMIT_MS;
      this.store = new ReplicatedStore(store, this.#sender, policy, environment.monotonic, init.wrote);
    }
    this.#watch =
      options.leases && options.peer !== undefined
        ? this.#makeWatch(options.leases, options.peer)
        : undefined;
    const { restore } = init;
    this.takeOver = new TakeOver({
      receiver: this.receiver,
      store: this.store,
      now: environment.now,
      restore,
      reportError,
    });
  }

  #marginOf({ ttlMs }: LeaseStore): number {
    return this.#init.options.leaseMarginMs ?? ttlMs / 5;
  }

  /** The same disk is the same holder: whoever has its folder open knows that no earlier process has. Another disk waits. */
  get #holder(): string {
    return `${this.#init.nodeId}/${this.#init.options.storeId}`;
  }

  #makeLease(leases: LeaseStore): NodeLease {
    const { nodeId, environment, reportError } = this.#init;
    return new NodeLease({
      leases,
      name: nodeId,
      holder: this.#holder,
      marginMs: this.#marginOf(leases),
      environment,
      lost: (reason) => this.#init.leaseLost(reason),
      reportError,
    });
  }

  #makeAloneMark(lease: NodeLease, leases: LeaseStore): AloneMark {
    const { nodeId, environment, reportError } = this.#init;
    return new AloneMark({
      leases,
      name: nodeId,
      token: () => lease.token,
      environment,
      lost: (reason) => this.#init.leaseLost(reason),
      reportError,
    });
  }

  #makeWatch(leases: LeaseStore, peer: string): PeerWatch<TakeOverReport> {
    const { nodeId, environment, reportError } = this.#init;
    return new PeerWatch({
      leases,
      peer,
      nodeId,
      holder: this.#holder,
      marginMs: this.#marginOf(leases),
      environment,
      mayAct: () => this.#lease?.isValid() === true,
      // Copies that were never in step with their owner are not worth a take-over.
      hasCopies: async () => (await this.receiver.label(peer)).store !== undefined,
      takeOver: () => this.takeOver.run(peer),
      reportError,
    });
  }

  #takeOverByHand(node: string, acceptRollback: boolean): Promise<TakeOverReport> {
    const isWatched = this.#watch && node === this.#init.options.peer;
    return isWatched ? this.#watch.byHand(acceptRollback) : this.takeOver.run(node);
  }

  /**
   * Waits until this node may run its instances: it has its lease, and has claimed its instances since the record of whose they are
   * was read; so nobody else has begun to run them. Until the peer has confirmed that it has everything, they count as alone: what is on
   * this disk may be ahead of the copies, and is told to others as soon as it goes on.
   */
  async #awaitLease(lease: NodeLease, leases: LeaseStore): Promise<void> {
    const { nodeId, environment, reportError } = this.#init;
    for (let isMine = false; !this.#isClosed;) {
      try {
        const owner = await leases.ownership(nodeId);
        // Whoever took over gives the lease back when this node has given up what is no longer its own.
        if (owner.takenOver !== undefined) await this.#giveUpTaken();
        else {
          isMine ||= await lease.tryAcquire();
          const { token } = lease;
          if (isMine && token !== undefined) {
            const since = owner.alone?.since ?? environment.now();
            const alone = { token, since };
            const revision = await leases.claim(nodeId, { takenOver: undefined, alone }, owner.revision);
            if (revision !== undefined) return this.#alone?.begin(since, revision);
          }
        }
      } catch (error) {
        reportError(error);
      }
      await this.#pause(leases.ttlMs / 10);
    }
  }

  /** Ends early when the node is stopped. */
  async #pause(ms: number): Promise<void> {
    const { setTimer, clearTimer } = this.#init.environment;
    let timer: unknown;
    const over = new Promise<void>((resolve) => {
      timer = setTimer(resolve, ms);
    });
    await Promise.race([over, this.#closing.promise]);
    clearTimer(timer);
  }

  #makeSender(peerId: string, maxMessageBytes: number): ReplicaSender {
    const { options, nodeId, prefix, store, transport, environment, tookBack, reportError, codeInUse } =
      this.#init;
    const { storeId } = options;
    return new ReplicaSender({
      nodeId,
      peerId,
      storeId,
      prefix,
      transport,
      limitMs: options.limitMs ?? 1000,
      maxWaitingBytes: options.maxWaitingBytes ?? 64 * MIB,
      maxMessageBytes,
      now: environment.now,
      randomBytes: environment.randomBytes,
      setTimer: environment.setTimer,
      clearTimer: environment.clearTimer,
      defer: environment.defer,
      wantedCode: this.#init.wantedCode,
      catchUp: (session) => catchUp({ store, storeId, tookBack, reportError, codeInUse }, session),
      changed: (status) => {
        if (status.state === 'in-step') this.#missingUntil = Number.NEGATIVE_INFINITY;
        // At the start it is dealt with before anything runs.
        if (status.state !== 'taken-over' || !this.#isOpening) this.#init.changed(status);
      },
      alone: this.#alone,
      reportError,
    });
  }

  /** How long this node may still run without renewing its lease, ms; undefined without leases. */
  get leaseLeftMs(): number | undefined {
    return this.#lease?.leftMs;
  }

  /** The peer is dead, and is not taken over by itself: it has acknowledged what its copies here lack. */
  get refusedTakeOver(): RefusedTakeOver | undefined {
    return this.#watch?.refused;
  }

  /** True while this disk is new and has not got back all that the peer has copies of: a request may be of one of those. */
  get mayMissInstances(): boolean {
    return this.#init.environment.monotonic() < this.#missingUntil;
  }

  /** Undefined when nothing is sent to anybody. */
  get status(): ReplicationStatus | undefined {
    return this.#sender?.status;
  }

  /** Resolves after the first contact with the peer, or when it has been waited for long enough. */
  async open(): Promise<void> {
    await this.receiver.open();
    if (this.#lease) await this.#awaitLease(this.#lease, this.#init.options.leases!);
    const sender = this.#sender;
    if (!sender || this.#isClosed) return;
    await sender.open();
    while (!this.#isClosed && sender.status.state === 'taken-over') {
      const isDone = await this.#giveUpTaken().catch(this.#init.reportError);
      if (!isDone) await this.#pause(COME_BACK_PAUSE_MS);
      await sender.open();
    }
    const { monotonic } = this.#init.environment;
    const end = monotonic() + (this.#init.options.firstContactMs ?? 0);
    while (!this.#isClosed && sender.status.state === 'alone' && monotonic() < end)
      await this.#pause(CONTACT_PAUSE_MS);
    this.#isOpening = false;
    if (!this.#isClosed) this.#watch?.open();
  }

  /** Another node runs instances of this one: they are removed here. What it never had goes on here. */
  #giveUpTaken(): Promise<boolean> {
    const { store, nodeId, transport, prefix, options } = this.#init;
    return giveUpTaken({ store, nodeId, transport, prefix, peer: options.peer! });
  }

  /** The peer's copy of an instance whose checkpoint here is damaged, put into this node's store; undefined if there is none. */
  async repair(id: string): Promise<StoredInstance | undefined> {
    const sender = this.#sender;
    if (sender?.status.state !== 'in-step' && sender?.status.state !== 'catching-up') return undefined;
    const { store } = this.#init;
    for (const record of await fetchCopies(sender.ask, [id])) await keepCopy(store, record);
    const repaired = await store.load(id);
    return repaired?.damaged === undefined ? repaired : undefined;
  }

  /** The peer gets what is on its way, for at most `limitMs`. */
  async close(limitMs: number): Promise<void> {
    this.#isClosed = true;
    this.#closing.resolve();
    this.#watch?.close();
    this.#alone?.close();
    await this.#sender?.close(limitMs);
    await this.receiver.close();
    // Last: from now on another node may run what is left.
    await this.#lease?.close();
  }
}
