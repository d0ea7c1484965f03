import type { ImageBatch } from '../engine/pixel-engine.ts';
import { rearrangePixels } from './rearrange-pixels.ts';

/** ImageRotate: clockwise. */
export async function rotateImages(images: ImageBatch, degrees: 0 | 90 | 180 | 270): Promise<ImageBatch> {
  const { width, height } = images;
  const turned = { width: height, height: width };
  switch (degrees) {
    case 0:
      return images;
    case 90:
      return rearrangePixels(images, turned, (x, y) => (height - 1 - x) * width + y);
    case 180:
      return rearrangePixels(images, images, (x, y) => (height - 1 - y) * width + width - 1 - x);
    case 270:
      return rearrangePixels(images, turned, (x, y) => x * width + width - 1 - y);
  }
}
