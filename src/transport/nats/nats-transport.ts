/**
 * The transport over NATS. Owns: the subscriptions and requests of one member. Invariants:
 *
 * 1. A handler is called for a subscription only until `unsubscribe` has resolved.
 * 2. After `close` nothing is delivered and every call is refused with WM6003.
 * 3. A handler that throws (or whose promise rejects) is reported, and the next message is delivered.
 */
import type { Msg, NatsConnection, Subscription as NatsSubscription } from '@nats-io/transport-node';
import { checkMessage } from '../message-limits.ts';
import { RequestTable } from '../request-table.ts';
import { checkSubject, checkSubscription, INBOX_PREFIX } from '../subject.ts';
import type { Timers } from '../timers.ts';
import { abortedBefore, TransportError } from '../transport-error.ts';
import type { Headers, Message, Requester, RequestOptions, Subscription, Transport } from '../transport.ts';
import { NatsConnectionKeeper, type NatsConnectionInit, type NatsState } from './nats-connection.ts';
import { fromNats, toNats } from './nats-headers.ts';

export interface NatsTransportInit extends Omit<NatsConnectionInit, 'onConnected'> {
  /** Unique among all that are connected, also those of earlier lives: replies come to `_INBOX.<inbox>`. */
  readonly inbox: string;
  readonly maxMessageBytes: number;
  readonly timers: Timers;
}

type Handler = (message: Message) => void;

interface Entry {
  readonly subject: string;
  readonly queue: string | undefined;
  readonly handler: Handler;
  live: NatsSubscription | undefined;
}

const NO_HEADERS: Headers = Object.freeze({});
/** Status of the message that a server sends to the inbox of a request that nobody subscribes to. */
const NO_RESPONDERS = 503;
const CLOSE_LIMIT_MS = 2_000;

export class NatsTransport implements Transport {
  readonly #init: NatsTransportInit;
  readonly #connection: NatsConnectionKeeper;
  readonly #requests: RequestTable;
  readonly #entries = new Set<Entry>();
  #closing: Promise<void> | undefined;

