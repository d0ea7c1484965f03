import { readFileSync } from 'node:fs';
import { z } from 'zod';

const numbers = z.array(z.number());

function read<T>(name: string, schema: z.ZodType<T>): T {
  const url = new URL(`../fixtures/golden/${name}.json`, import.meta.url);
  return schema.parse(JSON.parse(readFileSync(url, 'utf8')));
}

const sizes = {
  batch: z.number(),
  height: z.number(),
  width: z.number(),
  toHeight: z.number(),
  toWidth: z.number(),
  crop: z.enum(['disabled', 'center']),
};
const imageMethod = z.enum(['nearest-exact', 'bilinear', 'area', 'bicubic', 'lanczos']);
const latentMethod = z.enum(['nearest-exact', 'bilinear', 'area', 'bicubic', 'bislerp']);

export const goldenImageResizes = read(
  'image-resize',
  z.object({ cases: z.array(z.object({ ...sizes, method: imageMethod, values: numbers })) }),
).cases;

export const goldenLatentResizes = read(
  'image-resize-latent',
  z.object({
    cases: z.array(z.object({ ...sizes, input: numbers, outputs: z.record(latentMethod, numbers) })),
  }),
).cases;

const resized = z.object({ shape: numbers, values: numbers });
const planarResize = z.object({
  input: numbers,
  shape: numbers,
  'nearest-exact': resized,
  bilinear: resized,
  area: resized,
  bicubic: resized,
  lanczos: resized,
});

/** Planar pictures `[1, 3, height, width]`: sizes up, down and cropped to the centre. */
export const goldenPlanarResizes = read(
  'image-scale',
  z.object({ up: planarResize, down: planarResize, center: planarResize }),
);

export const goldenCentreCrops = read('image-crops', z.object({ cases: z.array(z.array(z.number()).length(6)) })).cases;

/** The input of `image-resize.json`. */
export function recordedInput(length: number): Float32Array {
  return Float32Array.from({ length }, (_none, index) => ((index * 7919 + 13) % 1009) / 1008);
}
