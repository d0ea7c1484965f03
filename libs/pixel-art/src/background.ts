import { setImmediate as nextTurn } from 'node:timers/promises';
import { PixelArtError } from './errors.ts';
import { checkRaster, type Raster, type RasterSize } from './raster.ts';

const pixelsPerSlice = 64 * 1024;
/** Colours of the border that may turn out to be the background: bounds the comparisons. */
const mostCandidates = 64;

interface BorderColour {
  readonly colour: Uint8Array;
  readonly count: number;
}

/** Indices of the pixels at the edge, in reading order. */
function borderOf({ width, height }: RasterSize): readonly number[] {
  const border: number[] = [];
  for (let y = 0; y < height; y++) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step) border.push(y * width + x);
  }
  return border;
}

/** Different colours of the border, the commonest first; of equally common ones the one that comes first. */
function borderColours({ rgba }: Raster, border: readonly number[]): readonly BorderColour[] {
  const seen = new Map<string, { colour: Uint8Array; count: number }>();
  for (const pixel of border) {
    const colour = rgba.subarray(pixel * 4, pixel * 4 + 4);
    const key = colour.join();
    const entry = seen.get(key);
    if (entry === undefined) seen.set(key, { colour, count: 1 });
    else entry.count++;
  }
  return [...seen.values()].toSorted((one, other) => other.count - one.count);
}

function isNear(one: Uint8Array, other: Uint8Array, tolerance: number): boolean {
  return one.every((level, channel) => Math.abs(level - (other[channel] ?? 0)) <= tolerance);
}

/** Of the border's commonest colours the one with most of the border within the tolerance of it. */
function backgroundColour(colours: readonly BorderColour[], tolerance: number): Uint8Array {
  let [background, most] = [new Uint8Array(4), 0];
  for (const { colour } of colours.slice(0, mostCandidates)) {
    const count = colours.reduce((sum, other) => sum + (isNear(other.colour, colour, tolerance) ? other.count : 0), 0);
    if (count > most) [background, most] = [Uint8Array.from(colour), count];
  }
  return background;
}

/**
 * Which pixels are plain background: the background is the 8-bit colour that most of the border lies within the
 * tolerance of; what is within the tolerance of it in every channel, or transparent, and hangs together with the border
 * (side by side, not corner to corner) belongs to it. Holes inside do not.
 *
 * @param tolerance - largest difference of any channel, in 8-bit levels, 0 … 255.
 * @returns shape `[height, width]`, 1 for background.
 * @throws PixelArtError PIXEL_REQUEST_INVALID.
 */
export async function findBackground(raster: Raster, tolerance: number): Promise<Uint8Array> {
  if (!Number.isSafeInteger(tolerance) || tolerance < 0 || tolerance > 255) {
    throw new PixelArtError('PIXEL_REQUEST_INVALID', `the tolerance is ${tolerance}, not a level from 0 to 255`);
  }
  checkRaster(raster);
  const { rgba, width, height } = raster;
  const border = borderOf(raster);
  const background = backgroundColour(borderColours(raster, border), tolerance);
  const isLike = (pixel: number): boolean =>
    rgba[pixel * 4 + 3] === 0 || isNear(background, rgba.subarray(pixel * 4, pixel * 4 + 4), tolerance);
  const marks = new Uint8Array(width * height);
  const open: number[] = [];
  const visit = (pixel: number): void => {
    if (marks[pixel] === 1 || !isLike(pixel)) return;
    marks[pixel] = 1;
    open.push(pixel);
  };
  border.forEach(visit);
  let visited = 0;
  for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
    if (++visited % pixelsPerSlice === 0) await nextTurn();
    const x = pixel % width;
    if (x > 0) visit(pixel - 1);
    if (x < width - 1) visit(pixel + 1);
    if (pixel >= width) visit(pixel - width);
    if (pixel < width * (height - 1)) visit(pixel + width);
  }
  return marks;
}

/**
 * Cuts a sprite out of its plain background (`findBackground`), which becomes transparent black; all else stays.
 *
 * @throws PixelArtError PIXEL_REQUEST_INVALID.
 */
export async function cutOutSprite(raster: Raster, tolerance: number): Promise<Raster> {
  const marks = await findBackground(raster, tolerance);
  const rgba = Uint8Array.from(raster.rgba);
  marks.forEach((mark, pixel) => {
    if (mark === 1) rgba.fill(0, pixel * 4, pixel * 4 + 4);
  });
  return { ...raster, rgba };
}
