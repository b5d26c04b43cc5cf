/** A node's store with its replication, and the peer that holds the copies; the network between them can be broken. */
import { randomBytes } from 'node:crypto';
import type { AloneMark } from '../../../src/node/leases/alone-mark.ts';
import { catchUp } from '../../../src/node/replication/catch-up.ts';
import type { ComingBackInit } from '../../../src/node/replication/coming-back.ts';
import type { Speaks } from '../../../src/node/replication/protocol-version.ts';
import type { ReplicaHome, ReplicaLabel } from '../../../src/node/replication/replica-home.ts';
import {
  decodeControl,
  encodeControl,
  REPLICA,
  replicaSubject,
} from '../../../src/node/replication/replica-messages.ts';
import { ReplicaReceiver } from '../../../src/node/replication/replica-receiver.ts';
import { ReplicaSender } from '../../../src/node/replication/replica-sender.ts';
import type { ReplicationStatus } from '../../../src/node/replication/replication-session.ts';
import { ReplicatedStore } from '../../../src/node/replication/replicated-store.ts';
import type { CheckpointStore, StoredInstance } from '../../../src/store/checkpoint-store.ts';
import { MemoryStore } from '../../../src/store/memory/memory-store.ts';
import { awaitReply } from '../../../src/transport/await-reply.ts';
import { openLocalTransport } from '../../../src/transport/local/open-local-transport.ts';
import type { Headers, Transport } from '../../../src/transport/transport.ts';

/** Passes messages on, or drops them: a requester hears at once that nobody is there (`cut`), or nothing until `timesOut` (`silent`). */
export class Network {
  mode: 'good' | 'lossy' | 'cut' | 'silent' = 'good';
  readonly #unanswered: ((error: Error) => void)[] = [];
  /** Turns one bit of the next batch. */
  damageNext = false;
  #state = 1;

  /** Requests that a silent network has swallowed. */
  get unanswered(): number {
    return this.#unanswered.length;
  }

  /** The time of those is over. */
  timesOut(): void {
    for (const reject of this.#unanswered.splice(0)) reject(new Error('no answer in time'));
  }

  /** Deterministic: a third of the messages of a lossy network is lost. */
  loses(): boolean {
    if (this.mode === 'good') return false;
    if (this.mode !== 'lossy') return true;
    this.#state = (this.#state * 1103515245 + 12345) % 2147483648;
    return this.#state % 3 === 0;
  }

  #damaged(data: Uint8Array, headers: Headers | undefined): Uint8Array {
    if (!this.damageNext || headers?.['waymark-replica'] !== 'batch') return data;
    this.damageNext = false;
    const copy = data.slice();
    copy[copy.length >> 1]! ^= 4;
    return copy;
  }

  wrap(transport: Transport): Transport {
    return {
      subscribe: (subject, options, handler) => transport.subscribe(subject, options, handler),
      publish: async (subject, data, options) => {
        if (!this.loses()) await transport.publish(subject, data, options);
      },
      request: (subject, data, options, requester) => {
        if (this.mode === 'silent') this.#unanswered.push((error) => requester.failed(error));
        else {
          const heard = this.loses() ? 'nobody.hears' : subject;
          transport.request(heard, this.#damaged(data, options.headers), options, requester);
        }
      },
      close: () => transport.close(),
    };
  }
}

/** A busy machine is no silent peer: whoever tests the limit says when it is over. */
const NEVER_MS = 3_600_000;

export class Pair {
  readonly network = new Network();
  readonly states: ReplicationStatus[] = [];
  readonly errors: unknown[] = [];
  readonly tookBack: StoredInstance[] = [];
  /** Homes of the peer, which survive it. */
  readonly homes = new Map<
    string,
    { store: CheckpointStore; label: ReplicaLabel; taken: readonly string[] }
  >();
  store: MemoryStore = new MemoryStore();
  storeId = 'disk-1';
  sender!: ReplicaSender;
  receiver: ReplicaReceiver | undefined;
  replicated!: ReplicatedStore;
  /** What the node has loaded. */
  codeInUse: readonly string[] = [];
  nodeSpeaks: Speaks | undefined;
  peerSpeaks: Speaks | undefined;
  /** With leases: the word that the node is alone. */
  alone: Pick<AloneMark, 'set' | 'clear'> | undefined;
  /** Done when catching up is over, before the node counts as in step. */
  afterCatchUp: (() => Promise<void>) | undefined;
  readonly limits: { maxWaitingBytes: number; maxMessageBytes: number; limitMs: number };
  readonly #name = randomBytes(6).toString('hex');
  readonly #transports: Transport[] = [];

  constructor(limits: Partial<Pair['limits']> = {}) {
    this.limits = { maxWaitingBytes: 1 << 24, maxMessageBytes: 1 << 20, limitMs: NEVER_MS, ...limits };
  }

