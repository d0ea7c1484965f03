import { pixelWords, type Raster } from '@dgx-pixels/pixel-art';
import type { MetricResult } from './metric-result.ts';
import { checkSizes } from './planes.ts';

/**
 * Share of pixels that are equal in all four channels, 0 … 1: what is left to compare in pictures too small for a window.
 * Two pixels with alpha 0 are equal whatever colour hides under it.
 *
 * @throws ImageMetricError for pictures of different sizes
 */
export function pixelAgreement(one: Raster, other: Raster): MetricResult {
  checkSizes(one, other);
  const [words, others] = [pixelWords(one), pixelWords(other)];
  let equal = 0;
  for (let pixel = 0; pixel < words.length; pixel++) {
    const hidden = one.rgba[pixel * 4 + 3] === 0 && other.rgba[pixel * 4 + 3] === 0;
    if (hidden || words[pixel] === others[pixel]) equal++;
  }
  return {
    metric: 'pixel-agreement',
    value: equal / words.length,
    identical: equal === words.length,
    variant: 'share of equal pixels',
    colour: 'rgba',
    background: null,
    resize: 'none',
    width: one.width,
    height: one.height,
  };
}
