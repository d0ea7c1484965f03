import type { Raster } from '@dgx-pixels/pixel-art';
import { describe, expect, it } from 'vitest';
import { psnr } from './psnr.ts';
import { ssim } from './ssim.ts';

/** A picture of one colour. */
function fill(pixel: readonly [number, number, number, number], side = 12): Raster {
  const rgba = Uint8Array.from({ length: side * side * 4 }, (_none, at) => pixel[at % 4] ?? 0);
  return { width: side, height: side, rgba };
}

describe('what is compared', () => {
  it('does not depend on colours under alpha 0, and names the background that shows', () => {
    const [red, blue] = [fill([255, 0, 0, 0]), fill([0, 0, 255, 0])];
    expect(ssim(red, blue)).toMatchObject({ value: 1, identical: true, background: '#808080' });
    expect(psnr(red, blue)).toMatchObject({ value: null, identical: true, background: '#808080' });
    expect(psnr(red, fill([128, 128, 128, 255]))).toMatchObject({ identical: true });
    expect(psnr(red, fill([16, 32, 48, 255]), { background: '#102030' })).toMatchObject({ identical: true });
    expect(psnr(fill([1, 2, 3, 255]), fill([1, 2, 4, 255])).background).toBeNull();
  });

  it('weighs colour and background by alpha', () => {
    // (200 · 51 + 128 · 204) / 255 = 142.4 in each channel.
    const { value } = psnr(fill([200, 200, 200, 51]), fill([142, 142, 142, 255]));
    expect(value).toBeCloseTo(20 * Math.log10(255 / 0.4), 10);
  });

  it('is 0 dB apart for black and white, and one level in one channel is known', () => {
    expect(psnr(fill([0, 0, 0, 255]), fill([255, 255, 255, 255])).value).toBeCloseTo(0, 12);
    expect(psnr(fill([9, 9, 9, 255]), fill([9, 9, 10, 255])).value).toBeCloseTo(10 * Math.log10(255 * 255 * 3), 10);
    // Luma is not rounded: one level of red is 0.299 of one of luma.
    expect(psnr(fill([114, 0, 0, 255]), fill([115, 0, 0, 255]), { colour: 'luma' }).value).toBeCloseTo(
      20 * Math.log10(255 / 0.299),
      10,
    );
  });

  it('is refused when bytes or background are none', () => {
    const code = 'IMAGE_METRIC_REQUEST_INVALID';
    const whole = fill([1, 2, 3, 255]);
    const short = { ...whole, rgba: whole.rgba.subarray(4) };
    expect(() => ssim(whole, short)).toThrow(expect.objectContaining({ code }));
    expect(() => psnr({ width: 0, height: 0, rgba: new Uint8Array() }, whole)).toThrow(
      expect.objectContaining({ code }),
    );
    for (const background of ['gray', '#fff', '#12345g', '808080']) {
      expect(() => ssim(whole, whole, { background })).toThrow(expect.objectContaining({ code }));
    }
  });
});