  async #transport(): Promise<Transport> {
    const transport = await openLocalTransport({ name: this.#name });
    this.#transports.push(transport);
    return transport;
  }

  async startPeer(): Promise<ReplicaReceiver> {
    this.receiver = new ReplicaReceiver({
      nodeId: 'b',
      prefix: '',
      rejoined: () => undefined,
      takeOver: () => Promise.reject(new Error('nobody takes over here')),
      maxMessageBytes: this.limits.maxMessageBytes,
      transport: this.network.wrap(await this.#transport()),
      homes: {
        known: async () => [...this.homes.keys()],
        open: async (node): Promise<ReplicaHome> => {
          const kept = this.homes.get(node) ?? {
            store: new MemoryStore(),
            label: { store: undefined, takenOver: undefined },
            taken: [],
          };
          this.homes.set(node, kept);
          // A home is closed with its receiver; what it holds stays.
          const store = new Proxy(kept.store, {
            get: (target, key) => {
              if (key === 'close') return async () => {};
              const value: unknown = Reflect.get(target, key);
              return typeof value === 'function' ? (value.bind(target) as unknown) : value;
            },
          });
          return {
            store,
            saveTaken: async (pages) => {
              const ids: string[] = [];
              for await (const page of pages) ids.push(...page);
              kept.taken = ids;
            },
            taken: async (from, count) => kept.taken.slice(from, from + count),
            label: kept.label,
            saveLabel: async (label) => {
              kept.label = label;
            },
          };
        },
      },
      reportError: (error) => this.errors.push(error),
      speaks: this.peerSpeaks,
    });
    await this.receiver.open();
    return this.receiver;
  }

  async stopPeer(): Promise<void> {
    await this.receiver?.close();
    this.receiver = undefined;
  }

  async startNode(policy: 'sync' | 'async' = 'sync'): Promise<void> {
    const { store, storeId } = this;
    const reportError = (error: unknown): void => void this.errors.push(error);
    this.sender = new ReplicaSender({
      nodeId: 'a',
      peerId: 'b',
      storeId,
      prefix: '',
      transport: this.network.wrap(await this.#transport()),
      ...this.limits,
      now: Date.now,
      randomBytes,
      setTimer: (action, ms) => setTimeout(action, ms),
      clearTimer: (handle) => clearTimeout(handle as NodeJS.Timeout),
      defer: (action) => void setImmediate(action),
      alone: this.alone,
      catchUp: async (session) => {
        await catchUp(
          {
            store,
            storeId,
            tookBack: (instance) => this.tookBack.push(instance),
            reportError,
            codeInUse: () => this.codeInUse,
          },
          session,
        );
        await this.afterCatchUp?.();
      },
      wantedCode: () => this.codeInUse,
      speaks: this.nodeSpeaks,
      changed: (status) => this.states.push(status),
      reportError,
    });
    this.replicated = new ReplicatedStore(store, this.sender, policy, () => performance.now());
    await this.sender.open();
  }

  /** The peer's store of the node's copies, made if need be. */
  async copiesStore(): Promise<CheckpointStore> {
    await this.receiver!.label('a');
    return this.homes.get('a')!.store;
  }

  /** What the peer answers to a greeting. */
  async greetWithout(greeting: object): Promise<unknown> {
    const transport = await this.#transport();
    const data = encodeControl(greeting);
    const headers = { [REPLICA]: 'hello' };
    return decodeControl(
      (await awaitReply(transport, replicaSubject('', 'b'), data, { headers, timeout: 5000 })).data,
    );
  }

  /** What the node's return works with. */
  async comingBack(): Promise<ComingBackInit> {
    return { nodeId: 'a', peer: 'b', prefix: '', transport: await this.#transport(), store: this.store };
  }

  /** The node goes without a word; its disk stays. */
  async killNode(): Promise<void> {
    await this.sender.close(0);
  }

  /** In step, and the peer has all that was sent so far: a session begins with a record of its own. */
  async inStep(): Promise<void> {
    const isDone = (): boolean => this.sender.status.state === 'in-step' && this.sender.status.waiting === 0;
    while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async close(): Promise<void> {
    await this.sender?.close(0);
    await this.receiver?.close();
    for (const transport of this.#transports) await transport.close();
  }
}

/** All that a store holds, as comparable text by instance. */
export async function contentOf(store: CheckpointStore): Promise<Map<string, string>> {
  const content = new Map<string, string>();
  for (const { id } of await store.list({ limit: 1e6 })) {
    const { snapshot, outcome, ...rest } = (await store.load(id))!;
    const text = (bytes: Uint8Array | undefined): string =>
      bytes ? Buffer.from(bytes).toString('base64') : '-';
    content.set(
      id,
      JSON.stringify([Object.entries(rest).map(String).toSorted(), text(snapshot), text(outcome)]),
    );
  }
  return content;
}
