import type { ImageBatch } from '../engine/pixel-engine.ts';
import type { MaskBatch } from './mask-batch.ts';

/** ImageToMask's channels that an RGB image has, in ComfyUI's order. */
export const imageChannels = ['red', 'green', 'blue'] as const;

/** ImageToMask: one channel as a mask. */
export function imagesToMask({ values, ...size }: ImageBatch, channel: (typeof imageChannels)[number]): MaskBatch {
  const offset = imageChannels.indexOf(channel);
  const mask = new Float32Array(values.length / 3);
  for (let pixel = 0; pixel < mask.length; pixel++) mask[pixel] = values[pixel * 3 + offset] ?? 0;
  return { values: mask, ...size };
}
