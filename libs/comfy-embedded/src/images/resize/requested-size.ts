import { cellSide } from '../../engine/latent-cells.ts';
import type { Size } from './centre-crop.ts';
import { roundHalfEven } from './round-half-even.ts';

/** ImageScale: a side of 0 follows from the other by the aspect ratio; two zeros keep the size. */
export function imageScaleSize(from: Size, { width, height }: Size): Size {
  if (width === 0 && height === 0) return { width: from.width, height: from.height };
  if (width === 0) return { width: Math.max(1, roundHalfEven((from.width * height) / from.height)), height };
  if (height === 0) return { width, height: Math.max(1, roundHalfEven((from.height * width) / from.width)) };
  return { width, height };
}

/** ImageScaleBy and LatentUpscaleBy: both sides by one factor. */
export function scaledBySize(from: Size, factor: number): Size {
  return { width: roundHalfEven(from.width * factor), height: roundHalfEven(from.height * factor) };
}

/** ImageScaleToTotalPixels: about so many times 1024² pixels in the same aspect ratio. */
export function totalPixelsSize(from: Size, megapixels: number): Size {
  const pixels = Math.trunc(megapixels * 1024 * 1024);
  return scaledBySize(from, Math.sqrt(pixels / (from.width * from.height)));
}

/** Least side that LatentUpscale makes, in pixels. */
const leastSide = 64;

/**
 * LatentUpscale: sides asked for in pixels, at least 64. As in ComfyUI a side of 0 is taken from the latent's aspect
 * ratio in pixels of the other side.
 *
 * @param from - in latent cells.
 * @param to - in pixels.
 * @returns in latent cells.
 */
export function latentUpscaleSize(from: Size, to: Size): Size {
  if (to.width === 0 && to.height === 0) return { width: from.width, height: from.height };
  const known = { width: Math.max(leastSide, to.width), height: Math.max(leastSide, to.height) };
  const pixels =
    to.width === 0
      ? { ...known, width: Math.max(leastSide, roundHalfEven((from.width * known.height) / from.height)) }
      : to.height === 0
        ? { ...known, height: Math.max(leastSide, roundHalfEven((from.height * known.width) / from.width)) }
        : known;
  return { width: Math.floor(pixels.width / cellSide), height: Math.floor(pixels.height / cellSide) };
}
