/**
 * Time that passes only when nothing else can happen: the clock of generated programs, on both sides.
 *
 * Owns: what is due later. Invariants:
 * 1. Events happen one at a time, when no job is left: first those without a time of their own (checkpoints that became
 *    durable), in the order in which they were asked for; then timers by their time, and in the order of their numbers among equals.
 * 2. The clock jumps to the time of the event.
 */
interface Event {
  readonly id: number;
  readonly due: number;
  readonly happen: () => void;
}

export class VirtualTime {
  now = 0;
  #events: Event[] = [];
  #next = 1;

  /** `due` in virtual milliseconds, -1: before all timers. The result cancels it; with `id` the caller numbers its own events. */
  at(due: number, happen: () => void, id: number = this.#next++): number {
    this.#events.push({ id, due, happen });
    return id;
  }

  cancel(id: number): void {
    this.#events = this.#events.filter((event) => event.id !== id);
  }

  /** Lets the next event happen; false if there is none. */
  advance(): boolean {
    let first: Event | undefined;
    for (const event of this.#events) {
      if (
        !first ||
        event.due < first.due ||
        (event.due === first.due && Math.abs(event.id) < Math.abs(first.id))
      )
        first = event;
    }
    if (!first) return false;
    this.cancel(first.id);
    this.now = Math.max(this.now, first.due);
    first.happen();
    return true;
  }

  clear(): void {
    this.#events = [];
  }
}
