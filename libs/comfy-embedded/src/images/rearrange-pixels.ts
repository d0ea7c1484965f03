import { inSlices } from '@dgx-pixels/pixel-art';
import type { ImageBatch } from '../engine/pixel-engine.ts';
import type { Size } from './resize/centre-crop.ts';

/**
 * Builds images of another shape from whole pixels.
 *
 * @param sourceOf - index `y · width + x` in the old image of the pixel that comes to `x`, `y` of the new one.
 */
export async function rearrangePixels(
  images: ImageBatch,
  { width, height }: Size,
  sourceOf: (x: number, y: number) => number,
): Promise<ImageBatch> {
  const values = new Float32Array(images.batch * width * height * 3);
  const oldPixels = images.width * images.height;
  await inSlices(images.batch * height, width * 3, (from, to) => {
    for (let row = from; row < to; row++) {
      const y = row % height;
      const start = ((row - y) / height) * oldPixels;
      for (let x = 0; x < width; x++) {
        const source = (start + sourceOf(x, y)) * 3;
        values.set(images.values.subarray(source, source + 3), (row * width + x) * 3);
      }
    }
  });
  return { values, batch: images.batch, height, width };
}
