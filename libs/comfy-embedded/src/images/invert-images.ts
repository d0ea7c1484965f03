import type { ImageBatch } from '../engine/pixel-engine.ts';

/** ImageInvert: 1 − value. */
export function invertImages(images: ImageBatch): ImageBatch {
  return { ...images, values: images.values.map((value) => 1 - value) };
}
