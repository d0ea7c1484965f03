import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPixelEngine } from '../../src/engine/open-engine.ts';
import type { ImageBatch, PixelEngine } from '../../src/engine/pixel-engine.ts';
import { samplerNames } from '../../src/engine/samplers/sampler-by-name.ts';
import { largestDifference } from './golden.ts';
import { emptyLatent, smallRequest } from './requests.ts';

let engine: PixelEngine;

beforeAll(async () => {
  engine = await openPixelEngine();
});

afterAll(() => engine.close());

describe('sampling a range of steps', () => {
  it.each(samplerNames)('%s ends finite, counts its steps and repeats itself to the bit', async (sampler) => {
    const seen: string[] = [];
    const request = await smallRequest(engine, { sampler, scheduler: 'karras' });
    const latent = await engine.sample(request, { onStep: (step, total) => seen.push(`${step}/${total}`) });
    expect(latent.values.every(Number.isFinite)).toBe(true);
    expect(seen).toEqual(['1/3', '2/3', '3/3']);
    expect((await engine.sample(request)).values).toEqual(latent.values);
  });

  it('makes the same picture in two stages as in one, where a sampler keeps nothing between steps', async () => {
    const request = await smallRequest(engine, { steps: 4 });
    const whole = await engine.sample(request);
    const first = await engine.sample({ ...request, endStep: 2 });
    const second = await engine.sample({ ...request, latent: first, startStep: 2, addNoise: false });
    expect(largestDifference(first.values, whole.values)).toBeGreaterThan(0.1);
    expect(largestDifference(second.values, whole.values)).toBeLessThan(1e-4);
  });

  it('ends clean where it stops early and is told to, and only there', async () => {
    const request = await smallRequest(engine, { steps: 4 });
    const values = async (endStep: number, forceFullDenoise: boolean) =>
      (await engine.sample({ ...request, endStep, forceFullDenoise })).values;
    expect(largestDifference(await values(3, true), await values(3, false))).toBeGreaterThan(0.1);
    expect(await values(4, true)).toEqual(await values(4, false));
  });

  it('gives the latent back when the range has no step', async () => {
    const request = await smallRequest(engine);
    const latent = { ...request.latent, values: request.latent.values.map((_, i) => Math.sin(i)) };
    for (const range of [{ startStep: 3 }, { startStep: 2, endStep: 1 }, { endStep: 0, forceFullDenoise: true }]) {
      expect((await engine.sample({ ...request, latent, ...range })).values).toEqual(latent.values);
    }
  });

  it('keeps a given picture the more, the less it is denoised', async () => {
    const request = await smallRequest(engine, { steps: 4 });
    const latent = await engine.sample(request);
    const changed = async (denoise: number) =>
      largestDifference((await engine.sample({ ...request, latent, seed: 8n, denoise })).values, latent.values);
    expect(await changed(0)).toBe(0);
    expect(await changed(0.1)).toBeLessThan(await changed(1));
  });

  it('shows the first image at each step where previews are asked for', async () => {
    const previews: (ImageBatch | undefined)[] = [];
    const onStep = (_: number, __: number, preview?: ImageBatch) => void previews.push(preview);
    const request = await smallRequest(engine, { latent: emptyLatent(2, 16, 24) });
    await engine.sample(request, { onStep });
    expect(previews).toEqual([undefined, undefined, undefined]);
    const { values } = await engine.sample({ ...request, previews: true }, { onStep });
    const cells = 4 * 16 * 24;
    const large = engine.decodePreview({ values: values.slice(0, cells), batch: 1, height: 16, width: 24 });
    const last = previews.at(-1);
    expect(last).toMatchObject({ batch: 1, height: 16, width: 24 });
    const topLeft = (at: number) => large.values.slice(at, at + 3);
    expect(largestDifference(last!.values.subarray(0, 3), topLeft(0))).toBeLessThan(1e-5);
    expect(largestDifference(last!.values.subarray(-3), topLeft(large.values.length - 3))).toBeLessThan(1e-5);
    expect(previews).toHaveLength(6);
  });

  it('refuses a range that is not in whole steps', async () => {
    const request = await smallRequest(engine, { startStep: -1, endStep: 1.5 });
    await expect(engine.sample(request)).rejects.toThrow(
      'startStep is -1, expected a whole number from 0; endStep is 1.5',
    );
  });
});
