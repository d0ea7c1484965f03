import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaQuantile, incompleteBeta } from './beta-quantile.ts';

describe('betaQuantile', () => {
  it.each([
    [1e-6, 0.6, 0.6, 1.8558824624053043e-10],
    [0.001, 0.6, 0.6, 1.855873851745199e-5],
    [0.05, 0.6, 0.6, 0.012554456873611399],
    [0.3, 0.6, 0.6, 0.23401700387523572],
    [0.5, 0.6, 0.6, 0.5000000000000001],
    [0.875, 0.6, 0.6, 0.942843636377586],
    [0.999, 0.6, 0.6, 0.9999814412614826],
    [0.25, 2, 5, 0.16116291679032652],
    [0.9, 0.5, 3, 0.38624888180536926],
    [0.4, 12, 3.5, 0.7586791834169266],
  ])('equals scipy.stats.beta.ppf(%d, %d, %d)', (p, a, b, quantile) => {
    expect(Math.abs(betaQuantile(p, a, b) - quantile)).toBeLessThan(1e-12);
  });

  it('inverts the incomplete beta function', () => {
    const shape = fc.double({ min: 0.3, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), shape, shape, (p, a, b) => {
        expect(incompleteBeta(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 9);
      }),
    );
  });

  it('is 0 and 1 at the ends', () => {
    expect([betaQuantile(0, 0.6, 0.6), betaQuantile(1, 0.6, 0.6)]).toEqual([0, 1]);
  });
});
