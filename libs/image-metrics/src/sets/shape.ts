import { hidden, pointOf, type SpritePixels } from '../pixel-art/sprite-pixels.ts';

/** What is visible of a sprite: the smallest box that holds it, and where that lies on the canvas. */
export interface Shape {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly canvasWidth: number;
  readonly canvasHeight: number;
  /** Number of visible pixels. */
  readonly visible: number;
  /** int32, shape `[height, width]`, as in SpritePixels. */
  readonly colours: Int32Array;
  /** OKLab, float64, shape `[height, width, 3]`; 0 where hidden. */
  readonly points: Float64Array;
}

/** Trims a sprite to what is visible; a box of no pixels when nothing is. */
export function shapeOf({ width, height, colours }: SpritePixels): Shape {
  let [left, right, top, bottom, visible] = [width, -1, height, -1, 0];
  for (let pixel = 0; pixel < colours.length; pixel++) {
    if (colours[pixel] === hidden) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    visible++;
  }
  const canvas = { canvasWidth: width, canvasHeight: height };
  if (visible === 0) {
    return {
      ...canvas,
      width: 0,
      height: 0,
      left: 0,
      top: 0,
      visible,
      colours: new Int32Array(),
      points: new Float64Array(),
    };
  }
  const box = { width: right - left + 1, height: bottom - top + 1, left, top };
  const trimmed = new Int32Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const start = (top + y) * width + left;
    trimmed.set(colours.subarray(start, start + box.width), y * box.width);
  }
  const points = new Float64Array(trimmed.length * 3);
  for (const [pixel, colour] of trimmed.entries()) if (colour !== hidden) points.set(pointOf(colour), pixel * 3);
  return { ...canvas, ...box, visible, colours: trimmed, points };
}
