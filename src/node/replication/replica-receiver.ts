/**
 * The side that holds copies. Owns: the copies of other nodes' instances, and the session of each. Invariants:
 *
 * 1. A batch is acknowledged only when every record in it is durable here.
 * 2. Batches of a session are taken in the order of their numbers, without a gap. After a gap, damage or a failed write the session
 *    is over: nothing more of it is taken, and the sender begins a new one, which compares both sides.
 * 3. After a take-over nothing more is taken from the node that was taken over: it is told so.
 */
import type { CheckpointStore, InstanceSummary, StoredInstance } from '../../store/checkpoint-store.ts';
import { WaymarkError } from '../../waymark-error.ts';
import { INTERIM } from '../../transport/headers.ts';
import type { Headers, Message, Subscription, Transport } from '../../transport/transport.ts';
import { agree, SPEAKS, type Speaks } from './protocol-version.ts';
import { applyRecords, recordsOf } from './record-writing.ts';
import { decodePart, decodeRecords, encodeRecords, type BatchPart } from './replica-batch.ts';
import type { ReplicaHome, ReplicaHomes, ReplicaLabel } from './replica-home.ts';
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
  type Refusal,
  type RejoinRequest,
  type Settled,
  type TakenOverReply,
  type TakenOverRequest,
  type TakeOverRequest,
  shortHash,
} from './replica-messages.ts';
import type { ReplicaRecord } from './replica-record.ts';

export interface ReplicaReceiverInit {
  readonly nodeId: string;
  readonly prefix: string;
  readonly transport: Transport;
  readonly homes: ReplicaHomes;
  /** Goes on with the instances of a dead node; resolves with what became of them. */
  readonly takeOver: (node: string, acceptRollback: boolean) => Promise<object>;
  /** A node that was taken over is back, and has given up what is no longer its own. */
  readonly rejoined: (node: string) => Promise<void> | undefined;
  /** Largest message of a reply, bytes. */
  readonly maxMessageBytes: number;
  readonly reportError: (error: unknown) => void;
  /** Default: what this version speaks. */
  readonly speaks?: Speaks | undefined;
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
  sealing: Promise<ReplicaHome> | undefined;
  /** One after the other, so that the last one said is the one that stays. */
  labelWrites: Promise<void>;
}

