/** Which place runs which partition: rooms, limits, what has to be done again, errors. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PartitionSchedule, type Place } from '../../../src/batch/engine/step/partition-schedule.ts';

/** A place whose turns end when the test says so. */
class TestPlace implements Place {
  readonly turns: number[] = [];
  room: number;
  idles = 0;
  readonly #open = new Map<number, PromiseWithResolvers<'done' | 'again'>>();

  constructor(room: number) {
    this.room = room;
  }

  get running(): number[] {
    return [...this.#open.keys()];
  }

  isFree(): boolean {
    return this.#open.size < this.room;
  }

  run(turn: number): Promise<'done' | 'again'> {
    this.turns.push(turn);
    const open = Promise.withResolvers<'done' | 'again'>();
    this.#open.set(turn, open);
    return open.promise;
  }

  async idle(): Promise<void> {
    this.idles++;
  }

  async end(turn: number, how: 'done' | 'again' | Error): Promise<void> {
    const open = this.#open.get(turn)!;
    this.#open.delete(turn);
    if (how instanceof Error) open.reject(how);
    else open.resolve(how);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const scheduleOf = (
  turns: number,
  places: readonly Place[],
  more: { atOnce?: number; instead?: () => Place | undefined } = {},
): PartitionSchedule =>
  new PartitionSchedule({
    turns,
    atOnce: more.atOnce ?? Infinity,
    places: () => places,
    instead: more.instead ?? (() => undefined),
  });

test('turns are dealt one by one, to whoever runs the fewest; who becomes free takes the next', async () => {
  const [one, other] = [new TestPlace(2), new TestPlace(2)];
  const done = scheduleOf(6, [one, other]).run();
  expect([one.turns, other.turns]).toEqual([
    [0, 2],
    [1, 3],
  ]);
  await other.end(3, 'done');
  expect(other.turns).toEqual([1, 3, 4]);
  await one.end(0, 'done');
  for (const turn of [2, 5]) await one.end(turn, 'done');
  for (const turn of [1, 4]) await other.end(turn, 'done');
  await done;
  expect(one.turns).toEqual([0, 2, 5]);
});

test('what is to be done again is the next one, elsewhere if its place has no room', async () => {
  const [one, other] = [new TestPlace(1), new TestPlace(1)];
  const done = scheduleOf(3, [one, other]).run();
  other.room = 0;
  await other.end(1, 'again');
  await one.end(0, 'done');
  expect(one.turns).toEqual([0, 1]);
  await one.end(1, 'done');
  await one.end(2, 'done');
  await done;
});

test('a place that comes later, or has room again, is used when the schedule is told', async () => {
  const places = [new TestPlace(1)];
  const schedule = scheduleOf(4, places);
  const done = schedule.run();
  places.push(new TestPlace(2));
  schedule.fill();
  expect(places[1]!.turns).toEqual([1, 2]);
  await places[1]!.end(1, 'done');
  await places[0]!.end(0, 'done');
  expect(places.map(({ idles }) => idles)).toEqual([1, 1]);
  for (const turn of [2, 3]) await places[1]!.end(turn, 'done');
  await done;
});

test('never more than may run at once; what is in the way of all takes what waits', async () => {
  const place = new TestPlace(10);
  let instead: Place | undefined;
  const refusing = new TestPlace(0);
  const schedule = scheduleOf(5, [place], { atOnce: 2, instead: () => instead });
  const done = schedule.run();
  expect(place.turns).toEqual([0, 1]);
  instead = refusing;
  schedule.fill();
  expect(refusing.turns).toEqual([2, 3, 4]);
  for (const turn of [2, 3, 4]) await refusing.end(turn, 'done');
  for (const turn of [0, 1]) await place.end(turn, 'done');
  await done;
});

test('the first error ends it, and nothing more begins', async () => {
  const place = new TestPlace(2);
  const done = scheduleOf(4, [place]).run();
  const error = new Error('no');
  await Promise.all([expect(done).rejects.toBe(error), place.end(0, error)]);
  await place.end(1, 'done');
  expect(place.turns).toEqual([0, 1]);
});

test('no turns at all: done', async () => {
  await scheduleOf(0, []).run();
});

test('any rooms, any order of ends and repetitions: every turn is done once, limits hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.infiniteStream(fc.nat(99)),
      async (rooms, turns, atOnce, numbers) => {
        const places = rooms.map((room) => new TestPlace(room));
        const next = (): number => numbers.next().value!;
        const done = scheduleOf(turns, places, { atOnce }).run();
        const ended: number[] = [];
        while (ended.length < turns) {
          const running = places.flatMap((place) => place.running.map((turn) => ({ place, turn })));
          expect(running.length).toBeGreaterThan(0);
          expect(running.length).toBeLessThanOrEqual(atOnce);
          expect(new Set(running.map(({ turn }) => turn)).size).toBe(running.length);
          for (const [index, place] of places.entries())
            expect(place.running.length).toBeLessThanOrEqual(rooms[index]!);
          const { place, turn } = running[next() % running.length]!;
          const again = next() < 30;
          if (!again) ended.push(turn);
          await place.end(turn, again ? 'again' : 'done');
        }
        await done;
        expect(ended.toSorted((a, b) => a - b)).toEqual(Array.from({ length: turns }, (_, turn) => turn));
      },
    ),
    { numRuns: 100 },
  );
});
