import { channelsOf } from '@dgx-pixels/pixel-art';
import type { ImageBatch } from '../engine/pixel-engine.ts';
import { checkImageSize } from './image-limits.ts';

/**
 * EmptyImage: one colour everywhere.
 *
 * @param colour - 0xRRGGBB.
 * @throws ImageError IMAGE_REQUEST_INVALID, IMAGE_TOO_LARGE.
 */
export function emptyImage(width: number, height: number, batch: number, colour: number): ImageBatch {
  checkImageSize(width, height, batch);
  const values = new Float32Array(width * height * batch * 3);
  channelsOf(colour).forEach((level, channel) => {
    for (let at = channel; at < values.length; at += 3) values[at] = level / 255;
  });
  return { values, batch, height, width };
}
