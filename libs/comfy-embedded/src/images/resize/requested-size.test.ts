import { describe, expect, it } from 'vitest';
import { goldenCentreCrops } from '../../../test/images/golden.ts';
import { centreCrop } from './centre-crop.ts';
import { imageScaleSize, latentUpscaleSize, scaledBySize, totalPixelsSize } from './requested-size.ts';

const size = (width: number, height: number): { width: number; height: number } => ({ width, height });

describe('sizes', () => {
  it('takes a side of 0 from the aspect ratio', () => {
    expect(imageScaleSize(size(100, 50), size(0, 0))).toEqual(size(100, 50));
    expect(imageScaleSize(size(100, 50), size(30, 0))).toEqual(size(30, 15));
    expect(imageScaleSize(size(100, 50), size(0, 30))).toEqual(size(60, 30));
    expect(imageScaleSize(size(1000, 1), size(3, 0))).toEqual(size(3, 1));
  });

  it('rounds halves to the even side', () => {
    expect(scaledBySize(size(5, 7), 0.5)).toEqual(size(2, 4));
    expect(imageScaleSize(size(2, 5), size(1, 0))).toEqual(size(1, 2));
  });

  it('reaches a number of pixels', () => {
    expect(totalPixelsSize(size(512, 512), 1)).toEqual(size(1024, 1024));
    expect(totalPixelsSize(size(16, 9), 0.5)).toEqual(size(965, 543));
  });

  it('makes latents of at least 64 pixels', () => {
    expect(latentUpscaleSize(size(16, 16), size(0, 0))).toEqual(size(16, 16));
    expect(latentUpscaleSize(size(16, 16), size(8, 200))).toEqual(size(8, 25));
    expect(latentUpscaleSize(size(16, 32), size(0, 512))).toEqual(size(32, 64));
    expect(latentUpscaleSize(size(16, 32), size(128, 0))).toEqual(size(16, 32));
    expect(latentUpscaleSize(size(64, 1), size(64, 0))).toEqual(size(8, 8));
    expect(latentUpscaleSize(size(1, 64), size(0, 64))).toEqual(size(8, 8));
  });
});

describe('centreCrop', () => {
  it('keeps the part that Python keeps', () => {
    for (const [width = 0, height = 0, toWidth = 0, toHeight = 0, left = 0, top = 0] of goldenCentreCrops) {
      if (width === 2 * left || height === 2 * top) continue;
      expect(centreCrop(size(width, height), size(toWidth, toHeight))).toEqual({
        left,
        top,
        width: width - 2 * left,
        height: height - 2 * top,
      });
    }
  });

  it('refuses a crop to nothing', () => {
    expect(() => centreCrop(size(2, 2), size(1, 1000))).toThrow('nothing of 2×2 is left');
  });
});
