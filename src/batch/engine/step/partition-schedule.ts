/**
 * Who runs which partition, and when.
 *
 * Owns: the turns that wait, in their order, and how many run. Invariants:
 * S1. A turn runs at one place at a time. One that has to be done again (its node was lost) waits before all others.
 * S2. At most `atOnce` run; of the places that are free the one that runs the fewest is next, the first one of several.
 * S3. `run` resolves when every turn was done, and rejects with the first error; nothing is begun after that.
 */

/** Where partitions run: this thread, worker threads, another node. */
export interface Place {
  /** Whether it takes one more. */
  isFree(): boolean;
  /** @returns `again`: it was not done to its end, and is to be done by whoever is free */
  run(turn: number): Promise<'done' | 'again'>;
  /** Nothing waits any more: what stands ready is let go. */
  idle(): Promise<void>;
}

export interface ScheduleOptions {
  readonly turns: number;
  readonly atOnce: number;
  /** In the order in which they are preferred; may be others each time. */
  readonly places: () => readonly Place[];
  /** Takes everything, at once, from when it is defined. */
  readonly instead: () => Place | undefined;
}

export class PartitionSchedule {
  readonly #options: ScheduleOptions;
  readonly #waiting: number[];
  readonly #running = new Map<Place, number>();
  readonly #ended = Promise.withResolvers<void>();
  #count = 0;
  #failed = false;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#waiting = Array.from({ length: options.turns }, (_, turn) => turn);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  run(): Promise<void> {
    this.fill();
    return this.#ended.promise;
  }

  /** To be called when a place may have become free. */
  fill(): void {
    if (this.#failed) return;
    const { atOnce, places, instead } = this.#options;
    while (this.#waiting.length > 0) {
      const only = instead();
      const place = only ?? (this.#count < atOnce ? this.#freest(places()) : undefined);
      if (place === undefined) break;
      void this.#perform(this.#waiting.shift()!, place);
    }
    if (this.#count === 0 && this.#waiting.length === 0) this.#ended.resolve();
  }

  #freest(places: readonly Place[]): Place | undefined {
    const runs = (place: Place): number => this.#running.get(place) ?? 0;
    return places
      .filter((place) => place.isFree())
      .reduce<Place | undefined>(
        (best, place) => (best === undefined || runs(place) < runs(best) ? place : best),
        undefined,
      );
  }

  /** Also of those that have had nothing to do for a while. */
  async #idle(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((place) => place.idle()));
  }

  async #perform(turn: number, place: Place): Promise<void> {
    this.#count++;
    this.#running.set(place, (this.#running.get(place) ?? 0) + 1);
    try {
      if ((await place.run(turn)) === 'again') this.#waiting.unshift(turn);
      if (this.#waiting.length === 0 || this.#failed) await this.#idle();
    } catch (error) {
      this.#failed = true;
      this.#ended.reject(error);
      await this.#idle().catch(() => undefined);
    }
    this.#count--;
    this.#running.set(place, this.#running.get(place)! - 1);
    this.fill();
  }
}
