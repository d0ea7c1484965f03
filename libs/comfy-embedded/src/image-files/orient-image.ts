import { inSlices } from '@dgx-pixels/pixel-art';
import type { DecodedImage } from './decoded-image.ts';

/**
 * Turns a picture upright: TIFF orientation 1 … 8, as Pillow's `ImageOps.exif_transpose` does.
 *
 * @param orientation - 5 … 8 exchange the sides.
 */
export async function orientImage(image: DecodedImage, orientation: number): Promise<DecodedImage> {
  if (orientation === 1) return image;
  const exchanged = orientation >= 5;
  const [width, height] = exchanged ? [image.height, image.width] : [image.width, image.height];
  const mirrorX = [2, 3, 7, 8].includes(orientation);
  const mirrorY = [3, 4, 6, 7].includes(orientation);
  const rgba = new Uint8Array(image.rgba.length);
  await inSlices(height, width * 4, (from, to) => {
    for (let y = from; y < to; y++) {
      for (let x = 0; x < width; x++) {
        const [column, row] = exchanged ? [y, x] : [x, y];
        const sourceX = mirrorX ? image.width - 1 - column : column;
        const sourceY = mirrorY ? image.height - 1 - row : row;
        const source = (sourceY * image.width + sourceX) * 4;
        rgba.set(image.rgba.subarray(source, source + 4), (y * width + x) * 4);
      }
    }
  });
  return { ...image, width, height, rgba };
}
