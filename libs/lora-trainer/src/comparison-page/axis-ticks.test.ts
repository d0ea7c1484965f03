import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisTicks, largestOnAxis, tickLabel } from './axis-ticks.ts';

const end = fc.oneof(
  fc.double({ min: -largestOnAxis, max: largestOnAxis, noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.constantFrom(0, 1, 1 + Number.EPSILON, Number.MIN_VALUE, 1e-300, 3000),
);

describe('axisTicks', () => {
  it('labels a range with round numbers beyond both ends', () => {
    expect(axisTicks(0.013, 0.187, 5)).toMatchObject({
      low: 0,
      high: 0.2,
      ticks: [0, 0.05, 0.1, 0.15000000000000002, 0.2],
    });
    expect(axisTicks(0, 3000, 6, true)).toMatchObject({
      low: 0,
      high: 3000,
      ticks: [0, 500, 1000, 1500, 2000, 2500, 3000],
    });
  });

  it('keeps the ends of a tight axis and labels within them', () => {
    expect(axisTicks(30, 2990, 6, true)).toMatchObject({ low: 30, high: 2990, ticks: [500, 1000, 1500, 2000, 2500] });
  });

  it('widens a range of no width', () => {
    expect(axisTicks(0, 0, 5)).toMatchObject({ low: -1, high: 1 });
    const { low, high } = axisTicks(5, 5, 5);
    expect([low < 5, high > 5]).toEqual([true, true]);
  });

  it('covers any range with a few rising finite ticks that differ in print', () => {
    fc.assert(
      fc.property(end, end, fc.boolean(), (one, other, tight) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const { low, high, ticks, spacing } = axisTicks(from, to, 5, tight);
        expect([low, high, spacing, ...ticks].every((value) => Number.isFinite(value))).toBe(true);
        expect(high).toBeGreaterThan(low);
        expect(low).toBeLessThanOrEqual(from + spacing * 1e-9);
        expect(high).toBeGreaterThanOrEqual(to - spacing * 1e-9);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(12);
        for (const [index, tick] of ticks.slice(1).entries()) expect(tick).toBeGreaterThan(ticks[index]!);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses ends that no axis has', () => {
    expect(() => axisTicks(2, 1, 5)).toThrow(RangeError);
    expect(() => axisTicks(0, Infinity, 5)).toThrow(RangeError);
    expect(() => axisTicks(NaN, 1, 5)).toThrow(RangeError);
  });
});

describe('tickLabel', () => {
  it('has as many decimals as the spacing needs', () => {
    expect([tickLabel(0.15000000000000002, 0.05), tickLabel(-2.4e-17, 0.05), tickLabel(1500, 500)]).toEqual([
      '0.15',
      '0',
      '1500',
    ]);
    expect([tickLabel(2e6, 1e6), tickLabel(3e-8, 1e-8), tickLabel(0, 1e6)]).toEqual(['2.0e6', '3.0e-8', '0']);
  });
});
