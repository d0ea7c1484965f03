import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImageBatch } from '../engine/pixel-engine.ts';
import type { RgbImage } from '../png/encode-png.ts';
import { quantiseImage } from '../png/quantise-image.ts';
import { ImageError } from './image-errors.ts';
import { inSlices } from './in-slices.ts';
import type { RgbaBatch } from './rgba-batch.ts';

const pixelsPerSlice = 64 * 1024;

/** Indices of the pixels at the edge, in reading order. */
function borderOf({ width, height }: RgbImage): readonly number[] {
  const border: number[] = [];
  for (let y = 0; y < height; y++) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step) border.push(y * width + x);
  }
  return border;
}

function colourAt({ rgb }: RgbImage, pixel: number): readonly [number, number, number] {
  return [rgb[pixel * 3] ?? 0, rgb[pixel * 3 + 1] ?? 0, rgb[pixel * 3 + 2] ?? 0];
}

/** A pixel of the commonest colour of the border; of equally common ones the first. */
function backgroundPixel(image: RgbImage, border: readonly number[]): number {
  const seen = new Map<string, { pixel: number; count: number }>();
  for (const pixel of border) {
    const key = colourAt(image, pixel).join();
    const entry = seen.get(key) ?? { pixel, count: 0 };
    seen.set(key, { pixel: entry.pixel, count: entry.count + 1 });
  }
  return [...seen.values()].reduce((best, entry) => (entry.count > best.count ? entry : best)).pixel;
}

/** Marks with 1 what hangs together with the border, side by side, and is coloured like the background. */
async function backgroundOf(image: RgbImage, tolerance: number): Promise<Uint8Array> {
  const { rgb, width, height } = image;
  const border = borderOf(image);
  const background = colourAt(image, backgroundPixel(image, border));
  const isLike = (pixel: number): boolean =>
    background.every((level, channel) => Math.abs((rgb[pixel * 3 + channel] ?? 0) - level) <= tolerance);
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
 * Cuts sprites out of a plain background, each image by itself: the background is the commonest 8-bit colour along the
 * border; pixels within the tolerance that hang together with the border (side by side, not corner to corner) become
 * transparent black, all others opaque and unchanged. Holes inside a sprite stay as they are.
 *
 * @param tolerance - largest difference of any channel from the background, in 8-bit levels, 0 … 255.
 * @throws ImageError IMAGE_REQUEST_INVALID.
 */
export async function cutOutSprites(images: ImageBatch, tolerance: number): Promise<RgbaBatch> {
  if (!Number.isSafeInteger(tolerance) || tolerance < 0 || tolerance > 255) {
    throw new ImageError('IMAGE_REQUEST_INVALID', `the tolerance is ${tolerance}, not a level from 0 to 255`);
  }
  const { batch, height, width } = images;
  const pixels = height * width;
  const values = new Float32Array(batch * pixels * 4);
  for (let image = 0; image < batch; image++) {
    const marks = await backgroundOf(await quantiseImage(images, image), tolerance);
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
