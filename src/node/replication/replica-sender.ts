/**
 * The side that sends copies to its peer. Owns: the session with the peer, and what waits for it. Invariants:
 *
 * 1. In step, `record` resolves when the peer has the record durably. In every other state the record is remembered by its instance and
 *    sent before the state is in step again; it resolves at once, or with leases when the engine knows that the node is alone.
 * 2. Records reach the peer in the order of the calls; what catching up reads from the store never overtakes a newer record.
 * 3. What waits for the peer is bounded in bytes. A peer that is down, too slow or too far behind is left alone, and caught
 *    up with when it answers again.
 * 4. With leases: when the word that the node is alone is taken back, the peer has all that was acknowledged under it; and until it
 *    is said again, nothing is acknowledged that the peer does not have.
 */
import { NodeError, NodeErrorCode } from '../node-error.ts';
import { ChangedInstances } from './changed-instances.ts';
import { greet, type Greeted } from './greeting.ts';
import { DROP_CODE } from './protocol-version.ts';
import { awaitReply } from '../../transport/await-reply.ts';
import type { Message } from '../../transport/transport.ts';
import { PeerProbe } from './peer-probe.ts';
import { encodeBatch, encodeRecords, SESSION_BYTES } from './replica-batch.ts';
import {
  decodeControl,
  encodeControl,
  REPLICA,
  replicaSubject,
  type BatchReply,
  type HelloReply,
} from './replica-messages.ts';
import { instanceOf, isWhole, type ReplicaRecord, sizeOf } from './replica-record.ts';
import type { ReplicaSenderInit } from './replica-sender-init.ts';
import type { AskPeer, ReplicationState, ReplicationStatus, Session } from './replication-session.ts';

interface Waiting {
  readonly record: ReplicaRecord;
  readonly bytes: number;
  readonly since: number;
  readonly resolve: (() => void) | undefined;
  isDone: boolean;
}

interface Batch {
  readonly number: number;
  readonly waiting: readonly Waiting[];
}

const MAX_RECORDS = 512;
const BATCH_BYTES = 256 * 1024;
/** Batches on their way at once: the next is filled while the peer writes the last. */
const MAX_UNDER_WAY = 4;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const DONE = Promise.resolve();

export class ReplicaSender {
  readonly #init: ReplicaSenderInit;
  readonly #subject: string;
  #state: ReplicationState = 'connecting';
  #since: number;
  #reason: string | undefined;
  #queue: Waiting[] = [];
  #underWay: Batch[] = [];
  #waitingBytes = 0;
  #isScheduled = false;
  #session: string | undefined;
  #sessionBytes: Uint8Array = new Uint8Array(SESSION_BYTES);
  #lastNumber = 0;
  #acknowledged = 0;
  /** What the peer understands beyond the version. */
  #features: ReadonlySet<string> = new Set();
  /** Why there was no common version, when that was reported. */
  #refusal: string | undefined;
  readonly #changed = new ChangedInstances();
  readonly #probe: PeerProbe;
  /** Catching up has come to its end: what is recorded now waits for the peer as it does in step. */
  #isCaughtUp = false;
  /** Instances whose whole state was sent in this session while catching up. */
  #newer = new Set<string>();
  /** Those of which only a change was sent, which means nothing to a peer that does not have the rest. */
  #changedParts = new Set<string>();
  #roomWaiters: (() => void)[] = [];
  #timer: unknown;
  #attempt: Promise<void> | undefined;

