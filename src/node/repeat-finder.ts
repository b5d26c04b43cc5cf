/**
 * Asks the other nodes whether one of them has the instance of a repeated request. The requests of a script are shared
 * among nodes, so a repetition may reach another node than the first one did; the node that has the instance takes the
 * requester over and says so. Only requests that are marked as possible repetitions are asked about: the others pay nothing.
 *
 * Owns: which other nodes there are, as far as is known. Invariants:
 * 1. Nodes greet when they begin and say so when they end, so that everybody knows everybody.
 * 2. A question is over when one has said yes, when all that are known have said no, or after `waitMs`.
 * 3. A node that did not answer in time is taken for dead until it is heard of again.
 */
import { INTERIM, REQUEST_ID } from '../transport/headers.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { Message, Subscription, Transport } from '../transport/transport.ts';

/** Every node listens here. */
const SUBJECT = 'waymark.nodes';
/** `hello`, `bye`, `find`, `mine`, `not-mine`. */
const SAYS = 'waymark-says';
const NODE = 'waymark-node';
const SCRIPT = 'waymark-script';
const REPLY_TO = 'waymark-reply-to';
const NOTHING = new Uint8Array(0);

export interface RepeatFinderInit {
  readonly transport: Transport;
  /** Different for every node. */
  readonly nodeId: string;
  /** How long the others have to answer, ms. */
  readonly waitMs: number;
  /** True when this node has the instance; it then replies to the requester. */
  readonly takeOver: (script: string, requestId: string, replyTo: string | undefined) => Promise<boolean>;
  readonly reportError: (error: unknown) => void;
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
    const { transport, nodeId, waitMs } = this.#init;
    if (this.#others.size === 0) return false;
    const headers: Record<string, string> = {
      [SAYS]: 'find',
      [NODE]: nodeId,
      [SCRIPT]: script,
      [REQUEST_ID]: requestId,
      ...(replyTo === undefined ? {} : { [REPLY_TO]: replyTo }),
    };
    const asked = new Set(this.#others);
    const allSaidNo = new AbortController();
    const onInterim = ({ headers: answer }: Message): void => {
      const node = answer[NODE];
      if (node !== undefined) this.#others.add(node);
      if (node !== undefined && asked.delete(node) && asked.size === 0) allSaidNo.abort();
    };
    try {
      const { signal } = allSaidNo;
      await transport.request(SUBJECT, NOTHING, { headers, timeout: waitMs, onInterim, signal });
      return true;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (error.kind === 'timeout') for (const node of asked) this.#others.delete(node);
      if (error.kind === 'timeout' || error.kind === 'noResponders' || allSaidNo.signal.aborted) return false;
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
    const { transport, nodeId, takeOver } = this.#init;
    const script = headers[SCRIPT];
    const requestId = headers[REQUEST_ID];
    if (script === undefined || requestId === undefined || replyTo === undefined) return;
    const isMine = await takeOver(script, requestId, headers[REPLY_TO]);
    const answer: Record<string, string> = { [SAYS]: isMine ? 'mine' : 'not-mine', [NODE]: nodeId };
    if (!isMine) answer[INTERIM] = 'true';
    await transport.publish(replyTo, NOTHING, { headers: answer });
  }

  #say(what: 'hello' | 'bye'): Promise<void> {
    const { transport, nodeId } = this.#init;
    return transport.publish(SUBJECT, NOTHING, { headers: { [SAYS]: what, [NODE]: nodeId } });
  }
}
