/**
 * One side of a session: messages arrive once each and in their order, over a transport that loses, repeats and delays frames; or the session ends.
 * It ends on both sides, if only by the silence of the other one.
 *
 * Owns: the pieces that are not acknowledged yet, and until when the session may go on. Invariants:
 * L1. Pieces are numbered from 0; only the next one is taken. What is not acknowledged is sent again.
 * L2. The worker's side goes on only while it holds a lease: until `leaseMs` after it has sent the last beat that was echoed. It delivers nothing
 *     before the first echo.
 * L3. The job's side gives the worker up later than that: `leaseMs`, and a fifth more, after the last frame that it has received. So whoever goes on
 *     with the partition begins when the worker has ended, unless a process or its clock stood still meanwhile.
 * L4. `closed` is called once, and nothing is delivered after it.
 */
import type { BatchEnvironment } from '../engine/batch-environment.ts';
import { type CloseReason, type Frame, type FrameBody, pack, unpack } from './session-frames.ts';

export interface SessionLinkOptions {
  readonly side: 'job' | 'worker';
  readonly leaseMs: number;
  readonly environment: Pick<BatchEnvironment, 'monotonic' | 'after'>;
  /** Hands a frame to the transport. */
  readonly send: (frame: Frame) => void;
  readonly deliver: (message: unknown) => void;
  readonly closed: (why: CloseReason) => void;
}

/** Well below what transports take, also servers that take little. */
export const PIECE_BYTES = 60_000;
/** Pieces that are on their way at the same time. */
const WINDOW = 64;

type Piece = FrameBody & { readonly kind: 'data' };

export class SessionLink {
  readonly #options: SessionLinkOptions;
  /** Not acknowledged, oldest first. */
  #pieces: Piece[] = [];
  /** So many of them were sent. */
  #sent = 0;
  #nextOut = 0;
  #nextIn = 0;
  #received: Uint8Array[] = [];
  readonly #beats = new Map<number, number>();
  #beat = 0;
  /** On the monotonic clock. */
  #until: number;
  #held: unknown[] | undefined;
  #open = true;
  #acknowledging: (() => void) | undefined;
  #repeating: (() => void) | undefined;
  #ticking: () => void = () => undefined;

  constructor(options: SessionLinkOptions) {
    this.#options = options;
    this.#until = options.environment.monotonic() + this.#patience;
    this.#held = options.side === 'worker' ? [] : undefined;
    this.#tick();
  }

  /** @throws DataCloneError for functions and the like: nothing is sent then */
  post(message: unknown): void {
    const bytes = pack(message);
    if (!this.#open) return;
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const piece = bytes.subarray(at, at + PIECE_BYTES);
      const last = at + PIECE_BYTES >= bytes.length;
      this.#pieces.push({ kind: 'data', number: this.#nextOut++, piece, last });
    }
    this.#sendWaiting();
  }

  receive(frame: Frame): void {
    if (!this.#open) return;
    const now = this.#options.environment.monotonic();
    // The process has stood still: what has waited meanwhile comes too late.
    if (now >= this.#until) {
      this.close('silent');
      return;
    }
    if (this.#options.side === 'job') this.#until = now + this.#patience;
    this.#acknowledged(frame.next);
    switch (frame.kind) {
      case 'data':
        this.#take(frame);
        return;
      case 'beat':
        this.#send({ kind: 'echo', beat: frame.beat });
        return;
      case 'echo':
        this.#echoed(frame.beat);
        return;
      case 'close':
        this.#end(frame.why);
    }
  }

  /** Tells the other side, which may not hear it, and calls `closed`. */
  close(why: CloseReason): void {
    if (!this.#open) return;
    this.#send({ kind: 'close', why });
    this.#end(why);
  }

  get #patience(): number {
    return this.#options.side === 'job' ? this.#options.leaseMs * 1.2 : this.#options.leaseMs;
  }

  #tick(): void {
    const { environment, leaseMs, side } = this.#options;
    if (environment.monotonic() >= this.#until) {
      this.close('silent');
      return;
    }
    if (side === 'worker') {
      this.#beats.set(++this.#beat, environment.monotonic());
      this.#send({ kind: 'beat', beat: this.#beat });
    }
    const left = this.#until - environment.monotonic();
    this.#ticking = environment.after(Math.min(leaseMs / 5, left), () => this.#tick());
  }

  #echoed(beat: number): void {
    const sentAt = this.#beats.get(beat);
    if (sentAt === undefined) return;
    for (const earlier of this.#beats.keys()) if (earlier <= beat) this.#beats.delete(earlier);
    this.#until = Math.max(this.#until, sentAt + this.#patience);
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const message of held) this.#deliver(message);
  }

  #take({ number, piece, last }: Piece): void {
    // One that was sent again, or after one that was lost: the other side hears which one is awaited.
    if (number === this.#nextIn) {
      this.#nextIn++;
      this.#received.push(piece);
      this.#acknowledgeSoon();
      if (last) {
        const bytes = Buffer.concat(this.#received);
        this.#received = [];
        const message = unpack(bytes);
        if (message === undefined) this.close('unknown');
        else this.#deliver(message);
      }
    } else this.#acknowledgeSoon();
  }

  #deliver(message: unknown): void {
    if (!this.#open) return;
    if (this.#held === undefined) this.#options.deliver(message);
    else this.#held.push(message);
  }

  /** Something else that is sent soon says it too. */
  #acknowledgeSoon(): void {
    const { environment, leaseMs } = this.#options;
    this.#acknowledging ??= environment.after(leaseMs / 100, () => this.#send({ kind: 'ack' }));
  }

  #acknowledged(next: number): void {
    const done = this.#pieces.findIndex(({ number }) => number >= next);
    const count = done < 0 ? this.#pieces.length : done;
    if (count === 0) return;
    this.#pieces = this.#pieces.slice(count);
    this.#sent = Math.max(0, this.#sent - count);
    this.#repeating?.();
    this.#repeating = undefined;
    this.#sendWaiting();
  }

  #sendWaiting(): void {
    while (this.#sent < Math.min(this.#pieces.length, WINDOW)) this.#send(this.#pieces[this.#sent++]!);
    if (this.#sent === 0) return;
    const { environment, leaseMs } = this.#options;
    this.#repeating ??= environment.after(leaseMs / 10, () => {
      this.#repeating = undefined;
      this.#sent = 0;
      this.#sendWaiting();
    });
  }

  #send(body: FrameBody): void {
    this.#acknowledging?.();
    this.#acknowledging = undefined;
    this.#options.send({ ...body, next: this.#nextIn });
  }

  #end(why: CloseReason): void {
    this.#open = false;
    this.#ticking();
    this.#acknowledging?.();
    this.#repeating?.();
    this.#pieces = [];
    this.#held = undefined;
    this.#options.closed(why);
  }
}
