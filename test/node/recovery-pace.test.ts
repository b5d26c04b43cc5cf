/** Recovery leaves room for everything else: a few milliseconds at a time, and one sees how far it is. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { healthOf } from '../../src/server/health.ts';
import { MemoryStore } from '../../src/store/memory/memory-store.ts';
import { DyingProcess } from './crash-store.ts';
import { Bench, until } from './node-under-test.ts';

const COUNT = 90;
/** One for each look at the clock in a slice of 5 ms, and the one after which it is over. */
const MOST_IN_A_TURN = 6;

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

test('a slice is restored, then the event loop has its turn: requests are answered, and the progress is shown', async () => {
  await bench.write(
    'waiter.ts',
    `import { call, checkpoint } from 'waymark';
     export default async function waiter({ n }) { await checkpoint(); return [n, await call('gate', n, { timeout: '1h' })]; }`,
  );
  await bench.write('echo.ts', `export default async function echo(said) { return said; }`);
  const heard = await bench.service('gate', () => undefined);
  const store = new MemoryStore();
  const dying = new DyingProcess(store, await bench.transport(), Infinity, 'before');
  const first = await bench.node({ store: dying.store, transport: dying.transport });
  for (let n = 0; n < COUNT; n++) bench.ask('waiter', { n }, { timeout: 100_000 }).catch(() => {});
  await until(() => heard.length === COUNT);
  dying.die();
  await first.stop();

  // Each look at the clock takes a millisecond; what waits for a turn of the event loop gets it when the test says so.
  let clock = 0;
  let waiting: (() => void)[] = [];
  const node = await bench.node({
    store,
    environment: { monotonic: () => clock++, defer: (action) => void waiting.push(action) },
  });
  const recovered = (): number => node.status().statistics.recovered;
  const progress: number[] = [];
  while (node.status().state === 'recovering') {
    await until(() => waiting.length > 0 || node.status().state !== 'recovering');
    progress.push(recovered());
    if (progress.length === 5) {
      // In the middle of it.
      expect((await bench.ask('echo', 'hello')).value).toBe('hello');
      expect(recovered()).toBe(progress[4]);
      expect(healthOf(node.status(), undefined)).toMatchObject({
        live: true,
        ready: false,
        state: 'recovering',
        recovered: progress[4],
      });
    }
    const turn = waiting;
    waiting = [];
    for (const action of turn) action();
  }
  expect(recovered()).toBe(COUNT);
  expect(progress.length).toBeGreaterThan(COUNT / MOST_IN_A_TURN);
  const steps = progress.map((count, turn) => count - (progress[turn - 1] ?? 0));
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...steps)).toBeLessThanOrEqual(MOST_IN_A_TURN);
  expect(healthOf(node.status(), undefined)).toMatchObject({ ready: true, recovered: COUNT });
});
