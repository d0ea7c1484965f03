import type { ImageBatch } from '../engine/pixel-engine.ts';
import { checkImageSize } from './image-limits.ts';
import { resizeImages } from './resize/resize-images.ts';

/**
 * ImageBatch: the images of both batches in order. Those of the second are brought to the size of the first, cut to
 * its shape and resized with `bilinear`.
 *
 * @throws ImageError IMAGE_TOO_LARGE.
 */
export async function batchImages(first: ImageBatch, second: ImageBatch): Promise<ImageBatch> {
  const { width, height } = first;
  const batch = first.batch + second.batch;
  checkImageSize(width, height, batch);
  const sameSize = second.width === width && second.height === height;
  const resized = sameSize ? second : await resizeImages(second, { width, height }, 'bilinear', 'center');
  const values = new Float32Array(first.values.length + resized.values.length);
  values.set(first.values);
  values.set(resized.values, first.values.length);
  return { values, batch, height, width };
}
