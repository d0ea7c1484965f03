import { PixelArtError } from '../errors.ts';
import { checkRaster, type Raster } from '../raster.ts';
import { pixelWords } from './pixel-words.ts';

/** Most pixels of an enlarged picture: 8192 × 8192. */
const maxPixels = 8192 * 8192;

/**
 * A picture with every pixel drawn as a square of `factor` pixels. Exact for every byte, also under alpha 0: pixels are
 * copied whole, nothing is multiplied.
 *
 * @param factor a whole number from 1
 * @throws PixelArtError PIXEL_REQUEST_INVALID for another factor or a result of more than 8192 × 8192 pixels
 */
export function enlarge(raster: Raster, factor: number): Raster {
  const [width, height] = [raster.width * factor, raster.height * factor];
  if (!(width * height <= maxPixels)) throw refused(raster, factor, 'more than 8192 × 8192 pixels');
  // Memory as it is found: every byte of it is written, and clearing it first would take as long as that.
  const { buffer } = Buffer.allocUnsafeSlow(Math.max(0, Math.floor(width * height * 4)));
  const large = { width, height, rgba: new Uint8Array(buffer) };
  drawEnlarged(raster, factor, large);
  return large;
}

/**
 * Draws a picture into a larger one, every pixel as a square of `factor` pixels: for many pictures in one frame, whose
 * memory is then touched once. Nothing else of the frame is changed.
 *
 * @param factor a whole number from 1
 * @param left, top pixels of the frame before the picture
 * @throws PixelArtError PIXEL_REQUEST_INVALID for another factor or place
 */
export function drawEnlarged(raster: Raster, factor: number, frame: Raster, left = 0, top = 0): void {
  if (!Number.isSafeInteger(factor) || factor < 1)
    throw refused(raster, factor, 'the factor is no whole number from 1');
  checkRaster(raster);
  checkRaster(frame);
  const width = raster.width * factor;
  const fits = left >= 0 && top >= 0 && left + width <= frame.width && top + raster.height * factor <= frame.height;
  if (!fits || !Number.isSafeInteger(left) || !Number.isSafeInteger(top)) {
    throw refused(raster, factor, `it does not fit into ${frame.width}×${frame.height} at ${left}, ${top}`);
  }
  const from = pixelWords(raster);
  const to = pixelWords(frame);
  for (let y = 0; y < raster.height; y++) {
    const start = (top + y * factor) * frame.width + left;
    spreadRow(from, y * raster.width, (y + 1) * raster.width, to, start, factor);
    copyRow(to, start, width, frame.width, factor);
  }
  // An odd place in memory has no words: then they are a copy.
  if (to.buffer !== frame.rgba.buffer) frame.rgba.set(new Uint8Array(to.buffer));
}

/** Writes each of the pixels `[first, end)` `factor` times, side by side. */
function spreadRow(
  from: Uint32Array,
  first: number,
  end: number,
  to: Uint32Array,
  start: number,
  factor: number,
): void {
  let at = start;
  for (let pixel = first; pixel < end; pixel++) {
    const word = from[pixel] ?? 0;
    for (const stop = at + factor; at < stop; at++) to[at] = word;
  }
}

/** Repeats a row until there are `factor` of it, one below the other. */
function copyRow(to: Uint32Array, start: number, width: number, stride: number, factor: number): void {
  if (width < stride) {
    for (let row = 1; row < factor; row++) to.copyWithin(start + row * stride, start, start + width);
    return;
  }
  // Twice as many rows with every copy: few calls, and what is copied has just been written.
  for (let done = 1; done < factor; done *= 2) {
    to.copyWithin(start + done * stride, start, start + Math.min(done, factor - done) * stride);
  }
}

function refused({ width, height }: Raster, factor: number, reason: string): PixelArtError {
  return new PixelArtError('PIXEL_REQUEST_INVALID', `${width}×${height} cannot be enlarged ${factor} times: ${reason}`);
}
