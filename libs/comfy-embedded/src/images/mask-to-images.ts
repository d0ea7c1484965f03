import type { ImageBatch } from '../engine/pixel-engine.ts';
import type { MaskBatch } from './mask-batch.ts';

/** MaskToImage: the mask as grey levels. */
export function maskToImages({ values, ...size }: MaskBatch): ImageBatch {
  const grey = new Float32Array(values.length * 3);
  values.forEach((value, pixel) => grey.fill(value, pixel * 3, pixel * 3 + 3));
  return { values: grey, ...size };
}
