/**
 * Owns: the socket through which this process sends to one peer. Invariants:
 *
 * 1. Frames are written in the order in which they were added; those of one turn of the event loop go out in one write.
 * 2. At most `maxBytes` wait. When that is reached it is reported once, and every message is refused until all have
 *    been written: a queue group passes the slow member over instead of feeding it single messages.
 * 3. What waits when the connection is lost is lost with it: delivery is at most once.
 */
import { connect, type Socket } from 'node:net';
import { peerNotReading } from '../transport-error.ts';
import type { Headers } from '../transport.ts';
import { FrameWriter } from './frame-writer.ts';

export interface OutgoingEvents {
  connected(): void;
  /** `code`: of the system error, for example ECONNREFUSED; undefined when the peer closed. Called once. */
  lost(code: string | undefined): void;
  reportError(error: unknown): void;
}

export class OutgoingConnection {
  readonly writer = new FrameWriter();
  readonly #peer: string;
  readonly #maxBytes: number;
  readonly #events: OutgoingEvents;
  readonly #socket: Socket;
  #connected = false;
  #closed = false;
  #writing = false;
  #scheduled = false;
  #congested = false;
  #errorCode: string | undefined;
  #ended: (() => void) | undefined;

  constructor(path: string, peer: string, maxBytes: number, events: OutgoingEvents) {
    this.#peer = peer;
    this.#maxBytes = maxBytes;
    this.#events = events;
    this.#socket = connect(path);
    this.#socket.on('connect', () => {
      this.#connected = true;
      events.connected();
      this.#flush();
    });
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#errorCode = error.code;
    });
    // Nothing is sent this way; reading notices the end.
    this.#socket.resume();
    this.#socket.on('close', () => {
      this.#closed = true;
      this.#ended?.();
      events.lost(this.#errorCode);
    });
  }

  get connected(): boolean {
    return this.#connected && !this.#closed;
  }

  /** False when refused. */
  message(
    subscription: number,
    subject: string,
    replyTo: string | undefined,
    headers: Headers,
    data: Uint8Array,
  ): boolean {
    if (this.#closed || this.#congested) return false;
    if (this.writer.length + this.#socket.writableLength + data.length > this.#maxBytes) {
      this.#congested = true;
      this.#events.reportError(peerNotReading(this.#peer));
      return false;
    }
    this.writer.message(subscription, subject, replyTo, headers, data);
    this.flushSoon();
    return true;
  }

  /** To be called after frames were added to `writer`. */
  flushSoon(): void {
    if (this.#scheduled || this.#writing || !this.#connected) return;
    this.#scheduled = true;
    setImmediate(this.#flush);
  }

  /** Writes what waits, then ends; gives up after `limitMs`. */
  async end(limitMs: number): Promise<void> {
    if (this.#closed) return;
    await new Promise<void>((resolve) => {
      this.#ended = resolve;
      const limit = setTimeout(() => this.#socket.destroy(), limitMs);
      this.#socket.once('close', () => clearTimeout(limit));
      if (this.#connected) {
        this.#flush();
        this.#socket.end();
      } else this.#socket.destroy();
    });
  }

  destroy(): void {
    this.#socket.destroy();
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    const { writer } = this;
    if (this.#writing || this.#closed || !this.#connected || writer.length === 0) return;
    this.#writing = true;
    this.#socket.write(writer.bytes(), this.#written);
    // With nothing left in the socket the kernel has taken all of it.
    if (this.#socket.writableLength === 0) writer.reuse();
    else writer.renew();
  };

  readonly #written = (): void => {
    this.#writing = false;
    if (this.writer.length > 0) this.flushSoon();
    else this.#congested = false;
  };
}
