/**
 * Sees early that the peer is gone. A batch that was with the peer when it was killed is answered by nobody, and only the time limit ends
 * the waiting for it; what is sent after that is refused at once. Owns: a timer. Invariants:
 *
 * 1. The timer runs only while something waits for the peer.
 * 2. A peer that is merely slow is left to the time limit: only the refusal of a message tells that nobody is there.
 */
import { awaitReply } from '../../transport/await-reply.ts';
import { TransportError } from '../../transport/transport-error.ts';
import type { Transport } from '../../transport/transport.ts';
import { encodeControl, REPLICA } from './replica-messages.ts';

export interface PeerProbeInit {
  readonly transport: Transport;
  /** Where the peer listens for copies. */
  readonly subject: string;
  /** How long the peer may take to answer, ms. */
  readonly limitMs: number;
  readonly setTimer: (action: () => void, ms: number) => unknown;
  readonly clearTimer: (handle: unknown) => void;
  /** What has waited longest for the peer; undefined for nothing. */
  readonly oldest: () => object | undefined;
  /** Nobody is there, and what waited longest still waits. */
  readonly gone: (reason: string) => void;
}

const EVERY_MS = 100;
const PROBE = { [REPLICA]: 'probe' };

export class PeerProbe {
  readonly #init: PeerProbeInit;
  #timer: unknown;
  #seen: object | undefined;

  constructor(init: PeerProbeInit) {
    this.#init = init;
  }

  /** Something waits for the peer. */
  watch(): void {
    this.#timer ??= this.#init.setTimer(() => this.#look(), EVERY_MS);
  }

  close(): void {
    this.#init.clearTimer(this.#timer);
    this.#timer = undefined;
    this.#seen = undefined;
  }

  #look(): void {
    this.#timer = undefined;
    const oldest = this.#init.oldest();
    if (oldest !== undefined && oldest === this.#seen) this.#ask(oldest);
    this.#seen = oldest;
    if (oldest !== undefined) this.watch();
  }

  #ask(waiting: object): void {
    const { transport, subject, limitMs, oldest, gone } = this.#init;
    // No peer answers to this; one that is there takes it.
    awaitReply(transport, subject, encodeControl({}), { headers: PROBE, timeout: limitMs }).catch(
      (error: unknown) => {
        const isRefused = error instanceof TransportError && error.kind === 'noResponders';
        if (isRefused && oldest() === waiting) gone(error.message);
      },
    );
  }
}
