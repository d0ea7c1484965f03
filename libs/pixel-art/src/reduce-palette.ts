import { PixelArtError } from './errors.ts';
import { inSlices } from './in-slices.ts';
import { medianCut } from './palette/median-cut.ts';
import { nearestTo, oklabOf, pointsOf } from './palette/oklab.ts';
import { channelsOf, type PackedColour } from './palette/packed-colour.ts';
import { maxPaletteColours } from './palette/parse-palette.ts';
import { checkRaster, type Raster } from './raster.ts';

/** Colours to reduce to: these ones, or at most so many, chosen from all pictures together. */
export type PaletteChoice = { readonly colours: readonly PackedColour[] } | { readonly count: number };

/** Most pixels, of all pictures together, that a palette is chosen from. */
export const maxCountedPixels = 256 * 256;

/** The colour of a pixel; null where it is transparent. */
function colourAt({ rgba }: Raster, pixel: number): PackedColour | null {
  const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(pixel * 4, pixel * 4 + 4);
  return alpha === 0 ? null : (red << 16) | (green << 8) | blue;
}

async function paletteOf(rasters: readonly Raster[], choice: PaletteChoice): Promise<readonly PackedColour[]> {
  if ('colours' in choice) return choice.colours;
  const { count } = choice;
  if (!Number.isSafeInteger(count) || count < 1 || count > maxPaletteColours) {
    throw new PixelArtError('PIXEL_REQUEST_INVALID', `a palette has 1 to ${maxPaletteColours} colours, not ${count}`);
  }
  if (rasters.reduce((sum, { width, height }) => sum + width * height, 0) > maxCountedPixels) {
    throw new PixelArtError('PIXEL_TOO_MANY', `a palette is chosen from at most ${maxCountedPixels} pixels`);
  }
  const counts = new Map<PackedColour, number>();
  for (const raster of rasters) {
    for (let pixel = 0; pixel < raster.width * raster.height; pixel++) {
      const colour = colourAt(raster, pixel);
      if (colour !== null) counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  return medianCut(counts, count);
}

/**
 * Pictures in one palette: each pixel that is not transparent takes the palette's nearest colour in OKLab, of equally
 * near ones the first. Transparency stays as it is.
 *
 * @throws PixelArtError PIXEL_REQUEST_INVALID for a palette of no colours; PIXEL_TOO_MANY when one is to be chosen from
 * more than `maxCountedPixels`.
 */
export async function reducePalette(rasters: readonly Raster[], choice: PaletteChoice): Promise<readonly Raster[]> {
  rasters.forEach(checkRaster);
  const palette = await paletteOf(rasters, choice);
  const nearest = new Map<PackedColour, PackedColour>(palette.map((colour) => [colour, colour]));
  const points = pointsOf(palette);
  const reduced: Raster[] = [];
  for (const raster of rasters) {
    const rgba = Uint8Array.from(raster.rgba);
    await inSlices(raster.width * raster.height, palette.length * 4, (from, to) => {
      for (let pixel = from; pixel < to; pixel++) {
        const colour = colourAt(raster, pixel);
        if (colour === null) continue;
        const known = nearest.get(colour) ?? nearestTo(oklabOf(colour), points);
        nearest.set(colour, known);
        rgba.set(channelsOf(known), pixel * 4);
      }
    });
    reduced.push({ ...raster, rgba });
  }
  return reduced;
}
