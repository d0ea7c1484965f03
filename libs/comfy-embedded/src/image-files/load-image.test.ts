import { describe, expect, it } from 'vitest';
import { encodePng } from '../png/encode-png.ts';
import { quantiseImage } from '../png/quantise-image.ts';
import { decodeImage } from './decode-image.ts';
import type { AlphaSource } from './decoded-image.ts';
import { loadImage, loadImageMask, maskChannels } from './load-image.ts';

const picture = (alpha: AlphaSource) => ({
  width: 2,
  height: 1,
  rgba: Uint8Array.of(255, 0, 51, 102, 1, 2, 3, 255),
  alpha,
});

describe('loadImage', () => {
  it('gives colours without regard to alpha, and transparency as a mask', async () => {
    const { image, mask } = await loadImage(picture('channel'));
    expect(image).toEqual({
      values: Float32Array.of(1, 0, 51 / 255, 1 / 255, 2 / 255, 3 / 255),
      batch: 1,
      height: 1,
      width: 2,
    });
    expect(mask).toEqual({ values: Float32Array.of(1 - Math.fround(0.4), 0), batch: 1, height: 1, width: 2 });
  });

  it.each(['none', 'key'] as const)('gives an empty mask of 64 × 64 when alpha is %s', async (alpha) => {
    expect((await loadImage(picture(alpha))).mask).toEqual({
      values: new Float32Array(4096),
      batch: 1,
      height: 64,
      width: 64,
    });
  });

  it('keeps every level through file, image and 8 bits', async () => {
    const rgb = Uint8Array.from({ length: 768 }, (_none, at) => at % 256);
    const file = await encodePng({ width: 256, height: 1, rgb }, [], 1);
    expect((await quantiseImage((await loadImage(await decodeImage(file))).image, 0)).rgb).toEqual(rgb);
  });
});

describe('loadImageMask', () => {
  it.each([
    ['alpha', 1 - Math.fround(0.4), 0],
    ['red', 1, 1 / 255],
    ['green', 0, 2 / 255],
    ['blue', 51 / 255, 3 / 255],
  ] as const)('takes %s', async (channel, first, second) => {
    expect(maskChannels).toContain(channel);
    expect((await loadImageMask(picture('key'), channel)).values).toEqual(Float32Array.of(first, second));
  });
});

describe('decodeImage', () => {
  it.each([
    ['GIF89a', 'GIF files cannot be read'],
    ['\0\0\0\x1cftypavif', 'AVIF files cannot be read'],
    ['<svg/>', 'no image of a known format'],
    ['', 'no image of a known format'],
  ])('refuses %j', async (beginning, message) => {
    await expect(decodeImage(Buffer.from(beginning, 'latin1'))).rejects.toThrow(
      expect.objectContaining({
        code: 'IMAGE_FORMAT_UNKNOWN',
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });
});
