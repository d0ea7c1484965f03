import fc from 'fast-check';
import type { ImageBatch } from '../../src/engine/pixel-engine.ts';

/** A batch of one-channel numbers, written to all three channels. */
export function greyImages(batch: number, height: number, width: number, levels: readonly number[]): ImageBatch {
  const values = Float32Array.from({ length: batch * height * width * 3 }, (_none, at) => levels[Math.floor(at / 3)]!);
  return { values, batch, height, width };
}

/** The first channel of each pixel. */
export function levelsOf({ values }: ImageBatch): readonly number[] {
  return [...values].filter((_value, at) => at % 3 === 0);
}

/** The colours of a batch as 0xRRGGBB. */
export function coloursOf({ values }: ImageBatch): readonly number[] {
  const level = (at: number): number => Math.round(values[at]! * 255);
  return Array.from({ length: values.length / 3 }, (_none, pixel) => {
    return (level(pixel * 3) << 16) | (level(pixel * 3 + 1) << 8) | level(pixel * 3 + 2);
  });
}

/** A batch of pictures in the given colours (0xRRGGBB). */
export function picturesOf(batch: number, height: number, width: number, colours: readonly number[]): ImageBatch {
  const values = Float32Array.from({ length: batch * height * width * 3 }, (_none, at) => {
    return ((colours[Math.floor(at / 3)]! >> (16 - (at % 3) * 8)) & 255) / 255;
  });
  return { values, batch, height, width };
}

/** Small batches that use few colours, so that neighbours often agree. */
export const fewColours = fc
  .record({
    batch: fc.integer({ min: 1, max: 2 }),
    height: fc.integer({ min: 1, max: 8 }),
    width: fc.integer({ min: 1, max: 8 }),
    colours: fc.uniqueArray(fc.integer({ min: 0, max: 0xffffff }), { minLength: 1, maxLength: 6 }),
  })
  .chain(({ batch, height, width, colours }) =>
    fc
      .array(fc.constantFrom(...colours), { minLength: batch * height * width, maxLength: batch * height * width })
      .map((pixels) => picturesOf(batch, height, width, pixels)),
  );
