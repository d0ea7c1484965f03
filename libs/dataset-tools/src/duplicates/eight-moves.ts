import { pixelWords, type Raster } from '@dgx-pixels/pixel-art';

/** How many flips and turns a picture has, the one that changes nothing included. */
export const moveCount = 8;

/** For 0 … 3 quarter turns clockwise: source columns and rows per step to the right, and per step down. */
const steps = [
  { right: [1, 0], down: [0, 1] },
  { right: [0, -1], down: [1, 0] },
  { right: [-1, 0], down: [0, -1] },
  { right: [0, 1], down: [-1, 0] },
] as const;

/**
 * One of the eight flips and turns of a picture: `move` 0 … 3 are quarter turns clockwise, 4 … 7 the same after a
 * horizontal flip. Every byte is kept, also under alpha 0.
 */
export function moved(raster: Raster, move: number): Raster {
  const { width, height } = raster;
  const { right, down } = steps[move % 4] ?? steps[0];
  const side = move < 4 ? 1 : -1;
  const [stepRight, stepDown] = [right[0] * side + right[1] * width, down[0] * side + down[1] * width];
  const firstColumn = (right[0] + down[0]) * side < 0 ? width - 1 : 0;
  const firstRow = right[1] + down[1] < 0 ? height - 1 : 0;
  const [columns, rows] = move % 2 === 0 ? [width, height] : [height, width];
  const from = pixelWords(raster);
  const to = new Uint32Array(columns * rows);
  let start = firstRow * width + firstColumn;
  for (let pixel = 0; pixel < to.length; start += stepDown) {
    for (let x = 0, at = start; x < columns; x++, at += stepRight) to[pixel++] = from[at] ?? 0;
  }
  return { width: columns, height: rows, rgba: new Uint8Array(to.buffer) };
}

/** All eight flips and turns of a picture, by `move`. */
export function allMoved(raster: Raster): readonly Raster[] {
  return Array.from({ length: moveCount }, (_move, move) => moved(raster, move));
}
