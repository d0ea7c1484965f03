import { expect, it } from 'vitest';
import { imagesToMask } from './images-to-mask.ts';
import { maskToImages } from './mask-to-images.ts';

it('takes one channel', () => {
  const images = { values: Float32Array.of(1, 2, 3, 4, 5, 6), batch: 2, height: 1, width: 1 };
  expect(imagesToMask(images, 'green')).toEqual({ values: Float32Array.of(2, 5), batch: 2, height: 1, width: 1 });
});

it('gets back the mask that an image was made of', () => {
  const mask = { values: Float32Array.of(0, 0.5, 1, 0.25), batch: 2, height: 1, width: 2 };
  for (const channel of ['red', 'green', 'blue'] as const) {
    expect(imagesToMask(maskToImages(mask), channel)).toEqual(mask);
  }
});
