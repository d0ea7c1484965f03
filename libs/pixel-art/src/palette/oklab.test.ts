import { describe, expect, it } from 'vitest';
import { nearestTo, oklabOf, pointsOf } from './oklab.ts';

describe('oklabOf', () => {
  // Ottosson's own reference values for white; CSS Color 4 sample values for the others, to 5 decimals.
  it.each([
    [0x000000, [0, 0, 0]],
    [0xffffff, [1, 0, 0]],
    [0xff0000, [0.62796, 0.22486, 0.12585]],
    [0x00ff00, [0.86644, -0.23389, 0.1795]],
    [0x0000ff, [0.45201, -0.03246, -0.31153]],
  ])('of %i', (colour, wanted) => {
    oklabOf(colour).forEach((value, axis) => expect(value).toBeCloseTo(wanted[axis]!, 4));
  });
});

describe('nearestTo', () => {
  it('takes the nearest colour', () => {
    expect(nearestTo(oklabOf(0x808080), pointsOf([0xff0000, 0x808080, 0x7f7f7f]))).toBe(0x808080);
    expect(nearestTo(oklabOf(0x101010), pointsOf([0xffffff, 0x000000]))).toBe(0x000000);
  });

  it('takes the first of equally near colours', () => {
    const left = { colour: 2, point: [0, -1, 0] } as const;
    const right = { colour: 1, point: [0, 1, 0] } as const;
    expect(nearestTo([0, 0, 0], [left, right])).toBe(left.colour);
    expect(nearestTo([0, 0, 0], [right, left])).toBe(right.colour);
  });
});
