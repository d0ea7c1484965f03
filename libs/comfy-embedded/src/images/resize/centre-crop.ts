import { ImageError } from '../image-errors.ts';
import type { Rectangle } from './plane.ts';
import { roundHalfEven } from './round-half-even.ts';

/** Sides, in pixels or latent cells. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The middle part of `from` that has about the aspect ratio of `to`: what ComfyUI's crop "center" keeps. The same
 * number of pixels goes at both edges.
 *
 * @throws ImageError IMAGE_REQUEST_INVALID when nothing would be left.
 */
export function centreCrop(from: Size, to: Size): Rectangle {
  const fromAspect = from.width / from.height;
  const toAspect = to.width / to.height;
  const left = fromAspect > toAspect ? roundHalfEven((from.width - from.width * (toAspect / fromAspect)) / 2) : 0;
  const top = fromAspect < toAspect ? roundHalfEven((from.height - from.height * (fromAspect / toAspect)) / 2) : 0;
  const [width, height] = [from.width - 2 * left, from.height - 2 * top];
  if (width < 1 || height < 1) {
    throw new ImageError(
      'IMAGE_REQUEST_INVALID',
      `nothing of ${from.width}×${from.height} is left when cropped to the shape of ${to.width}×${to.height}`,
    );
  }
  return { left, top, width, height };
}
