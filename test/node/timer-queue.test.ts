import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimerQueue, type TimerEntry } from '../../src/node/timer-queue.ts';

/** A clock with one timer at a time, moved by hand. */
function fakeClock() {
  const errors: unknown[] = [];
  const timers = new Map<number, { at: number; action: () => void }>();
  let time = 1_000_000;
  let next = 1;
  const clock = {
    errors,
    now: () => time,
    setTimer(action: () => void, ms: number) {
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThan(2 ** 31);
      timers.set(next, { at: time + ms, action });
      return next++;
    },
    clearTimer: (handle: unknown) => void timers.delete(handle as number),
    reportError: (error: unknown) => void errors.push(error),
    timers,
    /** Fires what is due on the way. */
    moveTo(target: number) {
      for (;;) {
        const due = [...timers]
          .filter(([, timer]) => timer.at <= target)
          .toSorted((a, b) => a[1].at - b[1].at)[0];
        if (due === undefined) break;
        timers.delete(due[0]);
        time = Math.max(time, due[1].at);
        due[1].action();
      }
      time = Math.max(time, target);
    },
    jump: (target: number) => void (time = target),
  };
  return clock;
}

test('entries run at their time, in order of time and then of adding (property, with cancelling)', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), in: fc.integer({ min: -5, max: 200_000 }) }),
    fc.record({ kind: fc.constant('cancel' as const), index: fc.nat() }),
    fc.record({ kind: fc.constant('move' as const), by: fc.integer({ min: 0, max: 100_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const clock = fakeClock();
      const queue = new TimerQueue(clock);
      const ran: number[] = [];
      const model: { id: number; at: number; entry: TimerEntry; done: boolean }[] = [];
      for (const item of steps) {
        if (item.kind === 'add') {
          const id = model.length;
          const at = clock.now() + item.in;
          const entry = queue.add(at, () => {
            expect(clock.now()).toBeGreaterThanOrEqual(at);
            ran.push(id);
          });
          model.push({ id, at, entry, done: false });
        } else if (item.kind === 'cancel') {
          const waiting = model.filter(({ done }) => !done);
          const chosen = waiting[item.index % Math.max(1, waiting.length)];
          if (chosen === undefined) continue;
          queue.cancel(chosen.entry);
          queue.cancel(chosen.entry);
          chosen.done = true;
        } else {
          const target = clock.now() + item.by;
          const expected = model
            .filter(({ done, at }) => !done && at <= target)
            .toSorted((a, b) => a.at - b.at || a.id - b.id);
          ran.length = 0;
          clock.moveTo(target);
          // Entries added late (with a time in the past) run first, after those with an earlier time.
          expect(ran).toEqual(expected.map(({ id }) => id));
          for (const entry of expected) entry.done = true;
        }
        expect(queue.size).toBe(model.filter(({ done }) => !done).length);
        expect(clock.timers.size).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 300 },
  );
});

test('waits of years are kept, and one timer serves a hundred thousand entries', () => {
  const clock = fakeClock();
  const queue = new TimerQueue(clock);
  const years = 3 * 365 * 86_400_000;
  let far = 0;
  queue.add(clock.now() + years, () => far++);
  let near = 0;
  for (let index = 0; index < 100_000; index++) queue.add(clock.now() + (index % 1000), () => near++);
  expect(clock.timers.size).toBe(1);
  clock.moveTo(clock.now() + 1000);
  expect([near, far, queue.size]).toEqual([100_000, 0, 1]);
  clock.jump(clock.now() + years);
  clock.moveTo(clock.now() + 60_000);
  expect(far).toBe(1);
});

test('an action that throws is reported and the others run; what is added while running runs later', () => {
  const clock = fakeClock();
  const queue = new TimerQueue(clock);
  const ran: string[] = [];
  queue.add(clock.now() + 1, () => {
    ran.push('a');
    queue.add(clock.now(), () => ran.push('c'));
    throw new Error('a');
  });
  queue.add(clock.now() + 1, () => ran.push('b'));
  clock.moveTo(clock.now() + 1);
  expect(ran).toEqual(['a', 'b', 'c']);
  expect(clock.errors).toHaveLength(1);
});

test('cancelled entries do not pile up', () => {
  const clock = fakeClock();
  const queue = new TimerQueue(clock);
  let ran = 0;
  for (let index = 0; index < 10_000; index++) {
    const entry = queue.add(clock.now() + 1_000_000, () => ran++);
    if (index % 100 !== 0) queue.cancel(entry);
  }
  expect(queue.size).toBe(100);
  clock.moveTo(clock.now() + 1_000_000);
  expect(ran).toBe(100);
  queue.add(clock.now() + 5, () => ran++);
  queue.clear();
  expect([queue.size, clock.timers.size]).toEqual([0, 0]);
});
