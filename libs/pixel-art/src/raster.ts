import { PixelArtError } from './errors.ts';

/** Width and height, in pixels or cells. */
export interface RasterSize {
  readonly width: number;
  readonly height: number;
}

/** A picture in memory. */
export interface Raster extends RasterSize {
  /** uint8, shape `[height, width, 4]`, row-major; alpha last, not premultiplied. */
  readonly rgba: Uint8Array;
}

/**
 * Refuses a picture whose bytes are not those of its size.
 *
 * @throws PixelArtError PIXEL_REQUEST_INVALID
 */
export function checkRaster({ width, height, rgba }: Raster): void {
  const whole = [width, height].every((side) => Number.isSafeInteger(side) && side > 0);
  if (whole && rgba.length === width * height * 4) return;
  throw new PixelArtError('PIXEL_REQUEST_INVALID', `${width}×${height} pixels do not have ${rgba.length} bytes`);
}
