/**
 * The side that holds copies. Owns: the copies of other nodes' instances, and the session of each. Invariants:
 *
 * 1. A batch is acknowledged only when every record in it is durable here.
 * 2. Batches of a session are taken in the order of their numbers, without a gap. After a gap, damage or a failed write the session
 *    is over: nothing more of it is taken, and the sender begins a new one, which compares both sides.
 * 3. After a take-over nothing more is taken from the node that was taken over: it is told so.
 */
import type {
  CheckpointStore,
  CodeChange,
  InstanceSummary,
  StoredInstance,
} from '../../store/checkpoint-store.ts';
import { INTERIM } from '../../transport/headers.ts';
import type { Headers, Message, Subscription, Transport } from '../../transport/transport.ts';
import { decodePart, decodeRecords, encodeRecords, type BatchPart } from './replica-batch.ts';
import {
  decodeControl,
  encodeControl,
  REPLICA,
  replicaSubject,
  type BatchReply,
  type CodeRequest,
  type DigestReply,
  type DigestRequest,
  type DigestRow,
  type FetchRequest,
  type Hello,
  type HelloReply,
  type Settled,
  type TakenOverReply,
  type TakenOverRequest,
  type TakeOverRequest,
  shortHash,
} from './replica-messages.ts';
import type { ReplicaRecord } from './replica-record.ts';

/** Where the copies of one node are kept. */
export interface ReplicaHome {
  readonly store: CheckpointStore;
  /** What must be known about the copies after a restart. */
  readonly label: ReplicaLabel;
  /** Durable when resolved. */
  saveLabel(label: ReplicaLabel): Promise<void>;
  /** Ids of the instances that were taken over. Durable when resolved. */
  saveTaken(ids: readonly string[]): Promise<void>;
  taken(): Promise<readonly string[]>;
}

export interface ReplicaHomes {
  /** Nodes whose copies are here already. */
  known(): Promise<readonly string[]>;
  /** Opens the home of the copies of a node; makes it if there is none. */
  open(node: string): Promise<ReplicaHome>;
}

export interface ReplicaLabel {
  /** Disk of the node whose instances these are. */
  readonly store: string | undefined;
  readonly takenOver: { readonly at: number; readonly by: string } | undefined;
}

export interface ReplicaReceiverInit {
  readonly nodeId: string;
  readonly prefix: string;
  readonly transport: Transport;
  readonly homes: ReplicaHomes;
  /** Goes on with the instances of a dead node; resolves with what became of them. */
  readonly takeOver: (node: string) => Promise<object>;
  /** A node that was taken over is back, and has given up what is no longer its own. */
  readonly rejoined: (node: string) => Promise<void> | undefined;
  /** Largest message of a reply, bytes. */
  readonly maxMessageBytes: number;
  readonly reportError: (error: unknown) => void;
}

/** An instance of another node. */
export interface HeldCopy {
  readonly node: string;
  readonly instance: StoredInstance;
}

interface Held {
  readonly home: ReplicaHome;
  label: ReplicaLabel;
  session: string | undefined;
  /** Last batch that was taken. */
  number: number;
  /** Parts of a batch that is not complete. */
  parts: Uint8Array[];
  digest: readonly DigestRow[];
}

const DIGEST_ROWS = 4_000;
/** Ids in one message. */
const TAKEN_IDS = 10_000;
/** Far more than a node has. */
const EVERYTHING = 2 ** 31;

export class ReplicaReceiver {
  readonly #init: ReplicaReceiverInit;
  readonly #held = new Map<string, Promise<Held>>();
  readonly #sessions = new Map<string, Held>();
  #subscription: Subscription | undefined;

  constructor(init: ReplicaReceiverInit) {
    this.#init = init;
  }

  async open(): Promise<void> {
    const { transport, prefix, nodeId, homes, reportError } = this.#init;
    await Promise.all((await homes.known()).map((node) => this.#hold(node)));
    this.#subscription = await transport.subscribe(replicaSubject(prefix, nodeId), {}, (message) => {
      this.#received(message).catch(reportError);
    });
  }

