import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImageBatch } from '../engine/pixel-engine.ts';
import type { RgbImage } from './encode-png.ts';

const valuesPerSlice = 128 * 1024;

/**
 * Takes one image of a batch to 8 bits as ComfyUI's SaveImage does: multiply by 255 in single precision, clip, cut off
 * the fraction (no rounding). Works in slices that keep the event loop turning.
 *
 * @param index - 0 … batch − 1.
 */
export async function quantiseImage(images: ImageBatch, index: number): Promise<RgbImage> {
  const size = images.height * images.width * 3;
  const start = index * size;
  const rgb = new Uint8ClampedArray(size);
  for (let offset = 0; offset < size; offset += 1) {
    if (offset > 0 && offset % valuesPerSlice === 0) await nextTurn();
    rgb[offset] = Math.trunc(Math.fround(255 * (images.values[start + offset] ?? 0)));
  }
  return { rgb: new Uint8Array(rgb.buffer), width: images.width, height: images.height };
}
