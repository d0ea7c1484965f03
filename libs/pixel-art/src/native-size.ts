import { cellColour } from './cell-colour.ts';
import { PixelArtError } from './errors.ts';
import { inSlices } from './in-slices.ts';
import { checkRaster, type Raster, type RasterSize } from './raster.ts';

/** The art pixels of a picture: squares of `factor` pixels, or so many columns and rows. */
export type PixelGrid = { readonly factor: number } | RasterSize;

function cellsOf(raster: Raster, grid: PixelGrid): RasterSize {
  const size = 'factor' in grid ? { width: raster.width / grid.factor, height: raster.height / grid.factor } : grid;
  const whole = [size.width, size.height, raster.width / size.width, raster.height / size.height];
  if (whole.every((count) => Number.isSafeInteger(count) && count > 0)) return size;
  const wanted = 'factor' in grid ? `cells of ${grid.factor} pixels` : `${grid.width}×${grid.height} cells`;
  throw new PixelArtError('PIXEL_REQUEST_INVALID', `${raster.width}×${raster.height} does not divide into ${wanted}`);
}

/**
 * Pixel art that was drawn with large pixels, at its native size: one pixel for each cell, in the commonest colour of
 * its opaque pixels (`cellColour`). A cell more than half of which is transparent becomes transparent black, any other
 * opaque. Undoes a nearest-neighbour enlargement exactly.
 *
 * @throws PixelArtError PIXEL_REQUEST_INVALID when the sides are no multiples of the cells'.
 */
export async function toNativeSize(raster: Raster, grid: PixelGrid): Promise<Raster> {
  checkRaster(raster);
  const { width, height } = cellsOf(raster, grid);
  const [cellWidth, cellHeight] = [raster.width / width, raster.height / height];
  const rgba = new Uint8Array(width * height * 4);
  await inSlices(height * width, cellWidth * cellHeight * 16, (from, to) => {
    for (let cell = from; cell < to; cell++) {
      const opaque: number[] = [];
      const left = (cell % width) * cellWidth;
      const top = Math.floor(cell / width) * cellHeight;
      for (let pixel = 0; pixel < cellWidth * cellHeight; pixel++) {
        const y = top + Math.floor(pixel / cellWidth);
        const at = (y * raster.width + left + (pixel % cellWidth)) * 4;
        const [red = 0, green = 0, blue = 0, alpha = 0] = raster.rgba.subarray(at, at + 4);
        if (alpha >= 128) opaque.push((red << 16) | (green << 8) | blue);
      }
      if (opaque.length * 2 < cellWidth * cellHeight) continue;
      const colour = cellColour(opaque);
      rgba.set([(colour >> 16) & 255, (colour >> 8) & 255, colour & 255, 255], cell * 4);
    }
  });
  return { width, height, rgba };
}
