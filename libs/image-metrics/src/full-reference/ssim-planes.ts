import { windowReach } from './gaussian-window.ts';
import type { Plane } from './planes.ts';
import { placesAtOnce, smoothFour } from './smooth-four.ts';

/** Means over all positions at which the window lies inside the pictures. */
export interface SsimTerms {
  /** Luminance × contrast × structure. */
  readonly ssim: number;
  /** Contrast × structure alone, which MS-SSIM takes from all scales but the last. */
  readonly contrast: number;
  /** Whether the two planes are equal throughout. */
  readonly identical: boolean;
}

const c1 = (0.01 * 255) ** 2;
const c2 = (0.03 * 255) ** 2;
/** Rows of results that are made before rows move up in the band. */
const bandResults = 4 * placesAtOnce;
/** Rows that two neighbouring bands share. */
const overlap = 2 * windowReach;

/** Of x, y, x² + y² and xy: the two variances are only needed as their sum. */
type Four = readonly [Float64Array, Float64Array, Float64Array, Float64Array];
const quantities = [0, 1, 2, 3] as const;

/**
 * SSIM with a Gaussian window of 11 × 11, sigma 1.5, K1 0.01, K2 0.03, L 255, population variances (Wang, Bovik, Sheikh &
 * Simoncelli 2004). The window is separable: each row is smoothed once into a band of 26 rows, whose columns give sixteen rows
 * of results, so that all that is held stays in the cache.
 *
 * @param one, other planes of the same size with sides from `windowSide` on
 */
export function ssimOfPlanes(one: Plane, other: Plane): SsimTerms {
  const { width, height } = one;
  const [columns, rows] = [width - overlap, height - overlap];
  const stride = Math.ceil(columns / placesAtOnce) * placesAtOnce;
  const row = fourOf(stride + overlap);
  const band = fourOf((bandResults + overlap) * stride);
  const means = fourOf(placesAtOnce * stride);
  const sums = { ssim: 0, contrast: 0 };
  let [read, identical] = [0, true];
  for (let top = 0; top < rows; top += bandResults) {
    if (top > 0) for (const numbers of band) numbers.copyWithin(0, bandResults * stride);
    for (; read < Math.min(top + bandResults + overlap, height); read++) {
      one.readRow(read, row[0]);
      other.readRow(read, row[1]);
      multiply(row, width);
      identical &&= isEqual(row[0], row[1]);
      const to = (read - top) * stride;
      for (const quantity of quantities) smoothRow(row[quantity], band[quantity], to, stride);
    }
    for (let y = 0; y < Math.min(bandResults, rows - top); y += placesAtOnce) {
      for (const quantity of quantities) smoothColumns(band[quantity], y * stride, means[quantity], stride);
      for (let line = 0; line < Math.min(placesAtOnce, rows - top - y); line++) {
        addTerms(means, line * stride, columns, sums);
      }
    }
  }
  return { ssim: sums.ssim / (columns * rows), contrast: sums.contrast / (columns * rows), identical };
}

function fourOf(length: number): Four {
  const numbers = (): Float64Array => new Float64Array(length);
  return [numbers(), numbers(), numbers(), numbers()];
}

/** Fills in x² + y² and xy. */
function multiply([x, y, squares, products]: Four, width: number): void {
  for (let at = 0; at < width; at++) {
    const a = x[at] ?? 0;
    const b = y[at] ?? 0;
    squares[at] = a * a + b * b;
    products[at] = a * b;
  }
}

function isEqual(one: Float64Array, other: Float64Array): boolean {
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

function smoothRow(numbers: Float64Array, band: Float64Array, start: number, stride: number): void {
  smoothFour({ numbers, start: 0, step: 1 }, { numbers: band, start, step: 1 }, stride / placesAtOnce, placesAtOnce);
}

function smoothColumns(numbers: Float64Array, start: number, means: Float64Array, stride: number): void {
  smoothFour({ numbers, start, step: stride }, { numbers: means, start: 0, step: stride }, stride, 1);
}

/** Adds the terms of one row of window means. */
function addTerms(
  [xs, ys, squares, products]: Four,
  start: number,
  columns: number,
  sums: { ssim: number; contrast: number },
): void {
  let [ssim, contrast] = [0, 0];
  for (let at = start; at < start + columns; at++) {
    const mx = xs[at] ?? 0;
    const my = ys[at] ?? 0;
    const means = mx * mx + my * my;
    const both = mx * my;
    const structure = (2 * ((products[at] ?? 0) - both) + c2) / ((squares[at] ?? 0) - means + c2);
    contrast += structure;
    ssim += ((2 * both + c1) / (means + c1)) * structure;
  }
  sums.ssim += ssim;
  sums.contrast += contrast;
}
