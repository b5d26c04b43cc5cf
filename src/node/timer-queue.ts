/**
 * Owns: everything of one node that waits for a point in time, behind a single timer. Invariants:
 *
 * 1. The heap is ordered by (time, order of adding); entries due at the same time run in the order in which they were added.
 * 2. The one timer is set for the earliest entry, or for a minute from now if that is sooner.
 * 3. An action that was cancelled never runs; more than half of the heap is never cancelled entries.
 */

/** A place in the queue; to cancel it. */
export interface TimerEntry {
  readonly at: number;
  /** Undefined: cancelled or done. */
  action: (() => void) | undefined;
}

interface HeapEntry extends TimerEntry {
  readonly order: number;
}

export interface TimerQueueInit {
  readonly now: () => number;
  readonly setTimer: (action: () => void, ms: number) => unknown;
  readonly clearTimer: (handle: unknown) => void;
  readonly reportError: (error: unknown) => void;
}

/** The clock may be set, or the machine may sleep: it is looked at again at least this often. */
const LONGEST_MS = 60_000;
/** Actions in one go; what else is due waits for the next turn of the event loop. */
const SLICE = 1000;
/** Below this many cancelled entries it is not worth the trouble to remove them. */
const FEW = 1024;

export class TimerQueue {
  readonly #init: TimerQueueInit;
  #heap: HeapEntry[] = [];
  #order = 0;
  #cancelled = 0;
  #timer: unknown;
  #timerAt = Infinity;

  constructor(init: TimerQueueInit) {
    this.#init = init;
  }

  /** Entries that wait. */
  get size(): number {
    return this.#heap.length - this.#cancelled;
  }

  /** Calls `action` at `at` (ms since the epoch) or as soon after as possible, never now. */
  add(at: number, action: () => void): TimerEntry {
    const entry: HeapEntry = { at, action, order: this.#order++ };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    if (this.#heap[0] === entry) this.#arm();
    return entry;
  }

  cancel(entry: TimerEntry): void {
    if (entry.action === undefined) return;
    entry.action = undefined;
    this.#cancelled++;
    if (this.#cancelled > FEW && this.#cancelled * 2 > this.#heap.length) this.#removeCancelled();
  }

  /** Forgets everything. */
  clear(): void {
    for (const entry of this.#heap) entry.action = undefined;
    this.#heap = [];
    this.#cancelled = 0;
    this.#arm();
  }

  #arm(): void {
    const first = this.#heap[0]?.at ?? Infinity;
    if (first === this.#timerAt) return;
    if (this.#timer !== undefined) this.#init.clearTimer(this.#timer);
    this.#timer = undefined;
    this.#timerAt = first;
    if (first === Infinity) return;
    const delay = Math.max(0, Math.min(Math.ceil(first - this.#init.now()), LONGEST_MS));
    this.#timer = this.#init.setTimer(() => this.#fire(), delay);
  }

  #fire(): void {
    this.#timer = undefined;
    this.#timerAt = Infinity;
    const now = this.#init.now();
    // What is added meanwhile waits for the next round, so that a queue that feeds itself does not run for ever.
    const end = this.#order;
    const later: HeapEntry[] = [];
    let left = SLICE;
    for (
      let first = this.#heap[0];
      first !== undefined && first.at <= now && left > 0;
      first = this.#heap[0]
    ) {
      left--;
      this.#removeFirst();
      if (first.order >= end) {
        later.push(first);
        continue;
      }
      const { action } = first;
      if (action === undefined) {
        this.#cancelled--;
        continue;
      }
      first.action = undefined;
      try {
        action();
      } catch (error) {
        this.#init.reportError(error);
      }
    }
    for (const entry of later) {
      this.#heap.push(entry);
      this.#rise(this.#heap.length - 1);
    }
    this.#arm();
  }

  #removeCancelled(): void {
    this.#heap = this.#heap.filter((entry) => entry.action !== undefined);
    this.#cancelled = 0;
    for (let index = (this.#heap.length >> 1) - 1; index >= 0; index--) this.#sink(index);
    this.#arm();
  }

  #removeFirst(): void {
    const last = this.#heap.pop()!;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(start: number): void {
    const heap = this.#heap;
    const entry = heap[start]!;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  #sink(start: number): void {
    const heap = this.#heap;
    const entry = heap[start]!;
    let index = start;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, entry)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = entry;
  }
}

function before(a: HeapEntry, b: HeapEntry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
