/** Which fault happens when, with a clock of our own. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fault, FaultKind } from '../../examples/payments/chaos/fault.ts';
import { wreakHavoc } from '../../examples/payments/chaos/havoc.ts';
import { seededRandom } from '../../examples/payments/seeded-random.ts';
import { readDemoOptions } from '../../examples/payments/demo-options.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function recorder() {
  const started = performance.now();
  const happened: string[] = [];
  const note = (what: string): void => void happened.push(`${performance.now() - started} ${what}`);
  const fault = (kind: FaultKind, lasts: number, targets: () => readonly string[]): Fault => ({
    kind,
    lasts,
    targets,
    inject: async (target) => note(`${kind} ${target}`),
    repair: async (target) => note(`back ${target}`),
  });
  return { happened, fault };
}
const options = { every: 1000, duration: 4500, random: seededRandom(4) };
const never = new AbortController().signal;

describe('havoc', () => {
  test('comes on time, whatever repairs cost, and ends with everything repaired', async () => {
    const { happened, fault } = recorder();
    const done = wreakHavoc([fault('node', 1700, () => ['a'])], options, never);
    await vi.runAllTimersAsync();
    await done;
    expect(happened).toEqual([
      '1000 node a',
      '2000 node a',
      '2700 back a',
      '3000 node a',
      '3700 back a',
      '4000 node a',
      '4700 back a',
      '5700 back a',
    ]);
  });

  test('hits only what can be hit, and skips its turn when nothing can', async () => {
    const { happened, fault } = recorder();
    let hit = 0;
    const once = { ...fault('disk', 10, () => (hit++ === 1 ? ['b'] : [])) };
    const done = wreakHavoc([fault('nats', 10, () => []), once], options, never);
    await vi.runAllTimersAsync();
    await done;
    expect(happened).toEqual(['2000 disk b', '2010 back b']);
  });

  test('chooses among kinds and targets by the seed', async () => {
    const run = async (seed: number): Promise<string[]> => {
      const { happened, fault } = recorder();
      const faults = [fault('node', 1, () => ['a', 'b', 'c']), fault('pair', 1, () => ['x', 'y'])];
      const done = wreakHavoc(faults, { every: 10, duration: 2000, random: seededRandom(seed) }, never);
      await vi.runAllTimersAsync();
      await done;
      return happened;
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
    const counted = (what: string): number => first.filter((line) => line.endsWith(what)).length;
    for (const what of ['node a', 'node b', 'node c', 'pair x', 'pair y'])
      expect(counted(what)).toBeGreaterThan(10);
  });

  test('an end before its time still repairs what was hit', async () => {
    const { happened, fault } = recorder();
    const abort = new AbortController();
    const done = wreakHavoc([fault('node', 60_000, () => ['a'])], options, abort.signal);
    await vi.advanceTimersByTimeAsync(1500);
    abort.abort();
    await done;
    expect(happened).toEqual(['1000 node a', '1500 back a']);
  });

  test('a repair that fails is told at the end', async () => {
    const { fault } = recorder();
    const failing = {
      ...fault('node', 10, () => ['a']),
      repair: () => Promise.reject(new Error('does not serve')),
    };
    const done = wreakHavoc([failing], options, never);
    const failed = expect(done).rejects.toThrow('does not serve');
    await vi.runAllTimersAsync();
    await failed;
  });
});

describe('the command line', () => {
  const read = (...args: string[]) => readDemoOptions(args, () => 7);

  test('without options: local, a node every five seconds', () => {
    expect(read()).toMatchObject({
      nodes: 4,
      kill: ['node'],
      killEvery: 5000,
      natsServers: 0,
      takeOver: undefined,
      seed: 7,
    });
  });

  test('faults are combined with commas', () => {
    expect(read('--nats', '--instances', '6', '--kill', 'node,pair,disk,nats')).toMatchObject({
      nodes: 6,
      kill: ['node', 'pair', 'disk', 'nats'],
      natsServers: 1,
      takeOver: undefined,
    });
    expect(read('--kill', 'none').kill).toEqual([]);
  });

  test('take-over brings leases, and three servers that keep them', () => {
    expect(read('--nats', '--kill', 'takeover')).toMatchObject({ natsServers: 3, takeOver: 6000 });
    expect(read('--nats', '--kill', 'freeze', '--take-over', '4s')).toMatchObject({
      natsServers: 3,
      takeOver: 4000,
    });
  });

  test.each([
    [['--kill', 'disk'], '--kill disk needs --nats'],
    [['--kill', 'node,moon'], 'some of node, pair'],
    [['--take-over', '3s'], '--take-over needs --nats'],
    [['--nats', '--nodes', '3'], 'even number'],
  ])('%j is refused', (args, why) => {
    const said: string[] = [];
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('ended');
    });
    try {
      expect(() => read(...args)).toThrow('ended');
      expect(said.join('')).toContain(why);
    } finally {
      write.mockRestore();
      exit.mockRestore();
    }
  });
});
