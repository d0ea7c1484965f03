import { inSlices, type Raster } from '@dgx-pixels/pixel-art';
import type { ImageBatch } from '../engine/pixel-engine.ts';
import { quantiseImage } from '../png/quantise-image.ts';

/** One image of a batch in 8 bits, as SaveImage would write it, opaque. */
export async function rasterOf(images: ImageBatch, index: number): Promise<Raster> {
  const { rgb, width, height } = await quantiseImage(images, index);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  await inSlices(width * height, 4, (from, to) => {
    for (let pixel = from; pixel < to; pixel++) rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  });
  return { width, height, rgba };
}
