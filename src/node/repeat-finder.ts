/**
 * Asks the other nodes whether one of them has the instance of a repeated request. The requests of a script are shared
 * among nodes, so a repetition may reach another node than the first one did; the node that has the instance takes the
 * requester over and says so. Only requests that are marked as possible repetitions are asked about: the others pay nothing.
 *
 * Owns: which other nodes there are, as far as is known. Invariants:
 * 1. Nodes greet when they begin and say so when they end, so that everybody knows everybody.
 * 2. A question is over when one has said yes, when all that are known have said no, or after `waitMs`.
 * 3. A node that did not answer in time is taken for dead until it is heard of again.
 * 4. When nobody has the instance, but one keeps a copy of it for a node that is away, that one replies: a second run would be wrong.
 */
import { awaitReply } from '../transport/await-reply.ts';
import { INTERIM, REQUEST_ID } from '../transport/headers.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { Message, Subscription, Transport } from '../transport/transport.ts';

/** Every node listens here. */
const SUBJECT = 'waymark.nodes';
/** `hello`, `bye`, `find`, `mine`, `not-mine`, `copy` (not mine, but a copy is here). */
const SAYS = 'waymark-says';
const NODE = 'waymark-node';
const SCRIPT = 'waymark-script';
const REPLY_TO = 'waymark-reply-to';
/** On `find`: the node that is to reply from its copy. */
const FROM_COPY = 'waymark-from-copy';
const NOTHING = new Uint8Array(0);

export interface RepeatFinderInit {
  readonly transport: Transport;
  /** Different for every node. */
  readonly nodeId: string;
  /** How long the others have to answer, ms. */
  readonly waitMs: number;
  /** True when this node has the instance; it then replies to the requester. */
  readonly takeOver: (script: string, requestId: string, replyTo: string | undefined) => Promise<boolean>;
  /** True when this node keeps a copy of the instance for another one. */
  readonly hasCopy: (script: string, requestId: string) => Promise<boolean>;
  /** Replies to the requester from that copy. False when there is none any more. */
  readonly answerFromCopy: (
    script: string,
    requestId: string,
    replyTo: string | undefined,
  ) => Promise<boolean>;
  readonly reportError: (error: unknown) => void;
}

interface Found {
  readonly isMine: boolean;
  /** A node that keeps a copy. */
  readonly copyAt: string | undefined;
  /** All that were asked have said no. */
  readonly isDenied: boolean;
}

export class RepeatFinder {
  readonly #init: RepeatFinderInit;
  readonly #others = new Set<string>();
  #subscription: Subscription | undefined;

  constructor(init: RepeatFinderInit) {
    this.#init = init;
  }

  /** Other nodes that are known. */
  get others(): ReadonlySet<string> {
    return this.#others;
  }

  async open(): Promise<void> {
    const { transport, reportError } = this.#init;
    this.#subscription = await transport.subscribe(SUBJECT, {}, (message) => {
      this.#heard(message).catch(reportError);
    });
    await this.#say('hello');
  }

  /** True when another node has the instance and replies to the requester. */
  async askOthers(script: string, requestId: string, replyTo: string | undefined): Promise<boolean> {
    if (this.#others.size === 0) return false;
    const headers: Record<string, string> = {
      [SAYS]: 'find',
      [NODE]: this.#init.nodeId,
      [SCRIPT]: script,
      [REQUEST_ID]: requestId,
      ...(replyTo === undefined ? {} : { [REPLY_TO]: replyTo }),
    };
    const found = await this.#ask(headers, new Set(this.#others));
    if (found.isMine || found.copyAt === undefined) return found.isMine;
    const again = await this.#ask({ ...headers, [FROM_COPY]: found.copyAt }, new Set([found.copyAt]));
    // Without an answer in time nothing is started: the requester asks again.
    return again.isMine || !again.isDenied;
  }

  async #ask(headers: Record<string, string>, asked: Set<string>): Promise<Found> {
    const { transport, waitMs } = this.#init;
    let copyAt: string | undefined;
    const allSaidNo = new AbortController();
    const onInterim = ({ headers: answer }: Message): void => {
      const node = answer[NODE];
      if (node !== undefined) this.#others.add(node);
      if (answer[SAYS] === 'copy') copyAt = node;
      if (node !== undefined && asked.delete(node) && asked.size === 0) allSaidNo.abort();
    };
    try {
      const { signal } = allSaidNo;
      await awaitReply(transport, SUBJECT, NOTHING, { headers, timeout: waitMs, onInterim, signal });
      return { isMine: true, copyAt, isDenied: false };
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (error.kind === 'timeout') for (const node of asked) this.#others.delete(node);
      const isDenied = allSaidNo.signal.aborted;
      if (error.kind === 'timeout' || error.kind === 'noResponders' || isDenied)
        return { isMine: false, copyAt, isDenied };
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#subscription === undefined) return;
    await this.#subscription.unsubscribe();
    await this.#say('bye');
  }

  async #heard({ headers, replyTo }: Message): Promise<void> {
    const node = headers[NODE];
    if (node === undefined || node === this.#init.nodeId) return;
    if (headers[SAYS] === 'bye') {
      this.#others.delete(node);
      return;
    }
    const isNew = !this.#others.has(node);
    this.#others.add(node);
    // So that a node that has just begun knows those that were there before.
    if (headers[SAYS] === 'hello' && isNew) await this.#say('hello');
    if (headers[SAYS] === 'find') await this.#answer(headers, replyTo);
  }

  async #answer(headers: Message['headers'], replyTo: string | undefined): Promise<void> {
    const { transport, nodeId, takeOver, hasCopy, answerFromCopy } = this.#init;
    const script = headers[SCRIPT];
    const requestId = headers[REQUEST_ID];
    if (script === undefined || requestId === undefined || replyTo === undefined) return;
    const fromCopy = headers[FROM_COPY];
    if (fromCopy !== undefined && fromCopy !== nodeId) return;
    let says = 'not-mine';
    if (await takeOver(script, requestId, headers[REPLY_TO])) says = 'mine';
    else if (fromCopy !== undefined) {
      if (await answerFromCopy(script, requestId, headers[REPLY_TO])) says = 'mine';
    } else if (await hasCopy(script, requestId)) says = 'copy';
    const answer: Record<string, string> = { [SAYS]: says, [NODE]: nodeId };
    if (says !== 'mine') answer[INTERIM] = 'true';
    await transport.publish(replyTo, NOTHING, { headers: answer });
  }

  #say(what: 'hello' | 'bye'): Promise<void> {
    const { transport, nodeId } = this.#init;
    return transport.publish(SUBJECT, NOTHING, { headers: { [SAYS]: what, [NODE]: nodeId } });
  }
}
