/**
 * Which other processes are there, as they say of themselves every second.
 *
 * Owns: what was heard of each, and when. Invariants:
 * D1. One that is not heard of for three seconds, or says that it leaves, is not there.
 * D2. One that has lost a partition is left alone for a while, also if it is heard of: it is slow, or ends and begins again.
 */
import type { Presence } from './session-frames.ts';

export const PRESENCE_MS = 1000;
const HEARD_WITHIN_MS = 3 * PRESENCE_MS;

export interface KnownNode {
  readonly presence: Presence;
  readonly heardAt: number;
}

export class NodeDirectory {
  readonly #clock: () => number;
  readonly #nodes = new Map<string, KnownNode>();
  readonly #avoided = new Map<string, number>();
  /** Opened since it was heard of. */
  readonly #taken = new Map<string, number>();

  /** @param clock Milliseconds, never going back. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** @returns whether it was unknown */
  heard(presence: Presence): boolean {
    const { id } = presence;
    const isNew = !this.#nodes.has(id);
    this.#taken.delete(id);
    if (presence.leaving) this.#nodes.delete(id);
    else this.#nodes.set(id, { presence, heardAt: this.#clock() });
    return isNew && !presence.leaving;
  }

  /** Removes those that are gone. @returns whether there were any */
  forget(): boolean {
    const now = this.#clock();
    const before = this.#nodes.size;
    for (const [id, { heardAt }] of this.#nodes) if (now - heardAt > HEARD_WITHIN_MS) this.#nodes.delete(id);
    for (const [id, until] of this.#avoided) if (now >= until) this.#avoided.delete(id);
    return this.#nodes.size < before;
  }

  get(id: string): Presence | undefined {
    return this.#nodes.get(id)?.presence;
  }

  free(id: string): number {
    return (this.#nodes.get(id)?.presence.free ?? 0) - (this.#taken.get(id) ?? 0);
  }

  took(id: string): void {
    this.#taken.set(id, (this.#taken.get(id) ?? 0) + 1);
  }

  /** It said so itself, and will say when that has changed. */
  isFull(id: string): void {
    this.#taken.set(id, Infinity);
  }

  avoid(id: string, ms: number): void {
    this.#avoided.set(id, this.#clock() + ms);
  }

  /** In the order in which they came. */
  all(): readonly Presence[] {
    return [...this.#nodes.values()]
      .map(({ presence }) => presence)
      .filter(({ id }) => !this.#avoided.has(id));
  }
}
