/**
 * Owns: the subscriptions and requests of one member, and its view of everybody else's. Invariants:
 *
 * 1. A handler is called for a subscription only until `unsubscribe` has resolved.
 * 2. After `close` nothing is delivered and every call is refused with WM6003.
 * 3. A handler that throws (or whose promise rejects) is reported, and the next message is delivered.
 */
import { abortedBefore, peerNotReading, TransportError } from '../transport-error.ts';
import type { Headers, Message, Requester, RequestOptions, Subscription, Transport } from '../transport.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { memoryLink } from './in-process-hub.ts';
import { TO_INBOX, type Link, type Medium, type Member } from './link.ts';
import { checkMessage } from '../message-limits.ts';
import { RequestTable } from '../request-table.ts';
import { RoutingTable } from './routing-table.ts';
import { checkSubject, checkSubscription, inboxOwner, INBOX_PREFIX } from '../subject.ts';
import type { Timers } from '../timers.ts';

export interface LocalTransportInit {
  readonly id: string;
  readonly maxMessageBytes: number;
  readonly maxBufferedBytes: number;
  readonly firstRequest: number;
  readonly timers: Timers;
  readonly onError: (error: unknown) => void;
}

type Handler = (message: Message) => void;

const NO_HEADERS: Headers = Object.freeze({});
const DONE = Promise.resolve();

export class LocalTransport implements Transport, Member {
  readonly id: string;
  readonly #init: LocalTransportInit;
  readonly #handlers = new Map<number, { readonly subject: string; readonly handler: Handler }>();
  readonly #routes = new RoutingTable();
  readonly #requests: RequestTable;
  readonly #loopback: DeliveryQueue;
  readonly #self: Link;
  #medium: Medium | undefined;
  #nextSubscription = TO_INBOX + 1;
  #closing: Promise<void> | undefined;

