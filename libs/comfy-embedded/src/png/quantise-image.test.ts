import { describe, expect, it } from 'vitest';
import { quantiseImage, quantiseRgbaImage } from './quantise-image.ts';

describe('quantiseImage', () => {
  it('cuts off the fraction and clips, as ComfyUI saves', async () => {
    const values = Float32Array.of(0, 0.5, 1, -0.2, 1.7, Number.NaN, 254.999 / 255, 1 / 255, 0.00391);
    const { rgb } = await quantiseImage({ values, batch: 1, height: 1, width: 3 }, 0);
    // 255 × float32(1/255) rounds to 1 in single precision; 255 × 0.00391 is 0.997.
    expect([...rgb]).toEqual([0, 127, 255, 0, 255, 0, 254, 1, 0]);
  });

  it('takes the image asked for', async () => {
    const values = Float32Array.from({ length: 6 }, (_none, index) => index / 5);
    const second = await quantiseImage({ values, batch: 2, height: 1, width: 1 }, 1);
    expect(second).toEqual({ rgb: Uint8Array.of(153, 204, 255), width: 1, height: 1 });
  });
});

describe('quantiseRgbaImage', () => {
  it('treats opacity as another channel', async () => {
    const values = Float32Array.of(0, 0.5, 1, 0.25, 1, 1, 1, 2);
    const first = await quantiseRgbaImage({ values, batch: 2, height: 1, width: 1 }, 0);
    expect(first).toEqual({ rgba: Uint8Array.of(0, 127, 255, 63), width: 1, height: 1 });
  });
});
