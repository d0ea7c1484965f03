import type { ImageBatch } from '../engine/pixel-engine.ts';
import { rearrangePixels } from './rearrange-pixels.ts';

/** ImageFlip: `vertical` turns the rows upside down, `horizontal` exchanges left and right. */
export function flipImages(images: ImageBatch, direction: 'vertical' | 'horizontal'): Promise<ImageBatch> {
  const { width, height } = images;
  return rearrangePixels(
    images,
    images,
    direction === 'vertical' ? (x, y) => (height - 1 - y) * width + x : (x, y) => y * width + width - 1 - x,
  );
}
