import { expect, it } from 'vitest';
import { emptyImage } from './empty-image.ts';

it('fills a batch with one colour', () => {
  const { values, ...size } = emptyImage(2, 1, 2, 0xff8001);
  expect(size).toEqual({ batch: 2, height: 1, width: 2 });
  const pixel = [1, Math.fround(128 / 255), Math.fround(1 / 255)];
  expect([...values]).toEqual([...pixel, ...pixel, ...pixel, ...pixel]);
});

it('refuses more pixels than allowed', () => {
  expect(() => emptyImage(16_384, 16_384, 1, 0)).toThrow(expect.objectContaining({ code: 'IMAGE_TOO_LARGE' }) as Error);
  expect(() => emptyImage(512, 512, 4096, 0)).toThrow(expect.objectContaining({ code: 'IMAGE_TOO_LARGE' }) as Error);
});
