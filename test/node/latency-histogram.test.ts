import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LATENCY_BOUNDS_MS, LatencyHistogram } from '../../src/node/latency-histogram.ts';

test('percentiles are within a bucket of the exact ones (property)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 }),
      (values) => {
        const histogram = new LatencyHistogram();
        for (const value of values) histogram.record(value);
        const sorted = values.toSorted((a, b) => a - b);
        for (const share of [0.01, 0.5, 0.9, 0.99, 1]) {
          const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
          const estimate = histogram.percentile(share);
          expect(estimate).toBeGreaterThanOrEqual(Math.min(exact, sorted.at(-1)!) * 0.999999);
          expect(estimate).toBeLessThanOrEqual(Math.max(exact * 1.1, 0.001));
        }
        const { count, max, mean, sum, atMost } = histogram.summary();
        expect(sum).toBeCloseTo(mean * count, 3);
        expect(atMost.at(-1)).toBe(values.length);
        for (const [index, bound] of LATENCY_BOUNDS_MS.slice(0, -1).entries())
          expect(atMost[index]).toBe(values.filter((value) => value <= bound).length);
        expect([count, max]).toEqual([values.length, sorted.at(-1)]);
        expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 3);
      },
    ),
  );
});

test('nothing recorded is all zeros', () => {
  const atMost = LATENCY_BOUNDS_MS.map(() => 0);
  const zeros = { count: 0, sum: 0, mean: 0, p50: 0, p90: 0, p99: 0, max: 0, atMost };
  expect(new LatencyHistogram().summary()).toEqual(zeros);
});