  constructor(init: ReplicaSenderInit) {
    this.#init = init;
    this.#subject = replicaSubject(init.prefix, init.peerId);
    this.#since = init.now();
    const [subject, oldest] = [this.#subject, () => this.#underWay[0]];
    this.#probe = new PeerProbe({ ...init, subject, oldest, gone: (reason) => this.#alone(reason) });
  }

  get status(): ReplicationStatus {
    const first = this.#underWay[0]?.waiting[0] ?? this.#queue[0];
    const waiting = this.#queue.length + this.#underWay.reduce((sum, batch) => sum + batch.waiting.length, 0);
    return {
      peer: this.#init.peerId,
      state: this.#state,
      since: this.#since,
      reason: this.#reason,
      waiting,
      waitingBytes: this.#waitingBytes,
      lagMs: first ? Math.max(0, this.#init.now() - first.since) : 0,
    };
  }

  /** Greets the peer, and again until it answers. Resolves after the first attempt, whatever came of it. */
  open(): Promise<void> {
    return this.#connect(FIRST_PAUSE_MS);
  }

  /** Resolves when the peer has the record, or at once if it need not be waited for. Never rejects. */
  record(record: ReplicaRecord): Promise<void> {
    const id = instanceOf(record);
    // Out of step the peer may have code whose copies are still on their way; when all are there it drops what none needs.
    if (record.kind === 'drop-code' && (this.#state !== 'in-step' || !this.#features.has(DROP_CODE)))
      return DONE;
    switch (this.#state) {
      case 'in-step':
        return new Promise((resolve) => this.#enqueue(record, resolve));
      case 'catching-up':
        if (id !== undefined) (isWhole(record) ? this.#newer : this.#changedParts).add(id);
        if (this.#isCaughtUp) return new Promise((resolve) => this.#enqueue(record, resolve));
        this.#enqueue(record, undefined);
        break;
      case 'connecting':
      case 'alone':
        this.#changed.add(id);
        break;
      default:
    }
    return this.#withoutPeer(id);
  }

  /** Resolves when something counts that the peer does not have. Code and expiry do nobody harm when they are forgotten. */
  #withoutPeer(id: string | undefined): Promise<void> {
    const { alone } = this.#init;
    if (alone === undefined || id === undefined) return DONE;
    // Nothing counts any more: another node has the instances, or may have them in a moment.
    return this.#state === 'taken-over' || this.#state === 'closed' ? new Promise(() => {}) : alone.set();
  }

  /** Waits a while for what is on its way; then nothing more is sent. */
  async close(limitMs: number): Promise<void> {
    let isLate = false;
    const timer = this.#init.setTimer(() => {
      isLate = true;
      this.#wakeWaiters();
    }, limitMs);
    while (!isLate && this.#session !== undefined && this.#waitingBytes > 0)
      await new Promise<void>((resolve) => this.#roomWaiters.push(resolve));
    this.#init.clearTimer(timer);
    this.#end('closed', undefined);
    await this.#attempt;
  }

  #enqueue(record: ReplicaRecord, resolve: (() => void) | undefined): void {
    const bytes = sizeOf(record);
    if (this.#waitingBytes + bytes > this.#init.maxWaitingBytes && this.#waitingBytes > 0) {
      const id = instanceOf(record);
      this.#changed.add(id);
      this.#alone(`more than ${this.#init.maxWaitingBytes} bytes wait for it`);
      if (resolve) this.#withoutPeer(id).then(resolve, this.#init.reportError);
      return;
    }
    this.#queue.push({ record, bytes, since: this.#init.now(), resolve, isDone: false });
    this.#waitingBytes += bytes;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#init.defer(() => {
      this.#isScheduled = false;
      this.#pump();
    });
  }

  /** Fills batches as long as some may be under way. */
  #pump(): void {
    while (this.#session !== undefined && this.#queue.length > 0 && this.#underWay.length < MAX_UNDER_WAY) {
      let count = 0;
      for (let bytes = 0; count < this.#queue.length && count < MAX_RECORDS && bytes < BATCH_BYTES; count++)
        bytes += this.#queue[count]!.bytes;
      const waiting = this.#queue.splice(0, count);
      const batch: Batch = { number: ++this.#lastNumber, waiting };
      this.#underWay.push(batch);
      this.#probe.watch();
      this.#send(batch, this.#session).catch((error: unknown) => this.#init.reportError(error));
    }
  }

  async #send(batch: Batch, session: string): Promise<void> {
    const { transport, limitMs, maxMessageBytes } = this.#init;
    try {
      const body = encodeRecords(batch.waiting.map(({ record }) => record));
      const parts = encodeBatch(this.#sessionBytes, batch.number, body, maxMessageBytes);
      for (const part of parts.slice(0, -1)) await transport.publish(this.#subject, part, { headers: BATCH });
      const answer = await awaitReply(transport, this.#subject, parts.at(-1)!, {
        headers: BATCH,
        timeout: limitMs,
      });
      const reply = decodeControl(answer.data) as BatchReply;
      if (session !== this.#session) return;
      if (reply.ok) this.#acknowledge(batch);
      else this.#alone(`it refused a batch: ${reply.reason}`);
    } catch (error) {
      if (session === this.#session) this.#alone((error as Error).message);
    }
  }

  #acknowledge(batch: Batch): void {
    this.#underWay = this.#underWay.filter((other) => other !== batch);
    this.#acknowledged = Math.max(this.#acknowledged, batch.number);
    for (const waiting of batch.waiting) {
      this.#waitingBytes -= waiting.bytes;
      waiting.isDone = true;
      waiting.resolve?.();
    }
    this.#pump();
    this.#wakeWaiters();
  }

  #wakeWaiters(): void {
    for (const waiter of this.#roomWaiters.splice(0)) waiter();
  }

  #connect(pause: number): Promise<void> {
    return (this.#attempt = this.#greet(pause).finally(() => {
      this.#attempt = undefined;
    }));
  }

  async #greet(pause: number): Promise<void> {
    const bytes = this.#init.randomBytes(SESSION_BYTES);
    const session = Buffer.from(bytes).toString('hex');
    let greeted: Greeted;
    try {
      greeted = await greet(this.#init, session);
    } catch (error) {
      if (this.#state !== 'closed') this.#greetLater((error as Error).message, pause);
      return;
    }
    if (this.#state === 'closed') return;
    if ('noCommonVersion' in greeted) {
      this.#noCommonVersion(greeted.noCommonVersion);
      return;
    }
    const { hello } = greeted;
    this.#refusal = undefined;
    this.#features = greeted.features;
    if (hello.takenOver) {
      this.#end('taken-over', `node ${hello.takenOver.by} runs its instances`);
      return;
    }
    this.#begin(session, bytes, hello);
  }

  #greetLater(reason: string, pause: number, next = Math.min(pause * 2, LONGEST_PAUSE_MS)): void {
    this.#end('alone', reason);
    this.#timer = this.#init.setTimer(() => {
      this.#connect(next).catch(this.#init.reportError);
    }, pause);
  }

  /** Nothing is lost: the node goes on alone until one of the two has been updated. */
  #noCommonVersion(reason: string): void {
    this.#greetLater(reason, LONGEST_PAUSE_MS);
    if (this.#refusal === reason) return;
    this.#refusal = reason;
    this.#init.reportError(
      new NodeError(NodeErrorCode.otherProtocol, `Checkpoints are not copied: ${reason}`, {
        fix: 'Update the older of the two nodes.',
      }),
    );
  }