/** Rows and ids in one message. */
const PAGE_ROWS = 4_000;

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
    held.sealing ??= this.#seal(held, at).finally(() => {
      held.sealing = undefined;
    });
    return held.sealing;
  }

  async #seal(held: Held, at: number): Promise<ReplicaHome> {
    const { home, label: before } = held;
    if (before.takenOver) return home;
    this.#end(held);
    // From now on batches are refused, so that the list is whole.
    held.label = { ...before, takenOver: { at, by: this.#init.nodeId } };
    try {
      await home.saveTaken(idsOf(home.store));
      await this.#saveLabel(held, held.label);
      return home;
    } catch (error) {
      held.label = before;
      throw error;
    }
  }

  /** All that was taken over is in this node's own store, except what could not be read. Durable when resolved. */
  async sealedIsWhole(node: string, leftOut: readonly string[]): Promise<void> {
    const held = await this.#hold(node);
    const { takenOver } = held.label;
    if (!takenOver || takenOver.isWhole) return;
    const before = takenOver.leftOut ?? [];
    const label = {
      ...held.label,
      takenOver: { ...takenOver, isWhole: true, leftOut: [...before, ...leftOut] },
    };
    await this.#saveLabel(held, label);
    held.label = label;
  }

  #saveLabel(held: Held, label: ReplicaLabel): Promise<void> {
    const write = (): Promise<void> => held.home.saveLabel(label);
    const written = held.labelWrites.then(write, write);
    held.labelWrites = written.catch(() => {});
    return written;
  }

  /** The nodes whose copies are here. */
  async labels(): Promise<{ node: string; label: ReplicaLabel }[]> {
    return Promise.all([...this.#held].map(async ([node, held]) => ({ node, label: (await held).label })));
  }

  /** Which instances are no longer the node's own. Before the take-over is whole nobody knows that. */
  async #taken({ node, from }: TakenOverRequest): Promise<TakenOverReply | Refusal> {
    const { home, label } = await this.#hold(node);
    if (!label.takenOver?.isWhole) return NOT_WHOLE;
    const { at, leftOut = [] } = label.takenOver;
    const ids = await home.taken(from, PAGE_ROWS);
    const next = from + ids.length;
    return { at, ids: ids.filter((id) => !leftOut.includes(id)), next, isLast: ids.length < PAGE_ROWS };
  }

  /** The node has given up what is no longer its own: its copies are taken again, from nothing. */
  async #rejoin({ node, at }: RejoinRequest): Promise<BatchReply> {
    const held = await this.#hold(node);
    const { takenOver } = held.label;
    if (!takenOver?.isWhole) return NOT_WHOLE;
    // What it has given up may be that of an earlier take-over.
    if (takenOver.at !== at) return { ok: false, reason: 'it was taken over once more since' };
    const label: ReplicaLabel = { store: undefined, takenOver: undefined };
    await this.#saveLabel(held, label);
    held.label = label;
    try {
      await this.#init.rejoined(node);
      return { ok: true };
    } catch (error) {
      this.#init.reportError(error);
      // It asks again, and is told at once.
      return { ok: false, reason: (error as Error).message };
    }
  }

  async #takeOver({ node, acceptRollback }: TakeOverRequest): Promise<object> {
    try {
      return { ok: true, ...(await this.#init.takeOver(node, acceptRollback === true)) };
    } catch (error) {
      this.#init.reportError(error);
      const { code, fix } = error instanceof WaymarkError ? error : {};
      return { ok: false, reason: (error as Error).message, code, fix } satisfies Refusal;
    }
  }

  async #received(message: Message): Promise<void> {
    switch (message.headers[REPLICA]) {
      case 'batch':
        return this.#batch(message);
      case 'hello':
        return this.#answer(message, await this.#hello(decodeControl(message.data) as Hello));
      case 'digest':
        return this.#answer(message, await this.#digest(decodeControl(message.data) as DigestRequest));
      case 'missing-code':
        return this.#answer(message, await this.#missingCode(decodeControl(message.data) as CodeRequest));
      case 'fetch':
        return this.#fetch(message);
      case 'taken-over':
        return this.#answer(message, await this.#taken(decodeControl(message.data) as TakenOverRequest));
      case 'rejoin':
        return this.#answer(message, await this.#rejoin(decodeControl(message.data) as RejoinRequest));
      case 'take-over':
        return this.#answer(message, await this.#takeOver(decodeControl(message.data) as TakeOverRequest));
      case 'settled':
        return this.#answer(message, await this.#settled(decodeControl(message.data) as Settled));
      default:
    }
  }

  async #hello({ node, session, speaks }: Hello): Promise<HelloReply | Refusal> {
    const mine = this.#init.speaks ?? SPEAKS;
    const agreed = agree(mine, speaks, `node ${node}`);
    if (typeof agreed === 'string') return { ok: false, reason: agreed, speaks: mine };
    const held = await this.#hold(node);
    const reply = {
      speaks: mine,
      store: held.label.store,
      session: held.session,
      number: held.number,
      takenOver: held.label.takenOver,
    };
    if (reply.takenOver) return reply;
    this.#end(held);
    held.session = session;
    held.number = 0;
    this.#sessions.set(session, held);
    return reply;
  }

  /** The copies are now those of the sender's disk. Until it said so, it may still want copies of an earlier one. */
  async #settled({ session, store }: Settled): Promise<BatchReply> {
    const held = this.#sessions.get(session);
    if (!held) return UNKNOWN_SESSION;
    if (held.label.store !== store) {
      held.label = { ...held.label, store };
      await this.#saveLabel(held, held.label);
    }
    return { ok: true };
  }

  /** A page of what is held, so that neither side ever has more of it in memory. */
  async #digest({ session, after }: DigestRequest): Promise<DigestReply | BatchReply> {
    const held = this.#sessions.get(session);
    if (!held) return UNKNOWN_SESSION;
    const looks = await held.home.store.page(after, PAGE_ROWS);
    return { rows: looks.map(rowOf), isLast: looks.length < PAGE_ROWS };
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
    // At once: each read waits for the writes before it, and one after the other would wait for a flush each.
    for (const instance of await Promise.all(ids.map((id) => held.home.store.load(id))))
      if (instance && instance.damaged === undefined) records.push(...recordsOf(instance));
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
      await applyRecords(held.home.store, decodeRecords(body));
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
    return {
      home,
      label: home.label,
      session: undefined,
      number: 0,
      parts: [],
      sealing: undefined,
      labelWrites: DONE,
    };
  }

  #answer(message: Message, value: object): Promise<void> {
    return this.#reply(message, encodeControl(value));
  }

  async #reply({ replyTo }: Message, data: Uint8Array, headers: Headers = {}): Promise<void> {
    if (replyTo !== undefined) await this.#init.transport.publish(replyTo, data, { headers });
  }
}

const DONE = Promise.resolve();
const FETCHED: Headers = { [REPLICA]: 'fetched' };
const FETCHED_PART: Headers = { [REPLICA]: 'fetched', [INTERIM]: 'true' };
const UNKNOWN_SESSION: Refusal = { ok: false, reason: 'the session is over' };
const NOT_WHOLE: Refusal = { ok: false, reason: 'it is not taken over, or not wholly yet' };

const rowOf = ({ id, status, sequence, updatedAt, codeHash }: InstanceSummary): DigestRow => [
  id,
  status,
  sequence,
  updatedAt,
  shortHash(codeHash),
];

/** Ids of all instances of a store. */
async function* idsOf(store: CheckpointStore): AsyncGenerator<readonly string[], void> {
  for (let after = ''; ;) {
    const page = await store.page(after, PAGE_ROWS);
    yield page.map(({ id }) => id);
    if (page.length < PAGE_ROWS) return;
    after = page.at(-1)!.id;
  }
}