  constructor(init: LocalTransportInit) {
    this.id = init.id;
    this.#init = init;
    this.#requests = new RequestTable(`${INBOX_PREFIX}${init.id}.`, init.firstRequest, init.timers, (error) =>
      this.reportError(error),
    );
    this.#loopback = new DeliveryQueue(this, init.maxBufferedBytes);
    this.#self = memoryLink(init.id, this.#loopback);
  }

  /** Must be called once, before anything else. */
  attach(medium: Medium): void {
    this.#medium = medium;
  }

  async subscribe(
    subject: string,
    options: { readonly queue?: string | undefined },
    handler: Handler,
  ): Promise<Subscription> {
    const medium = this.#open();
    checkSubscription(subject, options.queue);
    const number = this.#nextSubscription++;
    this.#handlers.set(number, { subject, handler });
    this.#routes.add(this.#self, number, subject, options.queue);
    await medium.announce(number, subject, options.queue);
    let gone: Promise<void> | undefined;
    return { unsubscribe: () => (gone ??= this.#unsubscribe(number)) };
  }

  publish(
    subject: string,
    data: Uint8Array,
    options?: { headers?: Headers; replyTo?: string },
  ): Promise<void> {
    try {
      this.#open();
      const headers = options?.headers ?? NO_HEADERS;
      checkSubject(subject);
      if (options?.replyTo !== undefined) checkSubject(options.replyTo);
      checkMessage(subject, headers, data, this.#init.maxMessageBytes);
      const owner = inboxOwner(subject);
      if (owner !== undefined) return this.#publishToInbox(owner, subject, options?.replyTo, headers, data);
      this.#routes.dispatch(subject, options?.replyTo, headers, data);
      return DONE;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  request(subject: string, data: Uint8Array, options: RequestOptions, requester: Requester): void {
    const medium = this.#open();
    const headers = options.headers ?? NO_HEADERS;
    checkSubject(subject);
    checkMessage(subject, headers, data, this.#init.maxMessageBytes);
    if (options.signal?.aborted === true) throw abortedBefore(subject, options.signal);
    const inbox = this.#requests.newInbox();
    this.#requests.wait(inbox, subject, options, requester);
    if (this.#routes.has(subject) || medium.joining() === undefined)
      this.#sendRequest(inbox, subject, headers, data);
    else {
      this.#sendWhenRouted(inbox, subject, headers, data).catch((error: unknown) => this.reportError(error));
    }
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  peerSubscribed(link: Link, subscription: number, subject: string, queue: string | undefined): void {
    this.#routes.add(link, subscription, subject, queue);
  }

  peerUnsubscribed(link: Link, subscription: number): void {
    this.#routes.remove(link, subscription);
  }

  peerLost(link: Link): void {
    this.#routes.removeLink(link);
  }

  received(
    subscription: number,
    subject: string,
    replyTo: string | undefined,
    headers: Headers,
    data: Uint8Array,
  ): void {
    if (this.#closing !== undefined) return;
    if (subscription === TO_INBOX) {
      this.#requests.received({ subject, data, headers, replyTo });
      return;
    }
    const entry = this.#handlers.get(subscription);
    if (entry === undefined) return;
    try {
      // A handler may be an async function in spite of its type.
      const result: unknown = (entry.handler as (message: Message) => unknown)({
        subject: entry.subject,
        data,
        headers,
        replyTo,
      });
      if (result instanceof Promise)
        result.catch((error: unknown) => this.#handlerFailed(entry.subject, error));
    } catch (error) {
      this.#handlerFailed(entry.subject, error);
    }
  }

  reportError(error: unknown): void {
    this.#init.onError(error);
  }

  #open(): Medium {
    if (this.#closing === undefined) return this.#medium!;
    throw new TransportError('closed', `The transport "${this.id}" is closed`);
  }

  #handlerFailed(subject: string, error: unknown): void {
    this.reportError(
      new TransportError('handlerFailed', `A handler of "${subject}" threw: ${String(error)}`, {
        cause: error,
      }),
    );
  }

  #sendRequest(inbox: string, subject: string, headers: Headers, data: Uint8Array): void {
    const { taken, refused } = this.#routes.dispatch(subject, inbox, headers, data);
    if (taken > 0) return;
    if (refused.length > 0) this.#requests.fail(inbox, peerNotReading(refused[0]!.peer, subject));
    else {
      this.#requests.fail(
        inbox,
        new TransportError('noResponders', `Nobody subscribes to "${subject}"`, {
          fix: 'Start the process that serves it, or correct the subject.',
        }),
      );
    }
  }

  #publishToInbox(
    owner: string,
    subject: string,
    replyTo: string | undefined,
    headers: Headers,
    data: Uint8Array,
  ): Promise<void> {
    const link = owner === this.id ? this.#self : this.#medium!.linkTo(owner);
    if (link === undefined) return this.#publishWhenLinked(owner, subject, replyTo, headers, data);
    link.send(TO_INBOX, subject, replyTo, headers, data);
    return DONE;
  }

  async #publishWhenLinked(
    owner: string,
    subject: string,
    replyTo: string | undefined,
    headers: Headers,
    data: Uint8Array,
  ): Promise<void> {
    let link: Link | undefined;
    // The member that asked may be one that this one is still connecting to, for example after a restart.
    while (link === undefined) {
      const change = this.#medium!.joining();
      if (change === undefined) return;
      await change;
      if (this.#closing !== undefined) return;
      link = this.#medium!.linkTo(owner);
    }
    link.send(TO_INBOX, subject, replyTo, headers, data);
  }

  /** Sends as soon as somebody subscribes to the subject, or nobody else is expected. */
  async #sendWhenRouted(inbox: string, subject: string, headers: Headers, data: Uint8Array): Promise<void> {
    while (!this.#routes.has(subject)) {
      const change = this.#medium!.joining();
      if (change === undefined) break;
      await change;
    }
    if (this.#requests.has(inbox)) this.#sendRequest(inbox, subject, headers, data);
  }

  async #unsubscribe(number: number): Promise<void> {
    this.#routes.remove(this.#self, number);
    await Promise.all([this.#medium!.withdraw(number), this.#loopback.drained()]);
    this.#handlers.delete(number);
  }

  async #close(): Promise<void> {
    const medium = this.#medium!;
    await Promise.resolve();
    this.#requests.failAll(() => new TransportError('closed', `The transport "${this.id}" was closed`));
    this.#loopback.close();
    this.#handlers.clear();
    await medium.close();
  }
}
