import { findBackground, inSlices } from '@dgx-pixels/pixel-art';
import type { ImageBatch } from '../engine/pixel-engine.ts';
import { rasterOf } from './raster-of.ts';
import type { RgbaBatch } from './rgba-batch.ts';

/**
 * Cuts sprites out of a plain background, each image by itself: the background (`findBackground`) becomes transparent
 * black, all other pixels opaque and unchanged.
 *
 * @param tolerance - largest difference of any channel from the background, in 8-bit levels, 0 … 255.
 * @throws PixelArtError PIXEL_REQUEST_INVALID.
 */
export async function cutOutSprites(images: ImageBatch, tolerance: number): Promise<RgbaBatch> {
  const { batch, height, width } = images;
  const pixels = height * width;
  const values = new Float32Array(batch * pixels * 4);
  for (let image = 0; image < batch; image++) {
    const marks = await findBackground(await rasterOf(images, image), tolerance);
    await inSlices(pixels, 4, (from, to) => {
      for (let pixel = from; pixel < to; pixel++) {
        if (marks[pixel] === 1) continue;
        const at = image * pixels + pixel;
        values.set(images.values.subarray(at * 3, at * 3 + 3), at * 4);
        values[at * 4 + 3] = 1;
      }
    });
  }
  return { values, batch, height, width };
}
