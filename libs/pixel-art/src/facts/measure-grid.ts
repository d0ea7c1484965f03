import { PixelArtError } from '../errors.ts';
import { checkRaster, type Raster } from '../raster.ts';
import { edgeProfiles } from '../scale/edge-profile.ts';
import { pixelWords } from '../scale/pixel-words.ts';

/** How clean the grid of an enlarged picture is. Clean pixel art has 1 and 1; resampled pictures lose one or both. */
export interface GridMeasures {
  /** Share of whole cells all of whose pixels are equal. */
  readonly uniformCells: number;
  /** Share of all change between neighbouring pixels that lies on the borders of cells; 1 for a picture of one colour. */
  readonly changeOnGrid: number;
  /** Different visible colours, alpha apart. */
  readonly colours: number;
}

/**
 * Measures the grid of a picture whose cells are `factor` pixels wide and high and begin at its upper left corner.
 *
 * @throws PixelArtError PIXEL_REQUEST_INVALID for a factor that is no whole number from 2, or larger than the picture
 */
export function measureGrid(raster: Raster, factor: number): GridMeasures {
  checkRaster(raster);
  const [columns, rows] = [Math.floor(raster.width / factor), Math.floor(raster.height / factor)];
  if (!Number.isSafeInteger(factor) || factor < 2 || columns < 1 || rows < 1) {
    throw new PixelArtError(
      'PIXEL_REQUEST_INVALID',
      `${raster.width}×${raster.height} has no cells of ${factor} pixels`,
    );
  }
  const words = pixelWords(raster);
  let uniform = 0;
  for (let cell = 0; cell < columns * rows; cell++) {
    const start = Math.floor(cell / columns) * factor * raster.width + (cell % columns) * factor;
    if (isUniform(words, start, raster.width, factor)) uniform++;
  }
  const profiles = edgeProfiles(raster);
  const onGrid = sumOnGrid(profiles.columns.energy, factor) + sumOnGrid(profiles.rows.energy, factor);
  const total = profiles.columns.total + profiles.rows.total;
  return {
    uniformCells: uniform / (columns * rows),
    changeOnGrid: total === 0 ? 1 : onGrid / total,
    colours: new Set(words.filter((_word, pixel) => raster.rgba[pixel * 4 + 3] !== 0)).size,
  };
}

function isUniform(words: Uint32Array, start: number, stride: number, factor: number): boolean {
  const value = words[start];
  for (let y = 0; y < factor; y++) {
    for (let x = 0; x < factor; x++) if (words[start + y * stride + x] !== value) return false;
  }
  return true;
}

function sumOnGrid(energy: Float64Array, factor: number): number {
  return energy.reduce((sum, value, index) => ((index + 1) % factor === 0 ? sum + value : sum), 0);
}
