/**
 * Owns: a socket on which another process sends to this one. Invariants:
 *
 * 1. The first frame is HELLO with the right version; nothing else is looked at before.
 * 2. The first malformed frame closes this connection, and nothing but this connection.
 */
import type { Socket } from 'node:net';
import type { Headers } from '../transport.ts';
import { readMessage, readNumber, readText } from './frame-fields.ts';
import { FORMAT_VERSION, KIND, MAX_ENVELOPE_BYTES } from './frame-format.ts';
import { FrameReader, malformed } from './frame-reader.ts';
import type { PeerName } from './socket-directory.ts';
import { isSubject, isToken } from '../subject.ts';

/** What the peer tells; called in the order in which it was sent. */
export interface IncomingEvents {
  hello(peer: PeerName): void;
  subscribe(subscription: number, subject: string, queue: string | undefined): void;
  unsubscribe(subscription: number): void;
  ready(): void;
  sync(token: number): void;
  known(token: number): void;
  message(
    subscription: number,
    subject: string,
    replyTo: string | undefined,
    headers: Headers,
    data: Uint8Array,
  ): void;
  lost(): void;
  reportError(error: unknown): void;
}

export class IncomingConnection {
  readonly #socket: Socket;
  readonly #events: IncomingEvents;
  #greeted = false;

  constructor(socket: Socket, maxMessageBytes: number, events: IncomingEvents) {
    this.#socket = socket;
    this.#events = events;
    const reader = new FrameReader(maxMessageBytes + MAX_ENVELOPE_BYTES, (kind, bytes, start, end) =>
      this.#frame(kind, bytes, start, end),
    );
    socket.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        socket.destroy();
        events.reportError(error);
      }
    });
    // 'close' follows; why a connection broke says nothing that its end does not say.
    socket.on('error', () => {});
    socket.on('close', () => events.lost());
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #frame(kind: number, bytes: Buffer, start: number, end: number): void {
    const events = this.#events;
    if (this.#socket.destroyed) return;
    if (!this.#greeted) {
      if (kind !== KIND.hello) throw malformed('something else before its greeting');
      this.#hello(bytes, start, end);
      return;
    }
    switch (kind) {
      case KIND.message: {
        const message = readMessage(bytes, start, end);
        events.message(message.subscription, message.subject, message.replyTo, message.headers, message.data);
        return;
      }
      case KIND.subscribe:
        this.#subscribe(bytes, start, end);
        return;
      case KIND.unsubscribe:
        events.unsubscribe(readNumber(bytes, start, end));
        return;
      case KIND.ready:
        events.ready();
        return;
      case KIND.sync:
        events.sync(readNumber(bytes, start, end));
        return;
      case KIND.known:
        events.known(readNumber(bytes, start, end));
        return;
      default:
        throw malformed(`a frame of unknown kind ${kind}`);
    }
  }

  #hello(bytes: Buffer, start: number, end: number): void {
    const version = readNumber(bytes, start, end);
    if (version !== FORMAT_VERSION)
      throw malformed(`frames of version ${version} (this is ${FORMAT_VERSION})`);
    const id = readText(bytes, start + 4, end);
    const incarnation = readText(bytes, id.next, end);
    if (!isToken(id.text) || !isToken(incarnation.text)) throw malformed('a bad peer id');
    this.#greeted = true;
    this.#events.hello({ id: id.text, incarnation: incarnation.text });
  }

  #subscribe(bytes: Buffer, start: number, end: number): void {
    const subscription = readNumber(bytes, start, end);
    const subject = readText(bytes, start + 4, end);
    if (subject.next >= end) throw malformed('a truncated subscription');
    const queue = readText(bytes, subject.next + 1, end);
    const hasQueue = bytes[subject.next] === 1;
    if (subscription === 0 || !isSubject(subject.text) || (hasQueue && !isSubject(queue.text))) {
      throw malformed('a bad subscription');
    }
    this.#events.subscribe(subscription, subject.text, hasQueue ? queue.text : undefined);
  }
}
