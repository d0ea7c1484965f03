import { ImageError } from './image-errors.ts';

/** Bounds of image operations and image files. */
export const imageLimits = {
  /** ComfyUI's MAX_RESOLUTION. */
  maxSide: 16_384,
  /** Height × width of one image. */
  maxPixels: 16 * 1024 * 1024,
  /** Height × width × batch: 192 MiB of float32 RGB. */
  maxBatchPixels: 16 * 1024 * 1024,
} as const;

/**
 * Refuses sizes that no operation may produce.
 *
 * @throws ImageError IMAGE_REQUEST_INVALID for sides or batches that are no positive integers, IMAGE_TOO_LARGE above
 * `imageLimits`.
 */
export function checkImageSize(width: number, height: number, batch = 1): void {
  const size = `${width}×${height}${batch === 1 ? '' : ` × ${batch} images`}`;
  if (![width, height, batch].every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw new ImageError('IMAGE_REQUEST_INVALID', `an image of ${size} has no pixels`);
  }
  const { maxSide, maxPixels, maxBatchPixels } = imageLimits;
  if (width > maxSide || height > maxSide || width * height > maxPixels) {
    throw new ImageError('IMAGE_TOO_LARGE', `${size} is more than ${maxPixels} pixels, or ${maxSide} on a side`);
  }
  if (width * height * batch > maxBatchPixels) {
    throw new ImageError('IMAGE_TOO_LARGE', `${size} is more than ${maxBatchPixels} pixels together`);
  }
}
