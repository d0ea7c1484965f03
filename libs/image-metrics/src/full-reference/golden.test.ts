import { readFileSync } from 'node:fs';
import type { Raster } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { paletteDistance } from '../pixel-art/palette-distance.ts';
import { psnr } from './psnr.ts';
import { msSsim, ssim } from './ssim.ts';

const golden = z
  .object({
    cases: z.array(
      z.object({
        seed: z.number(),
        width: z.number(),
        height: z.number(),
        noise: z.number(),
        psnrRgb: z.number(),
        psnrY601: z.number(),
        ssimLuma: z.number(),
        ssimRgb: z.number(),
        ssimY601: z.number(),
        ssimMatlab: z.number(),
        msSsimLuma: z.number().nullable(),
        paletteDistance: z.number().nullable(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/golden.json', import.meta.url), 'utf8')));

/** The picture of fixtures/make_golden.py. */
function picture(seed: number, width: number, height: number, noise: number): Raster {
  let state = seed;
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    for (let channel = 0; channel < 3; channel++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const wave = 128 + 90 * Math.sin((x + 3 * channel) / 7) * Math.cos(y / (5 + channel));
      rgba[pixel * 4 + channel] = Math.max(0, Math.min(255, Math.floor(wave + (state / 2 ** 32 - 0.5) * noise)));
    }
  }
  return { width, height, rgba };
}

describe.each(golden.cases)('against other libraries: $width × $height, noise $noise', (expected) => {
  const { seed, width, height, noise } = expected;
  const pair = [picture(seed, width, height, 0), picture(seed + 100, width, height, noise)] as const;

  it.each([
    ['rgb', expected.psnrRgb],
    ['y601', expected.psnrY601],
  ] as const)('PSNR of %s agrees to 1e-12 of its value', (colour, value) => {
    expect(Math.abs((psnr(...pair, { colour }).value ?? 0) / value - 1)).toBeLessThan(1e-12);
  });

  it.each([
    [{}, expected.ssimLuma],
    [{ colour: 'rgb' }, expected.ssimRgb],
    [{ colour: 'y601' }, expected.ssimY601],
    [{ downsample: 'matlab' }, expected.ssimMatlab],
  ] as const)('SSIM with %j agrees to 1e-12', (options, value) => {
    expect(Math.abs((ssim(...pair, options).value ?? 0) - value)).toBeLessThan(1e-12);
  });

  if (expected.msSsimLuma !== null) {
    it('MS-SSIM agrees to 1e-6', () => {
      expect(Math.abs((msSsim(...pair).value ?? 0) - (expected.msSsimLuma ?? 0))).toBeLessThan(1e-6);
    });
  }

  if (expected.paletteDistance !== null) {
    it('palette distance agrees to 1e-9', () => {
      expect(Math.abs((paletteDistance(...pair).value ?? 0) - (expected.paletteDistance ?? 0))).toBeLessThan(1e-9);
    });
  }
});

const raster = (width: number, height: number) =>
  fc
    .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
    .map((rgba): Raster => ({ width, height, rgba }));
const flipped = ({ width, height, rgba }: Raster): Raster => {
  const words = new Uint32Array(rgba.slice().buffer);
  const to = words.map((_word, pixel) => words[pixel - (pixel % width) + width - 1 - (pixel % width)] ?? 0);
  return { width, height, rgba: new Uint8Array(to.buffer) };
};

describe('the measures', () => {
  it('are symmetric, do not depend on a flip of both, and lie within their bounds', () => {
    fc.assert(
      fc.property(raster(14, 12), raster(14, 12), (one, other) => {
        const value = ssim(one, other).value ?? NaN;
        expect(value).toBeCloseTo(ssim(other, one).value ?? NaN, 12);
        expect(value).toBeCloseTo(ssim(flipped(one), flipped(other)).value ?? NaN, 12);
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
        expect(psnr(one, other).value).toBeCloseTo(psnr(other, one).value ?? NaN, 12);
      }),
      { numRuns: 25 },
    );
  });

  it('say of equal pictures that they are equal', () => {
    const same = picture(1, 20, 20, 50);
    expect(psnr(same, same)).toMatchObject({ value: null, identical: true });
    expect(ssim(same, same)).toMatchObject({ value: 1, identical: true, width: 20, colour: 'luma', resize: 'none' });
  });

  it('compare tiny pictures pixel by pixel, and say so', () => {
    const [one, other] = [picture(1, 4, 4, 0), picture(1, 4, 4, 0)];
    other.rgba[0] = (other.rgba[0] ?? 0) ^ 1;
    expect(ssim(one, other)).toMatchObject({ metric: 'pixel-agreement', value: 15 / 16 });
  });

  it('refuse pictures of different sizes and too small ones', () => {
    expect(() => psnr(picture(1, 4, 4, 0), picture(1, 4, 5, 0))).toThrow('not the same size');
    expect(() => msSsim(picture(1, 100, 100, 0), picture(2, 100, 100, 0))).toThrow('too small for five scales');
  });
});
