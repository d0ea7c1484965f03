import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile } from './quantile.ts';
import { seededNumbers, shuffledPlaces } from './seeded-numbers.ts';

describe('quantile', () => {
  it('is what numpy.quantile gives', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 0, 20, 30, 100], 0.9)).toBeCloseTo(72, 12);
    expect(quantile([7], 0.001)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('lies within the values, grows with the share and does not depend on their order', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(values, share, share, (numbers, one, other) => {
        const [less, more] = [quantile(numbers, Math.min(one, other)), quantile(numbers, Math.max(one, other))];
        expect(less).toBeLessThanOrEqual(more + 1e-6);
        expect(quantile(numbers, 0)).toBe(Math.min(...numbers));
        expect(quantile(numbers, 1)).toBe(Math.max(...numbers));
        expect(quantile(numbers.toReversed(), one)).toBe(quantile(numbers, one));
      }),
    );
  });
});

describe('seeded numbers', () => {
  it('lie in [0, 1), spread evenly, and depend on the seed alone', () => {
    const next = seededNumbers(9);
    const numbers = Array.from({ length: 20_000 }, next);
    expect(numbers.every((value) => value >= 0 && value < 1)).toBe(true);
    const tenths = Array.from({ length: 10 }, (_none, tenth) =>
      numbers.filter((value) => Math.floor(value * 10) === tenth),
    );
    // 2,000 are expected in each tenth, give or take 42: four and a half times that.
    for (const { length } of tenths) expect(Math.abs(length - 2000)).toBeLessThan(190);
    expect(Array.from({ length: 20_000 }, seededNumbers(9))).toEqual(numbers);
  });

  it('shuffle every place once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.nat(), (count, seed) => {
        const places = shuffledPlaces(count, seed);
        expect([...places].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_none, place) => place));
        expect(shuffledPlaces(count, seed)).toEqual(places);
      }),
    );
  });
});
