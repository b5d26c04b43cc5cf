/** At no moment do two holders think that they have the same lease, whatever their clocks do within the margin. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NodeLease } from '../../../src/node/leases/node-lease.ts';
import { InProcessLeases } from '../../../src/transport/local/in-process-leases.ts';

const TTL = 1000;
const STEP = 10;

/** A machine: its clock runs a little wrong, and it can be frozen, when timers do not run but time goes on. */
class Machine {
  readonly #rate: number;
  readonly #timers = new Map<number, { due: number; action: () => void }>();
  #next = 1;
  #time = 0;
  frozen = false;

  constructor(rate: number) {
    this.#rate = rate;
  }

  readonly environment = {
    monotonic: (): number => this.#time,
    now: (): number => 1e12 + this.#time,
    setTimer: (action: () => void, ms: number): unknown => {
      this.#timers.set(this.#next, { due: this.#time + ms, action });
      return this.#next++;
    },
    clearTimer: (handle: unknown): void => void this.#timers.delete(handle as number),
  };

  advance(ms: number): void {
    this.#time += ms * this.#rate;
    if (this.frozen) return;
    for (const [handle, { due, action }] of this.#timers) {
      if (due > this.#time) continue;
      this.#timers.delete(handle);
      action();
    }
  }
}

interface Holder {
  readonly machine: Machine;
  lease: NodeLease | undefined;
  lost: number;
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

test('never two at once, and a healthy holder keeps it (property)', async () => {
  const event = fc.record({ at: fc.nat(600), holder: fc.nat(2), frozen: fc.boolean() });
  const rates = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 0.93, max: 1.07, noNaN: true })));
  await fc.assert(
    fc.asyncProperty(rates, fc.array(event, { maxLength: 20 }), async (speeds, events) => {
      let engineTime = 0;
      const leases = new InProcessLeases(TTL, () => engineTime);
      const holders: Holder[] = speeds.map((rate) => ({
        machine: new Machine(rate),
        lease: undefined,
        lost: 0,
      }));
      let changes = 0;
      const tokens: number[] = [];
      for (let step = 0; step < 600; step++) {
        for (const { at, holder, frozen } of events)
          if (at === step) holders[holder]!.machine.frozen = frozen;
        engineTime += STEP;
        for (const [index, holder] of holders.entries()) {
          holder.machine.advance(STEP);
          if (holder.machine.frozen || holder.lease) continue;
          const lease = new NodeLease({
            leases,
            name: 'x',
            holder: `h${index}`,
            marginMs: TTL / 5,
            environment: holder.machine.environment,
            lost: () => {
              holder.lease = undefined;
              holder.lost++;
            },
            reportError: (error) => {
              throw error;
            },
          });
          if (await lease.tryAcquire()) {
            holder.lease = lease;
            changes++;
            tokens.push(lease.token!);
          }
        }
        await settle();
        expect(holders.filter(({ lease }) => lease?.isValid()).length).toBeLessThan(2);
      }
      expect(tokens).toEqual([...tokens].sort((a, b) => a - b));
      if (events.length === 0) {
        expect(changes).toBe(1);
        expect(holders.map(({ lost }) => lost)).toEqual([0, 0, 0]);
      }
    }),
    { numRuns: 60 },
  );
});

test('a clock that jumps forward ends the lease early, never late', async () => {
  let [monotonic, wall, engine] = [0, 1e12, 0];
  const leases = new InProcessLeases(TTL, () => engine);
  const lease = new NodeLease({
    leases,
    name: 'x',
    holder: 'a',
    marginMs: 200,
    environment: { monotonic: () => monotonic, now: () => wall, setTimer: () => 0, clearTimer: () => {} },
    lost: () => {},
    reportError: () => {},
  });
  expect(await lease.tryAcquire()).toBe(true);
  expect(lease.isValid()).toBe(true);
  // Suspended: the monotonic clock stood still, the wall clock did not.
  wall += 900;
  expect(lease.isValid()).toBe(false);
  wall -= 900;
  monotonic += 801;
  engine += 801;
  expect(lease.isValid()).toBe(false);
});

test('an own lease of an earlier life is taken again at once; given back it is free at once', async () => {
  const leases = new InProcessLeases(TTL, () => 0);
  const make = (holder: string): NodeLease =>
    new NodeLease({
      leases,
      name: 'x',
      holder,
      marginMs: 200,
      environment: { monotonic: () => 0, now: () => 0, setTimer: () => 0, clearTimer: () => {} },
      lost: () => {},
      reportError: () => {},
    });
  const first = make('a');
  expect(await first.tryAcquire()).toBe(true);
  expect(await make('b').tryAcquire()).toBe(false);
  const second = make('a');
  expect(await second.tryAcquire()).toBe(true);
  await second.close();
  expect(second.isValid()).toBe(false);
  expect(await make('b').tryAcquire()).toBe(true);
});
