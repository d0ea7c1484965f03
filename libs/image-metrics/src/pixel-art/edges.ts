import type { Raster } from '@dgx-pixels/pixel-art';
import type { PictureMeasure } from './picture-measure.ts';
import { areOneColour } from './one-colour.ts';
import { hidden, pointOf, type SpritePixels, spritePixelsOf } from './sprite-pixels.ts';

/** Borders between visible pixels that lie side by side or one above the other. */
export interface Edges {
  /** Share of the neighbours whose colours differ visibly, 0 … 1; 0 without neighbours. */
  readonly density: number;
  /** Mean OKLab distance of those that differ; null when none do. */
  readonly hardness: number | null;
}

/** Measures the inner borders of a picture; its outline against transparency does not count. */
export function edgesOf({ width, colours }: SpritePixels): Edges {
  let [neighbours, borders, contrast] = [0, 0, 0];
  const compare = (one: number, other: number): void => {
    if (other === hidden) return;
    neighbours++;
    if (areOneColour(one, other)) return;
    const [from, to] = [pointOf(one), pointOf(other)];
    const distance = Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]);
    borders++;
    contrast += distance;
  };
  for (let pixel = 0; pixel < colours.length; pixel++) {
    const colour = colours[pixel] ?? hidden;
    if (colour === hidden) continue;
    if ((pixel + 1) % width !== 0) compare(colour, colours[pixel + 1] ?? hidden);
    compare(colour, colours[pixel + width] ?? hidden);
  }
  return { density: neighbours === 0 ? 0 : borders / neighbours, hardness: borders === 0 ? null : contrast / borders };
}

/**
 * How hard the borders between colours are: the mean OKLab distance between visible neighbours that differ
 * (`areOneColour`), 0 … about 1.
 * Blur and resampling put steps between two colours and lower it; whole-number enlargement leaves it.
 *
 * @returns value null for a picture without borders
 */
export function edgeHardness(raster: Raster): PictureMeasure {
  return {
    metric: 'edge-hardness',
    value: edgesOf(spritePixelsOf(raster)).hardness,
    variant: 'mean OKLab distance of 4-neighbours that differ by more than 16 levels, both visible (alpha from 128 on)',
    resize: 'none',
    width: raster.width,
    height: raster.height,
  };
}
