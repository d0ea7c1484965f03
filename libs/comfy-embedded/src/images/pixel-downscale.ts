import type { ImageBatch } from '../engine/pixel-engine.ts';
import { quantiseImage } from '../png/quantise-image.ts';
import { cellColour } from './cell-colour.ts';
import { ImageError } from './image-errors.ts';
import { inSlices } from './in-slices.ts';
import { medianCut } from './palette/median-cut.ts';
import { nearestTo, oklabOf, pointsOf } from './palette/oklab.ts';
import { channelsOf, type PackedColour } from './palette/packed-colour.ts';
import { maxPaletteColours } from './palette/parse-palette.ts';
import type { Size } from './resize/centre-crop.ts';

/** The art pixels of a picture: squares of `factor` pixels, or so many columns and rows. */
export type PixelGrid = { readonly factor: number } | Size;

/** Colours to reduce to: these ones, or at most so many, chosen from the batch as a whole. */
export type PaletteChoice = { readonly colours: readonly PackedColour[] } | { readonly count: number };

/** Most pixels, of all results together, that a palette is chosen from. */
export const maxCountedPixels = 256 * 256;

function nativeSize(images: ImageBatch, grid: PixelGrid): Size {
  const size = 'factor' in grid ? { width: images.width / grid.factor, height: images.height / grid.factor } : grid;
  const whole = [size.width, size.height, images.width / size.width, images.height / size.height];
  if (whole.every((count) => Number.isSafeInteger(count) && count > 0)) return size;
  const wanted = 'factor' in grid ? `cells of ${grid.factor} pixels` : `${grid.width}×${grid.height} cells`;
  throw new ImageError('IMAGE_REQUEST_INVALID', `${images.width}×${images.height} does not divide into ${wanted}`);
}

/** One colour for each cell of the batch, in reading order, image after image. */
async function cellColours(images: ImageBatch, { width, height }: Size): Promise<Uint32Array> {
  const [cellWidth, cellHeight] = [images.width / width, images.height / height];
  const colours = new Uint32Array(images.batch * height * width);
  for (let image = 0; image < images.batch; image++) {
    const { rgb } = await quantiseImage(images, image);
    await inSlices(height * width, cellWidth * cellHeight * 16, (from, to) => {
      for (let cell = from; cell < to; cell++) {
        const [left, top] = [(cell % width) * cellWidth, Math.floor(cell / width) * cellHeight];
        const pixels = Array.from({ length: cellWidth * cellHeight }, (_none, pixel) => {
          const y = top + Math.floor(pixel / cellWidth);
          const at = (y * images.width + left + (pixel % cellWidth)) * 3;
          return ((rgb[at] ?? 0) << 16) | ((rgb[at + 1] ?? 0) << 8) | (rgb[at + 2] ?? 0);
        });
        colours[image * height * width + cell] = cellColour(pixels);
      }
    });
  }
  return colours;
}

async function paletteOf(colours: Uint32Array, choice: PaletteChoice): Promise<readonly PackedColour[]> {
  if ('colours' in choice) return choice.colours;
  if (!Number.isSafeInteger(choice.count) || choice.count < 1 || choice.count > maxPaletteColours) {
    throw new ImageError(
      'IMAGE_REQUEST_INVALID',
      `a palette has 1 to ${maxPaletteColours} colours, not ${choice.count}`,
    );
  }
  if (colours.length > maxCountedPixels) {
    throw new ImageError('IMAGE_TOO_LARGE', `a palette is chosen from at most ${maxCountedPixels} pixels`);
  }
  const counts = new Map<PackedColour, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return medianCut(counts, choice.count);
}

/** Replaces each colour by the palette's nearest in OKLab; of equally near ones by the first. */
async function reduceColours(colours: Uint32Array, palette: readonly PackedColour[]): Promise<Uint32Array> {
  const nearest = new Map<PackedColour, PackedColour>(palette.map((colour) => [colour, colour]));
  const points = pointsOf(palette);
  const reduced = new Uint32Array(colours.length);
  await inSlices(colours.length, palette.length * 4, (from, to) => {
    for (let at = from; at < to; at++) {
      const colour = colours[at] ?? 0;
      const known = nearest.get(colour) ?? nearestTo(oklabOf(colour), points);
      nearest.set(colour, known);
      reduced[at] = known;
    }
  });
  return reduced;
}

/**
 * Takes pixel art that was drawn with large pixels to its native size, one pixel for each cell: the cell's commonest
 * 8-bit colour (`cellColour`), then, if asked for, the palette's nearest colour in OKLab. Undoes a nearest-neighbour
 * enlargement exactly.
 *
 * @returns colours of 8 bits exactly.
 * @throws ImageError IMAGE_REQUEST_INVALID when the sides are no multiples of the cells', or for a palette of no
 * colours; IMAGE_TOO_LARGE when a palette is to be chosen from more than `maxCountedPixels`.
 */
export async function downscalePixels(
  images: ImageBatch,
  grid: PixelGrid,
  palette?: PaletteChoice,
): Promise<ImageBatch> {
  const { width, height } = nativeSize(images, grid);
  const cells = await cellColours(images, { width, height });
  const colours = palette === undefined ? cells : await reduceColours(cells, await paletteOf(cells, palette));
  const values = new Float32Array(colours.length * 3);
  await inSlices(colours.length, 3, (from, to) => {
    for (let pixel = from; pixel < to; pixel++) {
      channelsOf(colours[pixel] ?? 0).forEach((level, channel) => {
        values[pixel * 3 + channel] = level / 255;
      });
    }
  });
  return { values, batch: images.batch, height, width };
}
