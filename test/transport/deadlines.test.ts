import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Deadlines, Expiring } from '../../src/transport/deadlines.ts';
import type { Timers } from '../../src/transport/timers.ts';

/** Time that goes on when it is told to; a timer calls at its moment. */
class VirtualTimers implements Timers {
  time = 0;
  readonly #set = new Map<number, { at: number; action: () => void }>();
  #next = 1;

  now(): number {
    return this.time;
  }

  set(action: () => void, ms: number): number {
    this.#set.set(this.#next, { at: this.time + ms, action });
    return this.#next++;
  }

  clear(handle: unknown): void {
    this.#set.delete(handle as number);
  }

  get waiting(): number {
    return this.#set.size;
  }

  goTo(time: number): void {
    for (;;) {
      const [first] = [...this.#set].filter(([, { at }]) => at <= time).sort(([, a], [, b]) => a.at - b.at);
      if (first === undefined) break;
      const [handle, { at, action }] = first;
      this.#set.delete(handle);
      this.time = Math.max(this.time, at);
      action();
    }
    this.time = time;
  }
}

class Entry extends Expiring {
  readonly name: number;

  constructor(name: number) {
    super();
    this.name = name;
  }
}

test('expires what is due, in order, and keeps no timer when nothing is left', () => {
  const timers = new VirtualTimers();
  const expired: [number, number][] = [];
  const deadlines = new Deadlines<Entry>(timers, ({ name }) => expired.push([name, timers.time]));
  const [a, b, c] = [new Entry(1), new Entry(2), new Entry(3)];
  deadlines.add(a, 100);
  timers.goTo(50);
  deadlines.add(b, 100);
  deadlines.add(c, 20);
  expect(timers.waiting).toBe(2);
  deadlines.remove(a);
  timers.goTo(300);
  expect(expired).toEqual([
    [3, 70],
    [2, 150],
  ]);
  expect(timers.waiting).toBe(0);
});

test('what expires may add and remove others', () => {
  const timers = new VirtualTimers();
  const expired: number[] = [];
  const others = [new Entry(10), new Entry(11)] as const;
  const deadlines = new Deadlines<Entry>(timers, ({ name }) => {
    expired.push(name);
    if (name !== 1) return;
    deadlines.remove(others[0]);
    deadlines.add(new Entry(12), 5);
  });
  deadlines.add(new Entry(1), 5);
  for (const other of others) deadlines.add(other, 5);
  timers.goTo(5);
  expect(expired).toEqual([1, 11]);
  timers.goTo(10);
  expect(expired).toEqual([1, 11, 12]);
  expect(timers.waiting).toBe(0);
});

test('property: as a timer for each would do it', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), ms: fc.constantFrom(1, 5, 5, 50) }),
    fc.record({ kind: fc.constant('remove' as const), which: fc.nat(30) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 2, max: 40 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const timers = new VirtualTimers();
      const oneEach = new VirtualTimers();
      const expired: number[] = [];
      const expected: number[] = [];
      const deadlines = new Deadlines<Entry>(timers, ({ name }) => expired.push(name));
      const entries: { entry: Entry; handle: number }[] = [];
      for (const next of steps) {
        if (next.kind === 'add') {
          const entry = new Entry(entries.length);
          entries.push({ entry, handle: oneEach.set(() => expected.push(entry.name), next.ms) });
          deadlines.add(entry, next.ms);
        } else if (next.kind === 'remove') {
          const chosen = entries[next.which];
          if (chosen === undefined) continue;
          oneEach.clear(chosen.handle);
          deadlines.remove(chosen.entry);
        } else {
          timers.goTo(timers.time + next.ms);
          oneEach.goTo(oneEach.time + next.ms);
          // Which of two that were due meanwhile came first is not looked at: their lists may differ.
          expect(expired.toSorted((x, y) => x - y)).toEqual(expected.toSorted((x, y) => x - y));
        }
      }
      timers.goTo(1000);
      oneEach.goTo(1000);
      expect(expired.toSorted((x, y) => x - y)).toEqual(expected.toSorted((x, y) => x - y));
      expect(timers.waiting).toBe(0);
    }),
  );
});