  constructor(init: NatsTransportInit) {
    this.#init = init;
    this.#requests = new RequestTable(`${INBOX_PREFIX}${init.inbox}.`, 1, init.timers, init.onError);
    this.#connection = new NatsConnectionKeeper({
      ...init,
      onConnected: (client, isFirst) => this.#begin(client, isFirst),
    });
  }

  /** Resolves when the first connection stands, or `close` was called. */
  connect(): Promise<void> {
    return this.#connection.run();
  }

  /** The client's connection, for what else NATS offers. @throws TransportError WM6014 while there is none */
  get client(): NatsConnection {
    const { client } = this.#connection;
    if (client) return client;
    throw new TransportError('connection', 'NATS is not connected', { fix: 'Wait for `connected`.' });
  }

  get state(): NatsState {
    return this.#connection.state;
  }

  /** Bytes of messages that wait for a connection. */
  get waitingBytes(): number {
    return this.#connection.waitingBytes;
  }

  /** Resolves when the server knows the subscription; at once while there is no connection: it begins with the next. */
  async subscribe(
    subject: string,
    options: { readonly queue?: string | undefined },
    handler: Handler,
  ): Promise<Subscription> {
    this.#checkOpen();
    checkSubscription(subject, options.queue);
    const entry: Entry = { subject, queue: options.queue, handler, live: undefined };
    this.#entries.add(entry);
    const { client } = this.#connection;
    if (client) {
      this.#listen(client, entry);
      await this.#connection.flush();
    }
    let gone: Promise<void> | undefined;
    return { unsubscribe: () => (gone ??= this.#unsubscribe(entry)) };
  }

  publish(
    subject: string,
    data: Uint8Array,
    options?: { headers?: Headers; replyTo?: string },
  ): Promise<void> {
    try {
      this.#checkOpen();
      const headers = options?.headers ?? NO_HEADERS;
      this.#check(subject, headers, data);
      if (options?.replyTo !== undefined) checkSubject(options.replyTo);
      return this.#connection.publish(subject, data, toNats(headers), options?.replyTo);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  request(subject: string, data: Uint8Array, options: RequestOptions, requester: Requester): void {
    this.#checkOpen();
    const headers = options.headers ?? NO_HEADERS;
    this.#check(subject, headers, data);
    if (options.signal?.aborted === true) throw abortedBefore(subject, options.signal);
    const sent = toNats(headers);
    const inbox = this.#requests.newInbox();
    this.#requests.wait(inbox, subject, options, requester);
    const failed = (error: unknown): void => this.#requests.fail(inbox, error as TransportError);
    try {
      this.#connection.publish(subject, data, sent, inbox).catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new TransportError('closed', 'The transport to NATS is closed');
  }

  #check(subject: string, headers: Headers, data: Uint8Array): void {
    checkSubject(subject);
    checkMessage(subject, headers, data, this.#init.maxMessageBytes);
    let bytes = data.length;
    for (const name in headers) bytes += name.length + headers[name]!.length + 4;
    if (bytes <= this.#connection.maxPayload) return;
    throw new TransportError(
      'tooLarge',
      `A message to "${subject}" has ${bytes} bytes with its headers; the NATS server takes ${this.#connection.maxPayload}`,
      {
        fix: 'Send a reference to the data instead of the data, or raise `max_payload` of the NATS server.',
      },
    );
  }

  /** A connection, the first or a later one; the client itself brings back what it had subscribed before. */
  #begin(client: NatsConnection, isFirst: boolean): void {
    if (isFirst) {
      client.subscribe(`${INBOX_PREFIX}${this.#init.inbox}.*`, {
        callback: (error, message) => {
          if (error) this.#init.onError(error);
          else this.#replied(message);
        },
      });
    }
    for (const entry of this.#entries) if (!entry.live) this.#listen(client, entry);
  }

  #listen(client: NatsConnection, entry: Entry): void {
    entry.live = client.subscribe(entry.subject, {
      ...(entry.queue === undefined ? {} : { queue: entry.queue }),
      callback: (error, message) => {
        if (error) this.#init.onError(error);
        else this.#deliver(entry, message);
      },
    });
  }

  #replied(message: Msg): void {
    if (message.headers?.code === NO_RESPONDERS && message.data.length === 0) {
      this.#requests.fail(
        message.subject,
        new TransportError('noResponders', 'Nobody subscribes to the subject of the request', {
          fix: 'Start the process that serves it, or correct the subject.',
        }),
      );
      return;
    }
    this.#requests.received(toMessage(message, message.subject));
  }

  #deliver(entry: Entry, message: Msg): void {
    if (this.#closing !== undefined || !this.#entries.has(entry)) return;
    try {
      // A handler may be an async function in spite of its type.
      const result: unknown = (entry.handler as (given: Message) => unknown)(
        toMessage(message, entry.subject),
      );
      if (result instanceof Promise)
        result.catch((error: unknown) => this.#handlerFailed(entry.subject, error));
    } catch (error) {
      this.#handlerFailed(entry.subject, error);
    }
  }

  #handlerFailed(subject: string, error: unknown): void {
    this.#init.onError(
      new TransportError('handlerFailed', `A handler of "${subject}" threw: ${String(error)}`, {
        cause: error,
      }),
    );
  }

  async #unsubscribe(entry: Entry): Promise<void> {
    const { live } = entry;
    if (live && this.#connection.client && !live.isClosed()) await live.drain().catch(() => {});
    else live?.unsubscribe();
    this.#entries.delete(entry);
  }

  async #close(): Promise<void> {
    await Promise.resolve();
    this.#requests.failAll(() => new TransportError('closed', 'The transport to NATS was closed'));
    // Told before the flush, the server gives nothing more to a connection that it takes for open for some time yet.
    for (const { live } of this.#entries) if (live && !live.isClosed()) live.unsubscribe();
    this.#entries.clear();
    await this.#connection.close(CLOSE_LIMIT_MS);
  }
}

function toMessage(message: Msg, subject: string): Message {
  const { reply } = message;
  return {
    subject,
    data: message.data,
    headers: message.headers ? fromNats(message.headers) : NO_HEADERS,
    replyTo: reply === '' || reply === undefined ? undefined : reply,
  };
}
