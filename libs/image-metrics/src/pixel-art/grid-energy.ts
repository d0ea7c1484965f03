import { measureGrid, type Raster } from '@dgx-pixels/pixel-art';
import type { PictureMeasure } from './picture-measure.ts';

/**
 * How much of the change in an enlarged picture lies on its grid, less what chance puts there: (s − 1/f) / (1 − 1/f) for a
 * share s of all change between neighbours (`measureGrid`) and cells of f pixels. 1 for exact enlargement, about 0 when
 * the change ignores the grid, below 0 when it avoids it. A picture at its native size has no grid.
 *
 * @param factor pixels on the side of a cell, whole, from 2; cells begin at the upper left corner
 * @throws PixelArtError PIXEL_REQUEST_INVALID for a factor that is no whole number from 2, or larger than the picture
 */
export function gridEnergy(raster: Raster, factor: number): PictureMeasure {
  const { changeOnGrid } = measureGrid(raster, factor);
  return {
    metric: 'grid-energy',
    value: (changeOnGrid - 1 / factor) / (1 - 1 / factor),
    variant: `change on borders of cells of ${factor} pixels, chance taken off`,
    resize: 'none',
    width: raster.width,
    height: raster.height,
  };
}
