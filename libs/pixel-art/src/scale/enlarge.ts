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
  checkRaster(raster);
  const [width, height] = [raster.width * factor, raster.height * factor];
  if (!Number.isSafeInteger(factor) || factor < 1 || width * height > maxPixels) {
    throw new PixelArtError(
      'PIXEL_REQUEST_INVALID',
      `${raster.width}×${raster.height} cannot be enlarged ${factor} times`,
    );
  }
  const from = pixelWords(raster);
  // Memory as it is found: every byte of it is written, and clearing it first would take as long as that.
  const { buffer } = Buffer.allocUnsafeSlow(width * height * 4);
  const to = new Uint32Array(buffer);
  for (let y = 0; y < raster.height; y++) {
    const start = y * factor * width;
    spreadRow(from, y * raster.width, (y + 1) * raster.width, to, start, factor);
    // Twice as many rows with every copy: few calls, and what is copied has just been written.
    for (let done = 1; done < factor; done *= 2) {
      to.copyWithin(start + done * width, start, start + Math.min(done, factor - done) * width);
    }
  }
  return { width, height, rgba: new Uint8Array(buffer) };
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