  async close(): Promise<void> {
    await this.#subscription?.unsubscribe();
    this.#sessions.clear();
    for (const held of await Promise.allSettled(this.#held.values()))
      if (held.status === 'fulfilled') await held.value.home.store.close();
  }

  /** What is known about the copies of a node. */
  async label(node: string): Promise<ReplicaLabel> {
    return (await this.#hold(node)).label;
  }

  /** The copy of an instance by its request, of whichever node it is. */
  async findRequest(script: string, requestId: string): Promise<HeldCopy | undefined> {
    for (const [node, held] of this.#held) {
      const instance = await (await held).home.store.findRequest(script, requestId);
      if (instance) return { node, instance };
    }
    return undefined;
  }

  /** Ends what the node sends, durably: from now on it is told that it was taken over. */
  async seal(node: string, at: number): Promise<ReplicaHome> {
    const held = await this.#hold(node);
    if (held.session !== undefined) this.#end(held);
    if (held.label.takenOver) return held.home;
    const takenOver = { at, by: this.#init.nodeId };
    // From now on batches are refused, so that the list is whole.
    held.label = { ...held.label, takenOver };
    const instances = await held.home.store.list({ limit: EVERYTHING });
    await held.home.saveTaken(instances.map(({ id }) => id));
    await held.home.saveLabel(held.label);
    return held.home;
  }

  /** The nodes whose copies are here. */
  async labels(): Promise<{ node: string; label: ReplicaLabel }[]> {
    return Promise.all([...this.#held].map(async ([node, held]) => ({ node, label: (await held).label })));
  }

  async #taken({ node, from }: TakenOverRequest): Promise<TakenOverReply> {
    const ids = await (await this.#hold(node)).home.taken();
    return { ids: ids.slice(from, from + TAKEN_IDS), isLast: from + TAKEN_IDS >= ids.length };
  }

  /** The node knows what is no longer its own: its copies are taken again, from nothing. */
  async #rejoin({ node }: TakeOverRequest): Promise<BatchReply> {
    const held = await this.#hold(node);
    if ((await held.home.store.list({ limit: 1 })).length > 0)
      return { ok: false, reason: 'its instances are still being taken over' };
    held.label = { store: undefined, takenOver: undefined };
    await held.home.saveTaken([]);
    await held.home.saveLabel(held.label);
    await this.#init.rejoined(node);
    return { ok: true };
  }

  async #takeOver({ node }: TakeOverRequest): Promise<object> {
    try {
      return { ok: true, ...(await this.#init.takeOver(node)) };
    } catch (error) {
      this.#init.reportError(error);
      return { ok: false, reason: (error as Error).message };
    }
  }

  async #received(message: Message): Promise<void> {
    switch (message.headers[REPLICA]) {
      case 'batch':
        return this.#batch(message);
      case 'hello':
        return this.#answer(message, await this.#hello(decodeControl(message.data) as Hello));
      case 'digest':
        return this.#answer(message, this.#digest(decodeControl(message.data) as DigestRequest));
      case 'missing-code':
        return this.#answer(message, await this.#missingCode(decodeControl(message.data) as CodeRequest));
      case 'fetch':
        return this.#fetch(message);
      case 'taken-over':
        return this.#answer(message, await this.#taken(decodeControl(message.data) as TakenOverRequest));
      case 'rejoin':
        return this.#answer(message, await this.#rejoin(decodeControl(message.data) as TakeOverRequest));
      case 'take-over':
        return this.#answer(message, await this.#takeOver(decodeControl(message.data) as TakeOverRequest));
      case 'settled':
        return this.#answer(message, await this.#settled(decodeControl(message.data) as Settled));
      default:
    }
  }

  async #hello({ node, session }: Hello): Promise<HelloReply> {
    const held = await this.#hold(node);
    const reply = {
      store: held.label.store,
      session: held.session,
      number: held.number,
      takenOver: held.label.takenOver,
    };
    if (reply.takenOver) return reply;
    if (held.session !== undefined) this.#sessions.delete(held.session);
    held.session = session;
    held.number = 0;
    held.parts = [];
    held.digest = (await held.home.store.list({ limit: EVERYTHING })).map(rowOf);
    this.#sessions.set(session, held);
    return reply;
  }

  /** The copies are now those of the sender's disk. Until it said so, it may still want copies of an earlier one. */
  async #settled({ session, store }: Settled): Promise<BatchReply> {
    const held = this.#sessions.get(session);
    if (!held) return UNKNOWN_SESSION;
    if (held.label.store !== store) {
      held.label = { ...held.label, store };
      await held.home.saveLabel(held.label);
    }
    return { ok: true };
  }

  #digest({ session, from }: DigestRequest): DigestReply | BatchReply {
    const held = this.#sessions.get(session);
    if (!held) return UNKNOWN_SESSION;
    const rows = held.digest.slice(from, from + DIGEST_ROWS);
    const isLast = from + rows.length >= held.digest.length;
    if (isLast) held.digest = [];
    return { rows, isLast };
  }

  async #missingCode({ session, hashes }: CodeRequest): Promise<{ missing: string[] } | BatchReply> {
    const held = this.#sessions.get(session);
    if (!held) return UNKNOWN_SESSION;
    const missing: string[] = [];
    for (const hash of hashes) if (!(await held.home.store.loadCode(hash))) missing.push(hash);
    return { missing };
  }

  /** Instances of the sender itself, which has lost them: records as in a batch, code included. */
  async #fetch(message: Message): Promise<void> {
    const { session, ids } = decodeControl(message.data) as FetchRequest;
    const held = this.#sessions.get(session);
    if (!held) return this.#answer(message, UNKNOWN_SESSION);
    const records: ReplicaRecord[] = [];
    for (const id of ids) {
      const instance = await held.home.store.load(id);
      if (instance && instance.damaged === undefined) records.push(...recordsOf(instance));
    }
    const hashes = new Set(records.map((record) => ('write' in record ? record.write.codeHash : '')));
    for (const hash of hashes) {
      const bundle = await held.home.store.loadCode(hash);
      if (bundle) records.unshift({ kind: 'code', hash, bundle });
    }
    const body = encodeRecords(records);
    const { maxMessageBytes } = this.#init;
    for (let at = 0; ; at += maxMessageBytes) {
      const isLast = at + maxMessageBytes >= body.length;
      await this.#reply(message, body.subarray(at, at + maxMessageBytes), isLast ? FETCHED : FETCHED_PART);
      if (isLast) return;
    }
  }

