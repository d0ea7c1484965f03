import { inSlices } from '@dgx-pixels/pixel-art';
import type { ImageBatch } from '../engine/pixel-engine.ts';
import type { RgbaBatch } from '../images/rgba-batch.ts';
import type { RgbaImage, RgbImage } from './encode-png.ts';

async function quantise(values: Float32Array, start: number, size: number): Promise<Uint8Array> {
  const bytes = new Uint8ClampedArray(size);
  await inSlices(size, 1, (from, to) => {
    for (let offset = from; offset < to; offset += 1) {
      bytes[offset] = Math.trunc(Math.fround(255 * (values[start + offset] ?? 0)));
    }
  });
  return new Uint8Array(bytes.buffer);
}

/**
 * Takes one image of a batch to 8 bits as ComfyUI's SaveImage does: multiply by 255 in single precision, clip, cut off
 * the fraction (no rounding). Works in slices that keep the event loop turning.
 *
 * @param index - 0 … batch − 1.
 */
export async function quantiseImage({ values, height, width }: ImageBatch, index: number): Promise<RgbImage> {
  const size = height * width * 3;
  return { rgb: await quantise(values, index * size, size), width, height };
}

/** Whether a batch has opacity, by the length of its values. */
function hasAlpha(images: ImageBatch | RgbaBatch): boolean {
  return images.values.length === images.batch * images.height * images.width * 4;
}

/** One image of a batch with or without opacity. */
export function quantiseAnyImage(images: ImageBatch | RgbaBatch, index: number): Promise<RgbImage | RgbaImage> {
  return hasAlpha(images) ? quantiseRgbaImage(images, index) : quantiseImage(images, index);
}

/** The same for an image with opacity. */
export async function quantiseRgbaImage({ values, height, width }: RgbaBatch, index: number): Promise<RgbaImage> {
  const size = height * width * 4;
  return { rgba: await quantise(values, index * size, size), width, height };
}
