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
import { catchUp } from './catch-up.ts';
import { fetchCopies, keepCopy } from './fetch-copies.ts';
import { ReplicaReceiver, type ReplicaHomes } from './replica-receiver.ts';
import { ReplicaSender } from './replica-sender.ts';
import { ReplicatedStore, type ReplicationPolicy } from './replicated-store.ts';
import type { ReplicationStatus } from './replication-session.ts';

export interface ReplicationOptions {
  /** Id of the node that holds this one's copies. Left out: only others' copies are kept. */
  readonly peer?: string | undefined;
  /** `sync`: a checkpoint waits for the peer; `async`: it does not; `none`: nothing is sent. Default `sync`. */
  readonly policy?: ReplicationPolicy | undefined;
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
  readonly changed: (status: ReplicationStatus) => void;
  readonly wrote: (localMs: number, peerMs: number) => void;
  readonly reportError: (error: unknown) => void;
}

const MIB = 1024 * 1024;
const CONTACT_PAUSE_MS = 20;

export class Replication {
  /** The node's store: what is written to it is written by the peer too. */
  readonly store: CheckpointStore;
  readonly receiver: ReplicaReceiver;
  readonly #init: ReplicationInit;
  readonly #sender: ReplicaSender | undefined;

  constructor(init: ReplicationInit) {
    const { options, nodeId, prefix, store, transport, environment, tookBack, reportError } = init;
    this.#init = init;
    const maxMessageBytes = options.maxMessageBytes ?? MIB / 2;
    this.receiver = new ReplicaReceiver({
      nodeId,
      prefix,
      transport,
      homes: options.homes,
      maxMessageBytes,
      reportError,
    });
    const policy = options.policy ?? 'sync';
    if (options.peer === undefined || policy === 'none') {
      this.store = store;
      return;
    }
    const { storeId } = options;
    this.#sender = new ReplicaSender({
      nodeId,
      peerId: options.peer,
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
      catchUp: (session) => catchUp({ store, storeId, tookBack, reportError }, session),
      changed: init.changed,
      reportError,
    });
    this.store = new ReplicatedStore(store, this.#sender, policy, environment.monotonic, init.wrote);
  }

  /** Undefined when nothing is sent to anybody. */
  get status(): ReplicationStatus | undefined {
    return this.#sender?.status;
  }

  /** Resolves after the first contact with the peer, or when it has been waited for long enough. */
  async open(): Promise<void> {
    await this.receiver.open();
    const sender = this.#sender;
    if (!sender) return;
    await sender.open();
    const { monotonic, setTimer } = this.#init.environment;
    const end = monotonic() + (this.#init.options.firstContactMs ?? 0);
    while (sender.status.state === 'alone' && monotonic() < end)
      await new Promise<void>((resolve) => void setTimer(resolve, CONTACT_PAUSE_MS));
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
    await this.#sender?.close(limitMs);
    await this.receiver.close();
  }
}
