/**
 * A store whose every durable change is also made durable by the peer. Owns nothing: the store keeps, the sender sends.
 * With policy `sync` a write resolves when both have it (or the sender goes alone); with `async` when the store has it.
 */
import type {
  CheckpointStore,
  CheckpointWrite,
  CodeChange,
  InstanceFilter,
  InstanceLook,
  InstanceSummary,
  OutcomeWrite,
  StoredInstance,
} from '../../store/checkpoint-store.ts';
import type { ReplicaRecord } from './replica-record.ts';

export type ReplicationPolicy = 'sync' | 'async' | 'none';

/** Takes records; resolves when the peer has them. */
export interface RecordSink {
  record(record: ReplicaRecord): Promise<void>;
}

export class ReplicatedStore implements CheckpointStore {
  readonly #store: CheckpointStore;
  readonly #sink: RecordSink;
  readonly #waits: boolean;
  /** Called when a checkpoint is durable here, with the ms that the peer took longer (0 if it was first). */
  readonly #onWrite: ((localMs: number, peerMs: number) => void) | undefined;
  readonly #monotonic: () => number;

  constructor(
    store: CheckpointStore,
    sink: RecordSink,
    policy: 'sync' | 'async',
    monotonic: () => number,
    onWrite?: (localMs: number, peerMs: number) => void,
  ) {
    this.#store = store;
    this.#sink = sink;
    this.#waits = policy === 'sync';
    this.#monotonic = monotonic;
    this.#onWrite = onWrite;
  }

  save(write: CheckpointWrite): Promise<void> {
    return this.#both(this.#store.save(write), { kind: 'save', write });
  }

  complete(write: OutcomeWrite): Promise<void> {
    return this.#both(this.#store.complete(write), { kind: 'complete', write });
  }

  fail(write: OutcomeWrite): Promise<void> {
    return this.#both(this.#store.fail(write), { kind: 'fail', write });
  }

  retry(id: string, at: number): Promise<boolean> {
    return this.#both(this.#store.retry(id, at), { kind: 'retry', id, at });
  }

  changeCode(change: CodeChange): Promise<boolean> {
    return this.#both(this.#store.changeCode(change), { kind: 'change-code', change });
  }

  purge(id: string): Promise<boolean> {
    return this.#both(this.#store.purge(id), { kind: 'purge', id });
  }

  saveCode(hash: string, bundle: Uint8Array): Promise<void> {
    return this.#both(this.#store.saveCode(hash, bundle), { kind: 'code', hash, bundle });
  }

  expireResults(before: number): Promise<number> {
    return this.#both(this.#store.expireResults(before), { kind: 'expire', before });
  }

  load(id: string): Promise<StoredInstance | undefined> {
    return this.#store.load(id);
  }

  findRequest(script: string, requestId: string): Promise<StoredInstance | undefined> {
    return this.#store.findRequest(script, requestId);
  }

  lacksRequest(script: string, requestId: string): boolean {
    return this.#store.lacksRequest(script, requestId);
  }

  unfinished(): AsyncIterable<readonly StoredInstance[]> {
    return this.#store.unfinished();
  }

  page(after: string, limit: number): Promise<readonly InstanceLook[]> {
    return this.#store.page(after, limit);
  }

  list(filter?: InstanceFilter): Promise<readonly InstanceSummary[]> {
    return this.#store.list(filter);
  }

  recentlyEnded(withinMs: number, limit: number): Promise<readonly StoredInstance[]> {
    return this.#store.recentlyEnded(withinMs, limit);
  }

  loadCode(hash: string): Promise<Uint8Array | undefined> {
    return this.#store.loadCode(hash);
  }

  usedCode(): Promise<readonly string[]> {
    return this.#store.usedCode();
  }

  dropUnusedCode(keep: ReadonlySet<string>): Promise<readonly string[]> {
    const dropped = this.#store.dropUnusedCode(keep);
    // In its place among the other records; nobody needs to wait until the peer has done it.
    void this.#sink.record({ kind: 'drop-code', keep: [...keep] });
    return dropped;
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  /** The peer is told in the order of the calls and in the same words, so that both come to the same. */
  async #both<T>(local: Promise<T>, record: ReplicaRecord): Promise<T> {
    const begun = this.#monotonic();
    const remote = this.#sink.record(record);
    const result = await local;
    const localMs = this.#monotonic() - begun;
    if (this.#waits) await remote;
    if (record.kind === 'save') this.#onWrite?.(localMs, this.#monotonic() - begun - localMs);
    return result;
  }
}
