/**
 * Owns: the questions "have you seen everything so far?" under way. Invariant: a round ends when every peer asked has
 * answered or is lost, or when its time is over; then nothing of it is left.
 */
import type { MeshPeer } from './mesh-peer.ts';
import { KIND } from './frame-format.ts';
import type { Timers } from '../timers.ts';

interface Round {
  readonly waiting: Set<MeshPeer>;
  readonly end: () => void;
}

export class SyncRounds {
  readonly #timers: Timers;
  readonly #limitMs: number;
  readonly #rounds = new Map<number, Round>();
  #next = 1;

  constructor(timers: Timers, limitMs: number) {
    this.#timers = timers;
    this.#limitMs = limitMs;
  }

  /** Resolves when the peers have seen every frame written so far; a peer that does not read is waited for only `limitMs`. */
  async ask(peers: readonly MeshPeer[]): Promise<void> {
    if (peers.length === 0) return;
    const token = this.#next++ >>> 0;
    await new Promise<void>((resolve) => {
      const timer = this.#timers.set(() => this.#end(token), this.#limitMs);
      this.#rounds.set(token, {
        waiting: new Set(peers),
        end: () => {
          this.#timers.clear(timer);
          resolve();
        },
      });
      for (const { outgoing } of peers) {
        outgoing?.writer.numbered(KIND.sync, token);
        outgoing?.flushSoon();
      }
    });
  }

  answered(peer: MeshPeer, token: number): void {
    const round = this.#rounds.get(token);
    if (round?.waiting.delete(peer) === true && round.waiting.size === 0) this.#end(token);
  }

  lost(peer: MeshPeer): void {
    for (const token of this.#rounds.keys()) this.answered(peer, token);
  }

  endAll(): void {
    for (const token of this.#rounds.keys()) this.#end(token);
  }

  #end(token: number): void {
    const round = this.#rounds.get(token);
    this.#rounds.delete(token);
    round?.end();
  }
}
