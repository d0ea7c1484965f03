import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedBootstrap } from './paired-bootstrap.ts';
import { seededNumbers } from './seeded-numbers.ts';

const differences = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('pairedBootstrap', () => {
  it('covers the true mean about as often as it says', () => {
    const next = seededNumbers(11);
    let covered = 0;
    const trials = 400;
    for (let trial = 0; trial < trials; trial++) {
      const sample = Array.from({ length: 30 }, () => next() + next() + next() - 1.5);
      const { low, high } = pairedBootstrap(sample, trial, 400);
      if (low <= 0 && high >= 0) covered++;
    }
    // A percentile interval from 30 pairs covers about 93 %; its share over 400 trials scatters by 1.3 %.
    expect(covered / trials).toBeGreaterThan(0.89);
    expect(covered / trials).toBeLessThan(0.98);
  });

  it('is as wide as the standard error of the mean allows', () => {
    const next = seededNumbers(5);
    const sample = Array.from({ length: 200 }, () => next());
    const { mean, low, high } = pairedBootstrap(sample, 1);
    const deviation = Math.sqrt(sample.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sample.length);
    expect((high - low) / ((2 * 1.96 * deviation) / Math.sqrt(200))).toBeCloseTo(1, 1);
  });

  it('lies within the values, in order, and moves with them', () => {
    fc.assert(
      fc.property(differences, fc.nat(), (values, seed) => {
        const { mean, low, high, n } = pairedBootstrap(values, seed, 200);
        expect(n).toBe(values.length);
        expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 9);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(high).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        expect(low).toBeLessThanOrEqual(high);
        const moved = pairedBootstrap(
          values.map((value) => value + 3),
          seed,
          200,
        );
        expect([moved.low - 3, moved.high - 3]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
      }),
      { numRuns: 50 },
    );
  });

  it('is the same for the same seed and another for another', () => {
    const sample = Array.from({ length: 20 }, (_none, index) => Math.sin(index));
    expect(pairedBootstrap(sample, 4)).toEqual(pairedBootstrap(sample, 4));
    expect(pairedBootstrap(sample, 4).low).not.toBe(pairedBootstrap(sample, 5).low);
  });
});
