import { type Oklab, oklabOf, type Raster } from '@dgx-pixels/pixel-art';
import { ImageMetricError } from '../errors.ts';

/** A picture at its native size, one number for each pixel. */
export interface SpritePixels {
  readonly width: number;
  readonly height: number;
  /** int32, shape `[height, width]`: 0xRRGGBB, or {@link hidden} where alpha is below 128. */
  readonly colours: Int32Array;
}

/** Stands for a transparent pixel; no colour has this number. */
export const hidden = -1;

/** @throws ImageMetricError for a raster whose bytes are not those of its size */
export function spritePixelsOf({ width, height, rgba }: Raster): SpritePixels {
  if (!(width > 0 && height > 0) || rgba.length !== width * height * 4) {
    throw new ImageMetricError(
      'IMAGE_METRIC_REQUEST_INVALID',
      `${width}×${height} pixels do not have ${rgba.length} bytes`,
    );
  }
  const colours = new Int32Array(width * height);
  for (let pixel = 0, at = 0; pixel < colours.length; pixel++, at += 4) {
    colours[pixel] =
      (rgba[at + 3] ?? 0) < 128 ? hidden : ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0);
  }
  return { width, height, colours };
}

/** How often each visible colour occurs. */
export function countColours({ colours }: SpritePixels): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const colour of colours) if (colour !== hidden) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return counts;
}

const mostRemembered = 65_536;
const points = new Map<number, Oklab>();

/** OKLab of a visible colour; remembered, for pictures share colours. */
export function pointOf(colour: number): Oklab {
  const known = points.get(colour);
  if (known !== undefined) return known;
  if (points.size >= mostRemembered) points.clear();
  const point = oklabOf(colour);
  points.set(colour, point);
  return point;
}
