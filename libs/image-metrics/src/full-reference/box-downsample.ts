import type { Plane } from './planes.ts';

/**
 * Makes a plane smaller by a whole factor as the authors' scripts do (Wang's `ssim.m` and `msssim.m`): a box mean of
 * factor × factor around every factor-th pixel, from the first on, with the border mirrored (its outermost pixel twice).
 * MATLAB's `imfilter` puts a box of even size so that one more pixel lies right and below.
 *
 * @param factor whole, from 1, at most the shorter side
 * @returns sides of ⌈side / factor⌉ pixels
 */
export function boxDownsample(plane: Plane, factor: number): Plane {
  if (factor === 1) return plane;
  const [columns, rows] = [positions(plane.width, factor), positions(plane.height, factor)];
  const width = columns.length / factor;
  const height = rows.length / factor;
  const values = new Float64Array(width * height);
  const row = new Float64Array(plane.width);
  for (const [tap, y] of rows.entries()) {
    const to = Math.floor(tap / factor) * width;
    plane.readRow(y, row);
    for (let x = 0, at = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < factor; k++) sum += row[columns[at++] ?? 0] ?? 0;
      values[to + x] = (values[to + x] ?? 0) + sum;
    }
  }
  for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) / (factor * factor);
  return { width, height, readRow: (y, into) => into.set(values.subarray(y * width, (y + 1) * width)) };
}

/** Where the taps of each box lie along a side, mirrored into it: `factor` for each place of the result. */
function positions(side: number, factor: number): Int32Array {
  const before = (factor - 1) >> 1;
  return Int32Array.from({ length: Math.ceil(side / factor) * factor }, (_none, tap) => {
    const place = tap - before;
    return place < 0 ? -1 - place : place >= side ? 2 * side - 1 - place : place;
  });
}
