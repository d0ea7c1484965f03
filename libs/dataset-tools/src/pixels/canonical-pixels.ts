import { sha256Hex } from '@dgx-pixels/evidence';
import { alphaMask, pixelWords, type Raster } from '@dgx-pixels/pixel-art';

/** The same picture with nothing hidden: red, green and blue are 0 where alpha is 0. A copy. */
export function canonicalPixels({ width, height, rgba }: Raster): Raster {
  const copy = { width, height, rgba: new Uint8Array(rgba) };
  const words = pixelWords(copy);
  for (let pixel = 0; pixel < words.length; pixel++) if (((words[pixel] ?? 0) & alphaMask) === 0) words[pixel] = 0;
  return copy;
}

/**
 * Identity of a picture: SHA-256 over `width × height` as decimal text, a line feed, and the canonical RGBA bytes.
 * Equal for files that look the same, whatever their encoding.
 */
export function canonicalPixelsSha256(raster: Raster): string {
  return sha256OfPixels(canonicalPixels(raster));
}

/** The identity of a picture whose pixels are canonical already. */
export function sha256OfPixels({ width, height, rgba }: Raster): string {
  return sha256Hex(Buffer.concat([Buffer.from(`${width}x${height}\n`), rgba]));
}
