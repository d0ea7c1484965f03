import { inSlices } from '@dgx-pixels/pixel-art';
import type { ImageBatch } from '../engine/pixel-engine.ts';
import type { MaskBatch } from '../images/mask-batch.ts';
import type { DecodedImage } from './decoded-image.ts';

/** ComfyUI's `channel` of LoadImageMask, in its order. */
export const maskChannels = ['alpha', 'red', 'green', 'blue'] as const;

export type MaskChannel = (typeof maskChannels)[number];

/** Side of the mask that a picture without alpha gets. */
const emptyMaskSide = 64;

/** Takes some channels of each pixel, through a function, to float32 `[pixels, channels]`. */
async function takeChannels(
  { rgba, width, height }: DecodedImage,
  channels: readonly number[],
  level: (byte: number) => number,
): Promise<Float32Array> {
  const values = new Float32Array(width * height * channels.length);
  await inSlices(width * height, channels.length, (from, to) => {
    let at = from * channels.length;
    for (let pixel = from; pixel < to; pixel++) {
      for (const channel of channels) values[at++] = level(rgba[pixel * 4 + channel] ?? 0);
    }
  });
  return values;
}

const fraction = (byte: number): number => byte / 255;

/** 1 − alpha, in single precision. */
const transparency = (alpha: number): number => 1 - Math.fround(alpha / 255);

/**
 * What LoadImage makes of a picture: RGB without regard to alpha, and transparency as a mask. Without an alpha channel
 * the mask is 64 × 64 zeros; a transparent colour (tRNS of grey and RGB) does not count as one.
 */
export async function loadImage(
  image: DecodedImage,
): Promise<{ readonly image: ImageBatch; readonly mask: MaskBatch }> {
  const { width, height } = image;
  const values = await takeChannels(image, [0, 1, 2], fraction);
  const mask =
    image.alpha === 'channel'
      ? { values: await takeChannels(image, [3], transparency), batch: 1, height, width }
      : { values: new Float32Array(emptyMaskSide ** 2), batch: 1, height: emptyMaskSide, width: emptyMaskSide };
  return { image: { values, batch: 1, height, width }, mask };
}

/** What LoadImageMask makes of a picture: one colour channel, or 1 − alpha (here a transparent colour counts). */
export async function loadImageMask(image: DecodedImage, channel: MaskChannel): Promise<MaskBatch> {
  const values =
    channel === 'alpha'
      ? await takeChannels(image, [3], transparency)
      : await takeChannels(image, [['red', 'green', 'blue'].indexOf(channel)], fraction);
  return { values, batch: 1, height: image.height, width: image.width };
}
