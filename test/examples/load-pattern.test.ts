/** The loops of the load generator under a virtual clock. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startLoad, type PaymentMaker } from '../../examples/payments/generator/load-pattern.ts';

const EPOCH = 1_000_000;
/** ms that the clock went on while no timer fired. */
let stalled: number;
let began: number;
const now = (): number => EPOCH + performance.now() - began + stalled;

interface Made {
  readonly due: number;
  readonly at: number;
}

function recorder(): {
  readonly maker: PaymentMaker;
  readonly made: Made[];
  readonly ledger: { open: number };
} {
  const made: Made[] = [];
  const ledger = { open: 0 };
  const request = (due: number = now()): void => {
    ledger.open++;
    made.push({ due: due - EPOCH, at: now() - EPOCH });
  };
  return { maker: { request, ledger }, made, ledger };
}

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'performance'],
  });
  stalled = 0;
  began = performance.now();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an open loop', () => {
  test('keeps the rate to the payment, and each is due at its own time', () => {
    const { maker, made } = recorder();
    const load = startLoad(maker, { kind: 'rate', perSecond: 250 }, now);
    vi.advanceTimersByTime(10_000);
    load.stop();
    vi.advanceTimersByTime(1000);
    expect(made.map(({ due }) => due)).toEqual(Array.from({ length: 2501 }, (_, index) => index * 4));
  });

  test('does not wait for replies', () => {
    const { maker, made, ledger } = recorder();
    const load = startLoad(maker, { kind: 'rate', perSecond: 100 }, now);
    vi.advanceTimersByTime(5000);
    load.stop();
    expect([made.length, ledger.open]).toEqual([501, 501]);
  });

  test('makes at once what a stall held up, due when it should have been: the wait is part of its latency', () => {
    const { maker, made } = recorder();
    const load = startLoad(maker, { kind: 'rate', perSecond: 100 }, now);
    vi.advanceTimersByTime(1000);
    stalled = 3000;
    vi.advanceTimersByTime(1000);
    load.stop();
    expect(made.map(({ due }) => due)).toEqual(Array.from({ length: 501 }, (_, index) => index * 10));
    const late = made.filter(({ due, at }) => at - due > 10);
    expect(late.map(({ due }) => due)).toEqual(Array.from({ length: 299 }, (_, index) => 1010 + index * 10));
    expect(new Set(late.map(({ at }) => at))).toEqual(new Set([4010]));
  });

  test('keeps a rate that does not divide a second', () => {
    const { maker, made } = recorder();
    const load = startLoad(maker, { kind: 'rate', perSecond: 333 }, now);
    vi.advanceTimersByTime(60_000);
    load.stop();
    expect(Math.abs(made.length - 333 * 60)).toBeLessThanOrEqual(1);
  });
});

test('a closed loop makes the next payment when one is completed, and none after its stop', () => {
  const { maker, made, ledger } = recorder();
  const load = startLoad(maker, { kind: 'in-flight', count: 5 }, now);
  vi.advanceTimersByTime(1000);
  expect(made.length).toBe(5);
  ledger.open -= 2;
  load.onCompleted();
  expect([made.length, ledger.open]).toEqual([7, 5]);
  load.stop();
  ledger.open = 0;
  load.onCompleted();
  expect(made.length).toBe(7);
});