  async #batch(message: Message): Promise<void> {
    let part: BatchPart;
    try {
      part = decodePart(message.data);
    } catch (error) {
      this.#init.reportError(error);
      return this.#answer(message, { ok: false, reason: (error as Error).message });
    }
    const held = this.#sessions.get(Buffer.from(part.session).toString('hex'));
    if (!held) return this.#answer(message, UNKNOWN_SESSION);
    if (part.number !== held.number + 1 || part.part !== held.parts.length) {
      this.#end(held);
      return this.#answer(message, { ok: false, reason: 'a batch was lost' });
    }
    // A copy if it must wait: the message may be a view of a buffer that is used again.
    held.parts.push(part.parts === 1 ? part.body : new Uint8Array(part.body));
    if (part.part + 1 < part.parts) return;
    const body = held.parts.length === 1 ? held.parts[0]! : Buffer.concat(held.parts);
    held.parts = [];
    held.number = part.number;
    try {
      await apply(held.home.store, decodeRecords(body));
    } catch (error) {
      this.#end(held);
      this.#init.reportError(error);
      return this.#answer(message, {
        ok: false,
        reason: `it could not be stored: ${(error as Error).message}`,
      });
    }
    await this.#answer(message, { ok: true });
  }

  #end(held: Held): void {
    if (held.session !== undefined) this.#sessions.delete(held.session);
    held.session = undefined;
    held.parts = [];
  }

  #hold(node: string): Promise<Held> {
    let held = this.#held.get(node);
    if (!held) {
      held = this.#open(node);
      this.#held.set(node, held);
      held.catch(() => this.#held.delete(node));
    }
    return held;
  }

  async #open(node: string): Promise<Held> {
    const home = await this.#init.homes.open(node);
    return { home, label: home.label, session: undefined, number: 0, parts: [], digest: [] };
  }

  #answer(message: Message, value: object): Promise<void> {
    return this.#reply(message, encodeControl(value));
  }

  async #reply({ replyTo }: Message, data: Uint8Array, headers: Headers = {}): Promise<void> {
    if (replyTo !== undefined) await this.#init.transport.publish(replyTo, data, { headers });
  }
}

const FETCHED: Headers = { [REPLICA]: 'fetched' };
const FETCHED_PART: Headers = { [REPLICA]: 'fetched', [INTERIM]: 'true' };
const UNKNOWN_SESSION: BatchReply = { ok: false, reason: 'the session is over' };

const rowOf = ({ id, status, sequence, updatedAt, codeHash }: InstanceSummary): DigestRow => [
  id,
  status,
  sequence,
  updatedAt,
  shortHash(codeHash),
];

/** All of one batch at once: the store puts them into one commit, in this order. */
async function apply(store: CheckpointStore, records: readonly ReplicaRecord[]): Promise<void> {
  await Promise.all(records.map((record) => applyOne(store, record)));
}

function applyOne(store: CheckpointStore, record: ReplicaRecord): Promise<unknown> {
  switch (record.kind) {
    case 'save':
      return store.save(record.write);
    case 'complete':
      return store.complete(record.write);
    case 'fail':
      return store.fail(record.write);
    case 'retry':
      return store.retry(record.id, record.at);
    case 'purge':
      return store.purge(record.id);
    case 'expire':
      return store.expireResults(record.before);
    case 'code':
      return store.saveCode(record.hash, record.bundle);
    case 'change-code':
      return changeCode(store, record.change);
  }
}

/** @throws Error if the copy stays as it is, though it should change: then all is compared again, and its code sent. */
async function changeCode(store: CheckpointStore, change: CodeChange): Promise<void> {
  if (await store.changeCode(change)) return;
  const copy = await store.load(change.id);
  const { codeHash, sequence } = change.from;
  if (copy?.codeHash === codeHash && copy.sequence === sequence)
    throw new Error(
      `the copy of ${change.id} could not be moved to the code ${change.codeHash.slice(0, 12)}`,
    );
}

/** What makes an instance again as it is. */
export function recordsOf(instance: StoredInstance): ReplicaRecord[] {
  const { id, script, requestId, codeHash, sequence, createdAt, updatedAt: at, snapshot, outcome } = instance;
  const head = { id, script, requestId, codeHash, sequence, createdAt, at };
  const records: ReplicaRecord[] = [];
  if (snapshot) records.push({ kind: 'save', write: { ...head, snapshot } });
  if (instance.status !== 'running' && outcome)
    records.push({ kind: instance.status === 'failed' ? 'fail' : 'complete', write: { ...head, outcome } });
  return records;
}
