import { pixelWords, type Raster } from '@dgx-pixels/pixel-art';

/** `#rrggbb` for an opaque pixel of that colour, null for a transparent one. */
export type PixelValue = string | null;

/** Whether a canonical picture has a pixel of this value. */
export function hasPixel(raster: Raster, value: PixelValue): boolean {
  return pixelWords(raster).includes(wordOf(value));
}

/** A canonical picture with all pixels of one value changed to another. */
export function replacePixels(raster: Raster, from: PixelValue, to: PixelValue): Raster {
  const [old, fresh] = [wordOf(from), wordOf(to)];
  const words = pixelWords(raster).map((word) => (word === old ? fresh : word));
  return { ...raster, rgba: new Uint8Array(words.buffer) };
}

function wordOf(value: PixelValue): number {
  const bytes = value === null ? [0, 0, 0, 0] : [...Buffer.from(value.slice(1), 'hex'), 255];
  return new Uint32Array(Uint8Array.from(bytes).buffer)[0] ?? 0;
}