  #begin(session: string, bytes: Uint8Array, hello: HelloReply): void {
    // The peer may have taken more of it than it could acknowledge: that is among the changed ones too.
    const known = this.#changed.take(hello.session);
    const changed = hello.store === this.#init.storeId ? known : undefined;
    this.#session = session;
    this.#sessionBytes = bytes;
    this.#lastNumber = 0;
    this.#acknowledged = 0;
    this.#newer = new Set();
    this.#changedParts = new Set();
    this.#change('catching-up', undefined);
    this.#catchUp(this.#sessionFor(session, hello, changed)).catch((error: unknown) => {
      if (this.#session === session)
        this.#alone(`it could not be caught up with: ${(error as Error).message}`);
    });
  }

  async #catchUp(session: Session): Promise<void> {
    const { catchUp, alone, wantedCode } = this.#init;
    await catchUp(session);
    if (alone) {
      this.#check(session.id);
      this.#isCaughtUp = true;
      await session.sent();
      await alone.clear();
    }
    if (this.#session !== session.id) return;
    this.#newer = new Set();
    this.#change('in-step', undefined);
    await this.record({ kind: 'drop-code', keep: wantedCode() });
  }

  /** Asks the peer within the session that stands; rejects without one. */
  readonly ask: AskPeer = (kind, request, onPart) => this.#ask(this.#session, kind, request, onPart);

  async #ask(session: string | undefined, ...[kind, request, onPart]: Parameters<AskPeer>): Promise<Message> {
    const { transport, limitMs } = this.#init;
    this.#check(session);
    const answer = await awaitReply(transport, this.#subject, encodeControl({ session, ...request }), {
      headers: { [REPLICA]: kind },
      timeout: limitMs * 5,
      ...(onPart ? { onInterim: onPart } : {}),
    });
    this.#check(session);
    return answer;
  }

  #check(session: string | undefined): void {
    if (session === undefined || this.#session !== session)
      throw new Error('there is no session with the peer, or it is over');
  }

  #sessionFor(id: string, hello: HelloReply, changed: ReadonlySet<string> | undefined): Session {
    return {
      id,
      hello,
      changed,
      isNewer: (instance) => this.#newer.has(instance),
      takeChangedParts: () => {
        const ids = this.#changedParts;
        this.#changedParts = new Set();
        return ids;
      },
      ask: (kind, request, onPart) => this.#ask(id, kind, request, onPart),
      send: async (records) => {
        // Half of the room is kept for what instances write meanwhile.
        while (this.#session === id && this.#waitingBytes > this.#init.maxWaitingBytes / 2)
          await new Promise<void>((resolve) => this.#roomWaiters.push(resolve));
        this.#check(id);
        for (const record of records) {
          const instance = instanceOf(record);
          if (instance === undefined || !this.#newer.has(instance)) this.#enqueue(record, undefined);
        }
      },
      sent: async () => {
        const last = this.#queue.at(-1) ?? this.#underWay.at(-1)?.waiting.at(-1);
        while (this.#session === id && last?.isDone === false)
          await new Promise<void>((resolve) => this.#roomWaiters.push(resolve));
        this.#check(id);
      },
    };
  }

  /** Goes on without the peer, and greets it again after a while. */
  #alone(reason: string): void {
    const pause = this.#state === 'in-step' ? FIRST_PAUSE_MS : LONGEST_PAUSE_MS;
    this.#greetLater(reason, pause, FIRST_PAUSE_MS);
  }

  #end(state: 'alone' | 'taken-over' | 'closed', reason: string | undefined): void {
    this.#init.clearTimer(this.#timer);
    this.#probe.close();
    const lost = [...this.#underWay.flatMap(({ waiting }) => waiting), ...this.#queue];
    if (this.#session !== undefined) {
      // Only a session in which nothing was left to compare tells what the peer has.
      const isComplete = this.#state === 'in-step';
      this.#changed.begin(isComplete ? { session: this.#session, number: this.#acknowledged } : undefined);
    }
    this.#session = undefined;
    this.#isCaughtUp = false;
    this.#queue = [];
    this.#underWay = [];
    this.#waitingBytes = 0;
    for (const { record } of lost) this.#changed.add(instanceOf(record));
    if (this.#state !== 'closed') this.#change(state, reason);
    for (const { record, resolve } of lost)
      if (resolve) this.#withoutPeer(instanceOf(record)).then(resolve, this.#init.reportError);
    this.#wakeWaiters();
  }

  #change(state: ReplicationState, reason: string | undefined): void {
    if (this.#state === state && this.#reason === reason) return;
    if (this.#state !== state) this.#since = this.#init.now();
    this.#state = state;
    this.#reason = reason;
    this.#init.changed(this.status);
  }
}

const BATCH = { [REPLICA]: 'batch' };
