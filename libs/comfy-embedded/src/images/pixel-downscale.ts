import { inSlices, type PaletteChoice, type PixelGrid, reducePalette, toNativeSize } from '@dgx-pixels/pixel-art';
import type { ImageBatch } from '../engine/pixel-engine.ts';
import { rasterOf } from './raster-of.ts';

/**
 * Takes pixel art that was drawn with large pixels to its native size, one pixel for each cell, and then, if asked for,
 * to a palette that the batch shares.
 *
 * @returns colours of 8 bits exactly.
 * @throws PixelArtError PIXEL_REQUEST_INVALID when the sides are no multiples of the cells', or for a palette of no
 * colours; PIXEL_TOO_MANY.
 */
export async function downscalePixels(
  images: ImageBatch,
  grid: PixelGrid,
  palette?: PaletteChoice,
): Promise<ImageBatch> {
  const cells = [];
  for (let image = 0; image < images.batch; image++) {
    cells.push(await toNativeSize(await rasterOf(images, image), grid));
  }
  const sprites = palette === undefined ? cells : await reducePalette(cells, palette);
  const { width = 0, height = 0 } = sprites[0] ?? {};
  const values = new Float32Array(images.batch * height * width * 3);
  for (const [image, { rgba }] of sprites.entries()) {
    const start = image * height * width;
    await inSlices(height * width, 3, (from, to) => {
      for (let pixel = from; pixel < to; pixel++) {
        for (let channel = 0; channel < 3; channel++) {
          values[(start + pixel) * 3 + channel] = (rgba[pixel * 4 + channel] ?? 0) / 255;
        }
      }
    });
  }
  return { values, batch: images.batch, height, width };
}
