import type { Raster } from '@dgx-pixels/pixel-art';
import { ImageMetricError } from '../errors.ts';
import { boxDownsample } from './box-downsample.ts';
import { windowSide } from './gaussian-window.ts';
import type { MetricResult } from './metric-result.ts';
import { pixelAgreement } from './pixel-agreement.ts';
import { defaultBackground, type PlaneOptions, planePairs } from './planes.ts';
import { ssimOfPlanes } from './ssim-planes.ts';

/** Options of {@link ssim}. */
export interface SsimOptions extends Partial<PlaneOptions> {
  /**
   * `matlab`: first smaller by round(shorter side / 256), as the authors' `ssim.m` does and many libraries after it. The same
   * pictures then have quite another value (at 1024² about 0.98 instead of 0.50 for noise). @default 'none'
   */
  readonly downsample?: 'none' | 'matlab';
}

/**
 * Structural similarity (Wang, Bovik, Sheikh & Simoncelli 2004), −1 … 1, of two aligned pictures; colours luma unless told.
 * Pictures with a side below 11 pixels are compared pixel by pixel instead: the result says `pixel-agreement`.
 *
 * @throws ImageMetricError for pictures of different sizes
 */
export function ssim(one: Raster, other: Raster, options: SsimOptions = {}): MetricResult {
  const { colour = 'luma', background = defaultBackground, downsample = 'none' } = options;
  const shorter = Math.min(one.width, one.height);
  if (shorter < windowSide) return pixelAgreement(one, other);
  const compared = planePairs(one, other, { colour, background });
  const factor = downsample === 'matlab' ? Math.max(1, Math.round(shorter / 256)) : 1;
  const terms = compared.pairs.map(([first, second]) =>
    ssimOfPlanes(boxDownsample(first, factor), boxDownsample(second, factor)),
  );
  return {
    metric: 'ssim',
    value: terms.reduce((sum, { ssim: value }) => sum + value, 0) / terms.length,
    identical: terms.every(({ identical }) => identical),
    variant: 'Gaussian window 11, sigma 1.5, K1 0.01, K2 0.03, peak 255, population variance, valid region',
    colour,
    background: compared.background,
    resize: factor === 1 ? 'none' : `box mean, every ${factor} pixels`,
    width: one.width,
    height: one.height,
  };
}

const scaleWeights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333] as const;
/** The window has to fit into the last scale, a sixteenth. */
const shortestSide = (windowSide - 1) * 2 ** (scaleWeights.length - 1) + 1;

/**
 * Multi-scale structural similarity, 0 … 1, over five scales (Wang, Simoncelli & Bovik 2003): contrast and structure of the
 * first four and all three terms of the last, to the powers of the published weights; terms below 0 count as 0. Between
 * scales every second pixel of the 2 × 2 box mean remains (`boxDownsample`).
 *
 * @param options colour 'luma' and background '#808080' unless told
 * @throws ImageMetricError for pictures of different sizes, or with a side below 161 pixels
 */
export function msSsim(one: Raster, other: Raster, options: Partial<PlaneOptions> = {}): MetricResult {
  const { colour = 'luma', background = defaultBackground } = options;
  const compared = planePairs(one, other, { colour, background });
  if (Math.min(one.width, one.height) < shortestSide) {
    throw new ImageMetricError(
      'IMAGE_METRIC_REQUEST_INVALID',
      `${one.width}×${one.height} is too small for five scales: sides begin at ${shortestSide}`,
    );
  }
  let [sum, identical] = [0, true];
  for (let [first, second] of compared.pairs) {
    let product = 1;
    for (const [scale, weight] of scaleWeights.entries()) {
      if (scale > 0) [first, second] = [boxDownsample(first, 2), boxDownsample(second, 2)];
      const terms = ssimOfPlanes(first, second);
      if (scale === 0) identical &&= terms.identical;
      product *= Math.max(0, scale === scaleWeights.length - 1 ? terms.ssim : terms.contrast) ** weight;
    }
    sum += product;
  }
  return {
    metric: 'ms-ssim',
    value: sum / compared.pairs.length,
    identical,
    variant: 'five scales, weights 0.0448 0.2856 0.3001 0.2363 0.1333, window as for ssim',
    colour,
    background: compared.background,
    resize: 'none',
    width: one.width,
    height: one.height,
  };
}
