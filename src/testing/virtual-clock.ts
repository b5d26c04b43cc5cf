/**
 * Time that moves only when it is told to.
 *
 * Owns: the time now, and what is to happen later. Invariants:
 * K1. Time never goes back.
 * K2. Actions fire in the order of their times; those of one time in the order in which they were added.
 */
interface Alarm {
  readonly due: number;
  readonly action: () => void;
}

export class VirtualClock {
  #now: number;
  /** Sorted; the next one is the last. */
  readonly #alarms: Alarm[] = [];

  /** @param start milliseconds since the epoch */
  constructor(start: number) {
    this.#now = start;
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.#now;
  }

  /** @param due milliseconds since the epoch; returns how to take it back */
  add(due: number, action: () => void): () => void {
    const alarm: Alarm = { due, action };
    const after = this.#alarms.findIndex((other) => other.due <= due);
    this.#alarms.splice(after < 0 ? this.#alarms.length : after, 0, alarm);
    return () => {
      const index = this.#alarms.indexOf(alarm);
      if (index >= 0) this.#alarms.splice(index, 1);
    };
  }

  /** Moves to the next alarm and runs it. False when there is none. */
  next(): boolean {
    const alarm = this.#alarms.pop();
    if (alarm === undefined) return false;
    this.#now = Math.max(this.#now, alarm.due);
    alarm.action();
    return true;
  }

  /** Time passes in which nothing is run: what is due by then fires late. */
  skip(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Nothing that was added will fire. */
  clear(): void {
    this.#alarms.length = 0;
  }
}
