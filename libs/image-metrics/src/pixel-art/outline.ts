import { hidden, pointOf, type SpritePixels } from './sprite-pixels.ts';

/** The shape of a sprite. */
export interface Outline {
  /** OKLab lightness of what is visible less that of its outline: above 0 for dark outlines, 0 for a picture of one colour. */
  readonly darkness: number;
  /** Visible share of the smallest box that holds all visible pixels, 0 … 1. */
  readonly fill: number;
}

/** Measures the outline: visible pixels that touch transparency or the frame with a side. */
export function outlineOf({ width, height, colours }: SpritePixels): Outline {
  let [visible, all, outer, lightness] = [0, 0, 0, 0];
  let [left, right, top, bottom] = [width, -1, height, -1];
  const isHidden = (x: number, y: number): boolean =>
    x < 0 || y < 0 || x >= width || y >= height || colours[y * width + x] === hidden;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colours[y * width + x] ?? hidden;
      if (colour === hidden) continue;
      const [light] = pointOf(colour);
      visible++;
      all += light;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      if (!(isHidden(x - 1, y) || isHidden(x + 1, y) || isHidden(x, y - 1) || isHidden(x, y + 1))) continue;
      outer++;
      lightness += light;
    }
  }
  if (visible === 0) return { darkness: 0, fill: 0 };
  return { darkness: all / visible - lightness / outer, fill: visible / ((right - left + 1) * (bottom - top + 1)) };
}
