import type { ImageBatch } from '../engine/pixel-engine.ts';
import { cropPlane, type Rectangle } from './resize/plane.ts';

/** ImageCrop: a corner outside is moved to the last pixel, and what would lie outside is left out. */
export function cropImages(images: ImageBatch, { left, top, width, height }: Rectangle): ImageBatch {
  const x = Math.min(left, images.width - 1);
  const y = Math.min(top, images.height - 1);
  const cropped = cropPlane(
    { ...images, outer: images.batch, inner: 3 },
    { left: x, top: y, width: Math.min(width, images.width - x), height: Math.min(height, images.height - y) },
  );
  return { values: cropped.values, batch: images.batch, height: cropped.height, width: cropped.width };
}
