import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '../../../test/engine/golden.ts';
import { goldenImageResizes, goldenPlanarResizes, recordedInput } from '../../../test/images/golden.ts';
import type { ImageError } from '../image-errors.ts';
import { imageResizeMethods, resizeImages } from './resize-images.ts';

/** `[1, 3, height, width]` → `[1, height, width, 3]`. */
function interleave(values: readonly number[], [, , height = 0, width = 0]: readonly number[]): Float32Array {
  const cells = height * width;
  return Float32Array.from({ length: cells * 3 }, (_none, at) => values[(at % 3) * cells + Math.floor(at / 3)] ?? 0);
}

describe('resizeImages', () => {
  it.each(
    goldenImageResizes.map((row) => ({
      ...row,
      name: `${row.method} ${row.width}×${row.height} → ${row.toWidth}×${row.toHeight} ${row.crop}`,
    })),
  )('equals PyTorch and Pillow: $name', async ({ batch, height, width, toHeight, toWidth, method, crop, values }) => {
    const images = { values: recordedInput(batch * height * width * 3), batch, height, width };
    const resized = await resizeImages(images, { width: toWidth, height: toHeight }, method, crop);
    expect(resized).toMatchObject({ batch, height: toHeight, width: toWidth });
    expect(largestDifference(resized.values, values)).toBeLessThan(1e-6);
  });

  it.each(['up', 'down', 'center'] as const)('equals the numbers of another recording: %s', async (name) => {
    const golden = goldenPlanarResizes[name];
    const [batch = 0, , height = 0, width = 0] = golden.shape;
    const images = { values: interleave(golden.input, golden.shape), batch, height, width };
    for (const method of imageResizeMethods) {
      const wanted = golden[method];
      const [, , toHeight = 0, toWidth = 0] = wanted.shape;
      const crop = name === 'center' ? 'center' : 'disabled';
      const { values } = await resizeImages(images, { width: toWidth, height: toHeight }, method, crop);
      expect(largestDifference(values, interleave(wanted.values, wanted.shape)), method).toBeLessThan(1e-6);
    }
  });

  it('keeps one colour one colour, whatever the sizes', async () => {
    const side = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...imageResizeMethods),
        fc.tuple(side, side, side, side),
        fc.integer({ min: 0, max: 255 }),
        async (method, [width, height, toWidth, toHeight], level) => {
          const colour = Math.fround(level / 255);
          const images = { values: new Float32Array(width * height * 3).fill(colour), batch: 1, height, width };
          const { values } = await resizeImages(images, { width: toWidth, height: toHeight }, method);
          expect(largestDifference(values, new Float32Array(toWidth * toHeight * 3).fill(colour))).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it.each([
    [0, 4, 'IMAGE_REQUEST_INVALID'],
    [1.5, 4, 'IMAGE_REQUEST_INVALID'],
    [20_000, 1, 'IMAGE_TOO_LARGE'],
    [8192, 8192, 'IMAGE_TOO_LARGE'],
  ])('refuses %d × %d', async (width, height, code) => {
    const images = { values: new Float32Array(3), batch: 1, height: 1, width: 1 };
    await expect(resizeImages(images, { width, height }, 'area')).rejects.toThrow(
      expect.objectContaining({ code }) as ImageError,
    );
  });
});
