import type { Raster } from '@dgx-pixels/pixel-art';
import type { PictureMeasure } from './picture-measure.ts';
import { hidden, type SpritePixels, spritePixelsOf } from './sprite-pixels.ts';

/** Share of the visible pixels that lie in a 3 × 3 chequerboard of two colours, one of which may be transparent; 0 … 1. */
export function ditheredShareOf({ width, height, colours }: SpritePixels): number {
  const dithered = new Uint8Array(colours.length);
  for (let y = 1; y + 1 < height; y++) {
    for (let x = 1; x + 1 < width; x++) {
      const middle = y * width + x;
      if (!isChequered(colours, middle, width)) continue;
      for (const row of [middle - width, middle, middle + width]) dithered.fill(1, row - 1, row + 2);
    }
  }
  let [visible, marked] = [0, 0];
  for (let pixel = 0; pixel < colours.length; pixel++) {
    if (colours[pixel] === hidden) continue;
    visible++;
    if (dithered[pixel] === 1) marked++;
  }
  return visible === 0 ? 0 : marked / visible;
}

/** A single diagonal line is no chequerboard: all four corners have to have the colour of the middle. */
function isChequered(colours: Int32Array, middle: number, width: number): boolean {
  const [one, other] = [colours[middle], colours[middle - 1]];
  return (
    one !== other &&
    colours[middle + 1] === other &&
    colours[middle - width] === other &&
    colours[middle + width] === other &&
    colours[middle - width - 1] === one &&
    colours[middle - width + 1] === one &&
    colours[middle + width - 1] === one &&
    colours[middle + width + 1] === one
  );
}

/**
 * How much of a picture is dithered (`ditheredShareOf`). Only of a picture at its native size: in an enlarged one no two
 * neighbours alternate, so the value is 0.
 */
export function ditheringShare(raster: Raster): PictureMeasure {
  return {
    metric: 'dithering-share',
    value: ditheredShareOf(spritePixelsOf(raster)),
    variant: 'share of visible pixels in 3 × 3 chequerboards of two colours, at native size',
    resize: 'none',
    width: raster.width,
    height: raster.height,
  };
}
