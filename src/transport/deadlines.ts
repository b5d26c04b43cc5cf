/**
 * Owns: the moments at which what is pending expires. A timer of Node for each would take three times the memory of the entry, and
 * most never fire.
 *
 * 1. Entries with the same duration are in one list, in the order of their deadlines, which is that of their adding.
 * 2. A list has a timer as long as it has entries, set for the first of them or for one before it that has gone; the empty list is
 *    forgotten with its timer, so that nothing keeps the process alive.
 * 3. An entry expires at its deadline or as soon after as possible, at most once, and never after `remove`.
 */
import type { Timers } from './timers.ts';

/** To be extended by what expires. */
export class Expiring {
  /** On the clock of the timers, in whole ms: small integers need no memory of their own. */
  deadline = 0;
  list: DeadlineList | undefined = undefined;
  previous: Expiring | undefined = undefined;
  next: Expiring | undefined = undefined;
}

interface DeadlineList {
  readonly ms: number;
  first: Expiring | undefined;
  last: Expiring | undefined;
  timer: unknown;
}

/** Timers go by a clock of whole milliseconds, which may be ahead of the other by one. */
const EARLY_MS = 1;

export class Deadlines<T extends Expiring> {
  readonly #timers: Timers;
  readonly #expired: (entry: T, ms: number) => void;
  readonly #lists = new Map<number, DeadlineList>();

  /** @param expired gets the duration that the entry was added with, too */
  constructor(timers: Timers, expired: (entry: T, ms: number) => void) {
    this.#timers = timers;
    this.#expired = expired;
  }

  /** @param entry that is in no list @param ms from now */
  add(entry: T, ms: number): void {
    entry.deadline = Math.ceil(this.#timers.now() + ms);
    let list = this.#lists.get(ms);
    if (list === undefined) {
      list = { ms, first: undefined, last: undefined, timer: undefined };
      this.#lists.set(ms, list);
      this.#set(list, ms);
    }
    entry.list = list;
    entry.previous = list.last;
    if (list.last === undefined) list.first = entry;
    else list.last.next = entry;
    list.last = entry;
  }

  /** Nothing happens if it has expired or was removed. */
  remove(entry: T): void {
    const { list, previous, next } = entry;
    if (list === undefined) return;
    if (previous === undefined) list.first = next;
    else previous.next = next;
    if (next === undefined) list.last = previous;
    else next.previous = previous;
    entry.list = undefined;
    entry.previous = undefined;
    entry.next = undefined;
    if (list.first !== undefined) return;
    this.#timers.clear(list.timer);
    this.#lists.delete(list.ms);
  }

  #set(list: DeadlineList, ms: number): void {
    list.timer = this.#timers.set(() => this.#fire(list), ms);
  }

  #fire(list: DeadlineList): void {
    const due = this.#timers.now() + EARLY_MS;
    // What is called may add and remove.
    for (let entry = list.first; entry !== undefined && entry.deadline <= due; entry = list.first) {
      this.remove(entry as T);
      this.#expired(entry as T, list.ms);
    }
    if (list.first !== undefined) this.#set(list, Math.max(1, list.first.deadline - this.#timers.now()));
  }
}
