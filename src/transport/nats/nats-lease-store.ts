/**
 * Leases in a JetStream key-value bucket: a key per lease, which the servers delete when it was not written for the bucket's
 * time to live. Creating a key and writing it at an expected revision are atomic in JetStream; with three replicas both survive
 * the loss of a server. Keys expire by the clock of the server that leads the stream: see docs/guides/cluster.md for
 * how far the servers' clocks may differ.
 */
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Alone, LeaseRecord, LeaseStore, Owner, Ownership } from '../lease-store.ts';

export interface NatsLeaseOptions {
  readonly ttlMs: number;
  /** Servers that keep the bucket: 1, 3 or 5; as many must be in the cluster. */
  readonly replicas: number;
  /** Default `waymark-leases`. */
  readonly bucket?: string | undefined;
}

interface Value {
  readonly holder: string;
  /** Left out by the one who made the key: then it is the revision of that write. */
  readonly token?: number;
}

/** JetStream errors: the key is there, or has another revision, which one is told or not. */
const WRONG_LAST_SEQUENCE: ReadonlySet<unknown> = new Set([10_071, 10_164]);

export class NatsLeaseStore implements LeaseStore {
  readonly ttlMs: number;
  readonly #bucket: KV;
  /** Its keys do not expire. */
  readonly #owners: KV;

  constructor(bucket: KV, owners: KV, ttlMs: number) {
    this.#bucket = bucket;
    this.#owners = owners;
    this.ttlMs = ttlMs;
  }

  async acquire(name: string, holder: string): Promise<LeaseRecord | undefined> {
    const revision = await unlessOther(this.#bucket.create(name, encode({ holder })));
    return revision === undefined ? undefined : { holder, token: revision, revision };
  }

  async renew(name: string, record: LeaseRecord): Promise<LeaseRecord | undefined> {
    const value = encode({ holder: record.holder, token: record.token });
    const revision = await unlessOther(this.#bucket.update(name, value, record.revision));
    return revision === undefined ? undefined : { ...record, revision };
  }

  async read(name: string): Promise<LeaseRecord | undefined> {
    const entry = await this.#bucket.get(name);
    if (entry?.operation !== 'PUT') return undefined;
    const { holder, token } = entry.json<Value>();
    return { holder, token: token ?? entry.revision, revision: entry.revision };
  }

  async release(name: string, record: LeaseRecord): Promise<void> {
    await unlessOther(this.#bucket.delete(name, { previousSeq: record.revision }).then(() => 0));
  }

  async ownership(name: string): Promise<Ownership> {
    const entry = await this.#owners.get(name);
    const text = entry?.operation === 'PUT' ? entry.string() : '';
    return { ...ownerOf(text), revision: entry?.revision ?? 0 };
  }

  claim(name: string, owner: Owner, revision: number): Promise<number | undefined> {
    return unlessOther(this.#owners.put(name, textOf(owner), { previousSeq: revision }));
  }
}

/** Opens the buckets; makes them if there are none. @throws when JetStream cannot be reached or is not enabled */
export async function openNatsLeases(
  connection: NatsConnection,
  { ttlMs, replicas, bucket = 'waymark-leases' }: NatsLeaseOptions,
): Promise<NatsLeaseStore> {
  const manager = new Kvm(connection);
  const leases = await manager.create(bucket, { ttl: ttlMs, replicas, history: 1 });
  const owners = await manager.create(`${bucket}-taken-over`, { replicas, history: 1 });
  return new NatsLeaseStore(leases, owners, ttlMs);
}

/**
 * The entry is empty (the node's own), the name of who took over, or JSON with the mark. A version that does not know the mark takes
 * it for a name, and leaves the node alone.
 */
const textOf = ({ takenOver, alone }: Owner): string =>
  takenOver ?? (alone === undefined ? '' : JSON.stringify({ alone }));

function ownerOf(text: string): Owner {
  if (!text.startsWith('{')) return { takenOver: text === '' ? undefined : text };
  return { takenOver: undefined, alone: (JSON.parse(text) as { alone?: Alone }).alone };
}

const encode = (value: Value): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Undefined when somebody else was faster. */
async function unlessOther<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (WRONG_LAST_SEQUENCE.has((error as { code?: unknown }).code)) return undefined;
    throw error;
  }
}
