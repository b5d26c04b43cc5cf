/**
 * Owns: messages between members of one process on their way to the receiver. Invariants:
 *
 * 1. Order is kept; nothing is delivered inside the call that sent it.
 * 2. One batch per turn of the event loop: messages that answer messages never starve timers and sockets.
 * 3. The receiver gets its own copy of the bytes, as from a socket; at most `maxBytes` of them wait.
 */
import { peerNotReading } from '../transport-error.ts';
import type { Headers } from '../transport.ts';
import type { Member } from './link.ts';

interface Delivery {
  readonly subscription: number;
  readonly subject: string;
  readonly replyTo: string | undefined;
  readonly headers: Headers;
  readonly data: Uint8Array;
}

/** Counted for each message besides its body. */
const OVERHEAD_BYTES = 128;

export class DeliveryQueue {
  readonly #receiver: Pick<Member, 'id' | 'received' | 'reportError'>;
  readonly #maxBytes: number;
  #waiting: Delivery[] = [];
  #bytes = 0;
  #scheduled = false;
  #closed = false;
  /** Reported once until the queue has been emptied. */
  #congested = false;

  constructor(receiver: Pick<Member, 'id' | 'received' | 'reportError'>, maxBytes: number) {
    this.#receiver = receiver;
    this.#maxBytes = maxBytes;
  }

  /** False when the queue is full or closed. */
  push(
    subscription: number,
    subject: string,
    replyTo: string | undefined,
    headers: Headers,
    data: Uint8Array,
  ): boolean {
    if (this.#closed) return false;
    if (this.#bytes + data.length + OVERHEAD_BYTES > this.#maxBytes) {
      if (!this.#congested) this.#receiver.reportError(peerNotReading(this.#receiver.id));
      this.#congested = true;
      return false;
    }
    this.#bytes += data.length + OVERHEAD_BYTES;
    this.#waiting.push({
      subscription,
      subject,
      replyTo,
      headers: { ...headers },
      data: new Uint8Array(data),
    });
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(this.#deliver);
    }
    return true;
  }

  /** Resolves when everything that waits now has been delivered. */
  drained(): Promise<void> {
    return this.#scheduled ? new Promise((resolve) => setImmediate(resolve)) : Promise.resolve();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  readonly #deliver = (): void => {
    this.#scheduled = false;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    this.#congested = false;
    for (const { subscription, subject, replyTo, headers, data } of batch) {
      if (this.#closed) return;
      this.#receiver.received(subscription, subject, replyTo, headers, data);
    }
  };
}
