import type { Raster } from '@dgx-pixels/pixel-art';
import type { MetricResult } from './metric-result.ts';
import { defaultBackground, type PlaneOptions, planePairs } from './planes.ts';

/**
 * Peak signal-to-noise ratio in decibels: 10 log₁₀(255² / MSE), the mean squared error over all pixels and channels.
 *
 * @param options colour 'rgb' and background '#808080' unless told
 * @returns value null and `identical` for equal pictures
 * @throws ImageMetricError for pictures of different sizes
 */
export function psnr(one: Raster, other: Raster, options: Partial<PlaneOptions> = {}): MetricResult {
  const { colour = 'rgb', background = defaultBackground } = options;
  const compared = planePairs(one, other, { colour, background });
  const [first, second] = [new Float64Array(one.width), new Float64Array(one.width)];
  let sum = 0;
  for (const [plane, opposite] of compared.pairs) {
    for (let y = 0; y < one.height; y++) {
      plane.readRow(y, first);
      opposite.readRow(y, second);
      sum += squaredDifferences(first, second);
    }
  }
  const count = compared.pairs.length * one.width * one.height;
  return {
    metric: 'psnr',
    value: sum === 0 ? null : 10 * Math.log10((255 * 255 * count) / sum),
    identical: sum === 0,
    variant: 'mean squared error over all pixels and channels, peak 255',
    colour,
    background: compared.background,
    resize: 'none',
    width: one.width,
    height: one.height,
  };
}

function squaredDifferences(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    sum += difference * difference;
  }
  return sum;
}
