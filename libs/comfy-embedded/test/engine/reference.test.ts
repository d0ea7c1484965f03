import { readManifest } from '@dgx-pixels/pixel-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPixelEngine } from '../../src/engine/open-engine.ts';
import type { PixelEngine } from '../../src/engine/pixel-engine.ts';
import { largestDifference } from './golden.ts';
import { reference, referenceTensor } from './reference.ts';
import { emptyLatent } from './requests.ts';

let engine: PixelEngine;

beforeAll(async () => {
  engine = await openPixelEngine();
});

afterAll(() => engine.close());

describe('the engine against PyTorch and diffusers on the same weights', () => {
  it('holds the weights that the reference was made from', () => {
    expect(engine.modelSha256).toBe(reference.weights.sha256);
  });

  it.each([
    { lastLayer: -2, state: 'hidden' },
    { lastLayer: -1, state: 'hidden_last' },
    { lastLayer: -3, state: 'hidden_normed' },
    { lastLayer: -24, state: 'hidden_normed' },
  ])('encodes prompts alike up to layer $lastLayer', async ({ lastLayer, state }) => {
    const [first, second, pooled] = [`text.${state}`, `text.${state}_2`, 'text.pooled'].map(referenceTensor);
    for (const [row, prompt] of reference.text.prompts.entries()) {
      const conditioning = await engine.encodePrompt({ text: prompt, lastLayer });
      for (let token = 0; token < conditioning.tokens; token++) {
        const wanted = [first!, second!].flatMap(({ values, shape }) => {
          const width = shape[2]!;
          const from = (row * conditioning.tokens + token) * width;
          return [...values.subarray(from, from + width)];
        });
        const got = conditioning.states.subarray(token * conditioning.width, (token + 1) * conditioning.width);
        expect(largestDifference(got, wanted)).toBeLessThan(1e-4);
      }
      const width = conditioning.pooled.length;
      const wantedPooled = pooled!.values.subarray(row * width, (row + 1) * width);
      expect(largestDifference(conditioning.pooled, wantedPooled)).toBeLessThan(1e-4);
    }
  });

  it('draws the same image', async () => {
    const { prompt, negative, seed, steps, guidance } = reference.image;
    const latent = await engine.sample({
      positive: await engine.encodePrompt({ text: prompt }),
      negative: await engine.encodePrompt({ text: negative }),
      latent: emptyLatent(1, 16, 16),
      seed: BigInt(seed),
      steps,
      cfg: guidance,
      sampler: 'euler',
      scheduler: 'normal',
      denoise: 1,
    });
    const { scalingFactor } = readManifest().config;
    // In the UNet's scale: noise changed by 1e-7 moves PyTorch's own image by 2.3e-4 over these eight steps.
    const unetLatent = latent.values.map((value) => value * scalingFactor);
    expect(largestDifference(unetLatent, referenceTensor('image.latent').values)).toBeLessThan(1e-3);
    const { values, width } = await engine.decode(latent);
    const cells = referenceTensor('image.cells').values;
    const drawn = cells.map((_, i) => {
      const [channel, y, x] = [Math.floor(i / 256), Math.floor((i % 256) / 16), i % 16];
      return values[(y * 8 * width + x * 8) * 3 + channel]!;
    });
    const wanted = cells.map((cell) => Math.min(Math.max((cell + 1) / 2, 0), 1));
    expect(largestDifference(drawn, wanted)).toBeLessThan(1e-3);
  });

  it('decodes alike', async () => {
    const { values: cells, shape } = referenceTensor('vae_decoder.latent');
    const { values: image } = referenceTensor('vae_decoder.image');
    const [batch, , height, width] = shape;
    const images = await engine.decode({ values: cells, batch: batch!, height: height!, width: width! });
    const pixels = images.height * images.width;
    const wanted = images.values.map((_, i) => {
      const [row, pixel, channel] = [Math.floor(i / (3 * pixels)), Math.floor((i % (3 * pixels)) / 3), i % 3];
      return Math.min(Math.max((image[(row * 3 + channel) * pixels + pixel]! + 1) / 2, 0), 1);
    });
    expect(largestDifference(images.values, wanted)).toBeLessThan(1e-4);
  });

  it('encodes images alike, and cuts what does not fill a cell off both edges', async () => {
    const { values: planes, shape } = referenceTensor('vae_encoder.image');
    const [batch, , height, width] = shape.map(Number) as [number, number, number, number];
    const wanted = referenceTensor('vae_encoder.latent').values;
    const images = (top: number, left: number) => {
      const [rows, columns] = [height + top * 2, width + left * 2];
      const values = new Float32Array(batch * rows * columns * 3).fill(0.5);
      planes.forEach((value, i) => {
        const [x, y] = [i % width, Math.floor(i / width) % height];
        const [channel, image] = [Math.floor(i / (width * height)) % 3, Math.floor(i / (width * height * 3))];
        values[((image * rows + top + y) * columns + left + x) * 3 + channel] = (value + 1) / 2;
      });
      return { values, batch, height: rows, width: columns };
    };
    for (const edges of [images(0, 0), images(2, 3)]) {
      const latent = await engine.encodeImages(edges);
      expect(latent).toMatchObject({ batch, height: height / 8, width: width / 8 });
      expect(largestDifference(latent.values, wanted)).toBeLessThan(1e-4);
    }
  });

  it('previews a decoded image by one colour a cell', async () => {
    const { values, shape } = referenceTensor('vae_encoder.latent');
    const latent = { values, batch: shape[0]!, height: shape[2]!, width: shape[3]! };
    const [preview, decoded] = [engine.decodePreview(latent), await engine.decode(latent)];
    const mean = decoded.values.reduce((sum, value, i) => sum + Math.abs(value - preview.values[i]!), 0);
    expect(mean / decoded.values.length).toBeLessThan(0.06);
  });
});
