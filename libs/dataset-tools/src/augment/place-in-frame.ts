import { pixelWords, type Raster, type RasterSize } from '@dgx-pixels/pixel-art';

/** Largest side of a picture of a dataset, in pixels. */
export const maxSide = 4096;

/** Transparent pixels on each side, or pixels cut off there; whole numbers from 0. */
export interface Margins {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A picture with transparent pixels added on each side; empty when it would be larger than pictures are. */
export function withMargins(raster: Raster, { left, top, right, bottom }: Margins): Raster {
  const [width, height] = [raster.width + left + right, raster.height + top + bottom];
  const fits = Math.max(width, height) <= maxSide;
  return placed(raster, left, top, fits ? { width, height } : { width: 0, height: 0 });
}

/** A picture with pixels cut off on each side; empty when nothing would be left. */
export function withoutMargins(raster: Raster, { left, top, right, bottom }: Margins): Raster {
  const [width, height] = [Math.max(0, raster.width - left - right), Math.max(0, raster.height - top - bottom)];
  return placed(raster, -left, -top, { width, height });
}

/** The part of a picture that falls into a frame when its corner lies at `left`, `top`; transparent elsewhere. */
function placed(raster: Raster, left: number, top: number, { width, height }: RasterSize): Raster {
  const from = pixelWords(raster);
  const to = new Uint32Array(width * height);
  for (let y = Math.max(0, top); y < Math.min(height, top + raster.height); y++) {
    const row = (y - top) * raster.width;
    const first = Math.max(0, left);
    const last = Math.min(width, left + raster.width);
    if (first < last) to.set(from.subarray(row + first - left, row + last - left), y * width + first);
  }
  return { width, height, rgba: new Uint8Array(to.buffer) };
}
