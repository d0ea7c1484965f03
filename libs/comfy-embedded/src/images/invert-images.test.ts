import { expect, it } from 'vitest';
import { invertImages } from './invert-images.ts';

it('subtracts from 1 in single precision, also outside the range', () => {
  const values = Float32Array.of(0, 1, 0.1, -0.5, 2, 0.75);
  expect(invertImages({ values, batch: 1, height: 1, width: 2 })).toEqual({
    values: Float32Array.of(1, 0, 1 - Math.fround(0.1), 1.5, -1, 0.25),
    batch: 1,
    height: 1,
    width: 2,
  });
});
