import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../test/code-of.ts';
import { bootstrapMedianInterval } from './bootstrap-median-interval.ts';
import { median } from './median.ts';
import { medianAbsoluteDeviation } from './median-absolute-deviation.ts';
import { quantile } from './quantile.ts';
import { createRandomSource } from './random-source.ts';
import { summarise } from './summarise.ts';

const series = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });
const values = [3.2, 1.5, 9.9, 4.4, 2.1, 7.7, 5.0];

describe('quantile and median', () => {
  it('agree with NumPy (linear interpolation)', () => {
    const quantiles = [0.1, 0.25, 0.5, 0.9].map((probability) => quantile(values, probability));
    for (const [i, expected] of [1.86, 2.65, 4.4, 8.58].entries()) expect(quantiles[i]).toBeCloseTo(expected, 12);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(medianAbsoluteDeviation(values)).toBeCloseTo(2.3, 12);
  });

  it('refuse an empty series, NaN and a probability out of range', async () => {
    for (const action of [
      () => median([]),
      () => median([1, Number.NaN]),
      () => quantile([1], 1.5),
      () => bootstrapMedianInterval([1], { confidence: 1 }),
    ]) {
      expect(await codeOf(action)).toBe('EVIDENCE_NO_SAMPLES');
    }
  });
});

describe('createRandomSource', () => {
  it('gives the sequence of xoshiro128** from the state 1, 2, 3, 4', () => {
    const next = createRandomSource([1, 2, 3, 4]);
    const words = Array.from({ length: 6 }, () => next());
    expect(words).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
  });
});

describe('bootstrapMedianInterval', () => {
  it('agrees with NumPy’s percentile bootstrap within the resampling error', () => {
    const samples = Array.from({ length: 30 }, (_, i) => 240 + ((i * 7) % 20));
    const [lower, upper] = bootstrapMedianInterval(samples);
    expect(Math.abs(lower - 246)).toBeLessThanOrEqual(1);
    expect(Math.abs(upper - 252.5)).toBeLessThanOrEqual(1);
  });

  it('is deterministic and holds the median', () => {
    fc.assert(
      fc.property(series, fc.integer(), (samples, seed) => {
        const first = bootstrapMedianInterval(samples, { resamples: 200, seed });
        expect(bootstrapMedianInterval([...samples], { resamples: 200, seed })).toEqual(first);
        expect(first[0]).toBeLessThanOrEqual(first[1]);
        expect(first[0]).toBeGreaterThanOrEqual(Math.min(...samples));
        expect(first[1]).toBeLessThanOrEqual(Math.max(...samples));
      }),
      { numRuns: 50 },
    );
  });

  it('equals drawing, sorting and taking the middle', () => {
    fc.assert(
      fc.property(series, fc.integer(), (samples, seed) => {
        const sorted = [...samples].sort((a, b) => a - b);
        const next = createRandomSource(seed);
        const medians = Array.from({ length: 100 }, () =>
          median(sorted.map(() => sorted[Math.floor((next() / 2 ** 32) * sorted.length)]!)),
        );
        const [lower, upper] = bootstrapMedianInterval(samples, { resamples: 100, seed });
        expect(lower).toBeCloseTo(quantile(medians, 0.025), 6);
        expect(upper).toBeCloseTo(quantile(medians, 0.975), 6);
      }),
    );
  });

  it('does not depend on the order of the samples', () => {
    expect(bootstrapMedianInterval([...values].reverse())).toEqual(bootstrapMedianInterval(values));
  });
});

describe('summarise', () => {
  it('orders its figures', () => {
    fc.assert(
      fc.property(series, (samples) => {
        const summary = summarise(samples);
        expect(summary.n).toBe(samples.length);
        expect(summary.min).toBeLessThanOrEqual(summary.median);
        expect(summary.median).toBeLessThanOrEqual(summary.p90);
        expect(summary.p90).toBeLessThanOrEqual(summary.max);
        expect(summary.ci95[0]).toBeLessThanOrEqual(summary.ci95[1]);
      }),
      { numRuns: 20 },
    );
  });
});
