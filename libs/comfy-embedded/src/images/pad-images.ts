import type { ImageBatch } from '../engine/pixel-engine.ts';
import { checkImageSize } from './image-limits.ts';
import type { MaskBatch } from './mask-batch.ts';

/** Pixels to add at each edge. */
export interface Padding {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Squared ramp from 1 at a padded edge to 0 at `feathering` pixels from it; 0 everywhere if the image is too small. */
function feather({ width, height }: ImageBatch, padding: Padding, feathering: number, x: number, y: number): number {
  if (feathering === 0 || feathering * 2 >= width || feathering * 2 >= height) return 0;
  const distance = Math.min(
    padding.top === 0 ? height : y,
    padding.bottom === 0 ? height : height - y,
    padding.left === 0 ? width : x,
    padding.right === 0 ? width : width - x,
  );
  return distance >= feathering ? 0 : ((feathering - distance) / feathering) ** 2;
}

/**
 * ImagePadForOutpaint: mid-grey around each image, and one mask that is 1 on it and fades out into the image.
 *
 * @param feathering - width of the fading, in pixels.
 * @throws ImageError IMAGE_TOO_LARGE.
 */
export function padImages(
  images: ImageBatch,
  padding: Padding,
  feathering: number,
): { readonly images: ImageBatch; readonly mask: MaskBatch } {
  const width = images.width + padding.left + padding.right;
  const height = images.height + padding.top + padding.bottom;
  checkImageSize(width, height, images.batch);
  const values = new Float32Array(images.batch * width * height * 3).fill(0.5);
  const mask = new Float32Array(width * height).fill(1);
  const stride = images.width * 3;
  for (let image = 0; image < images.batch; image++) {
    for (let y = 0; y < images.height; y++) {
      const from = (image * images.height + y) * stride;
      const to = (image * height + padding.top + y) * width + padding.left;
      values.set(images.values.subarray(from, from + stride), to * 3);
    }
  }
  for (let y = 0; y < images.height; y++) {
    for (let x = 0; x < images.width; x++) {
      mask[(padding.top + y) * width + padding.left + x] = feather(images, padding, feathering, x, y);
    }
  }
  return {
    images: { values, batch: images.batch, height, width },
    mask: { values: mask, batch: 1, height, width },
  };
}
