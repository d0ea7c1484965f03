import type { Raster } from '@dgx-pixels/pixel-art';
import { profileDistance, profileOf } from './palette-profile.ts';
import type { PictureMeasure } from './picture-measure.ts';
import { spritePixelsOf } from './sprite-pixels.ts';

/** {@link paletteDistance} of two pictures, which need not be of one size. */
export interface PaletteDistance extends PictureMeasure {
  readonly otherWidth: number;
  readonly otherHeight: number;
}

/**
 * How far the colours of two pictures lie apart, shares included: twice the mean over thirteen axes of OKLab of the
 * one-dimensional earth mover's (Wasserstein-1) distance between their visible pixels along the axis — the sliced Wasserstein
 * distance (Rabin, Peyré, Delon & Bernot 2011; earth mover's distance of colours: Rubner, Tomasi & Guibas 2000). The axes are
 * those through faces, edges and corners of a cube. About the mean OKLab distance that a pixel's colour has to move:
 * 0 for equal shares of equal colours, about 1 for black and white. Symmetric, and keeps the triangle inequality.
 *
 * @returns value null when either picture has no visible pixel (alpha from 128 on)
 */
export function paletteDistance(one: Raster, other: Raster): PaletteDistance {
  return {
    metric: 'palette-distance',
    value: profileDistance(profileOf(spritePixelsOf(one)), profileOf(spritePixelsOf(other))),
    variant: 'sliced Wasserstein-1 in OKLab, thirteen axes, twice the mean; visible pixels (alpha from 128 on)',
    resize: 'none',
    width: one.width,
    height: one.height,
    otherWidth: other.width,
    otherHeight: other.height,
  };
}
