import { cpSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pixelModelDirectory } from '@dgx-pixels/pixel-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPixelEngine } from '../../src/engine/open-engine.ts';
import type { PixelEngine } from '../../src/engine/pixel-engine.ts';
import { samplerNames } from '../../src/engine/samplers/sampler-by-name.ts';
import { schedulerNames } from '../../src/engine/schedulers/calculate-sigmas.ts';
import { largestDifference } from './golden.ts';
import { emptyLatent, smallRequest } from './requests.ts';

let engine: PixelEngine;

beforeAll(async () => {
  engine = await openPixelEngine();
});

afterAll(() => engine.close());

describe('the embedded engine', () => {
  it('says which model it holds and what it implements', () => {
    expect(engine.checkpointName).toMatch(/\.safetensors$/);
    expect(engine.modelSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(engine.samplers).toEqual(samplerNames);
    expect(engine.schedulers).toEqual(schedulerNames);
  });

  it('encodes prompts and names the words it does not know', async () => {
    const short = await engine.encodePrompt({ text: 'a red (Zebra:1.2)' });
    expect(short).toMatchObject({ tokens: 24, width: 160, unknownWords: ['zebra'] });
    expect(short.states).toHaveLength(24 * 160);
    expect(short.pooled).toHaveLength(96);
    const long = await engine.encodePrompt({ text: Array(40).fill('red').join(' ') });
    expect(long.tokens).toBe(48);
    expect(long.pooled).not.toEqual(short.pooled);
  });

  it.each(['euler', 'euler_ancestral', 'dpmpp_2m'])('repeats itself to the bit with %s', async (sampler) => {
    const request = await smallRequest(engine, { sampler });
    const first = await engine.sample(request);
    expect(first.values.every(Number.isFinite)).toBe(true);
    expect((await engine.sample(request)).values).toEqual(first.values);
    expect((await engine.sample({ ...request, seed: 8n })).values).not.toEqual(first.values);
  });

  it('draws the first image of a batch as it draws it alone', async () => {
    const alone = await engine.sample(await smallRequest(engine));
    const batch = await engine.sample(await smallRequest(engine, { latent: emptyLatent(3, 16, 16) }));
    expect(batch.batch).toBe(3);
    expect(largestDifference(batch.values.subarray(0, alone.values.length), alone.values)).toBeLessThan(1e-3);
    const second = batch.values.subarray(alone.values.length, 2 * alone.values.length);
    expect(largestDifference(second, alone.values)).toBeGreaterThan(0.1);
  });

  it('handles sizes that four cells do not divide, and tells each step', async () => {
    const steps: string[] = [];
    const request = await smallRequest(engine, { latent: emptyLatent(2, 15, 17), scheduler: 'karras' });
    const latent = await engine.sample(request, { onStep: (step, total) => steps.push(`${step}/${total}`) });
    expect(steps).toEqual(['1/3', '2/3', '3/3']);
    const images = await engine.decode(latent);
    expect(images).toMatchObject({ batch: 2, height: 120, width: 136 });
    expect(images.values).toHaveLength(2 * 120 * 136 * 3);
    expect(images.values.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('leaves the negative prompt out at a guidance scale of 1, and uses it otherwise', async () => {
    const request = await smallRequest(engine, { cfg: 1 });
    const other = { ...request, negative: await engine.encodePrompt({ text: 'a blue fish' }) };
    expect((await engine.sample(other)).values).toEqual((await engine.sample(request)).values);
    const guided = await engine.sample({ ...request, cfg: 3 });
    expect((await engine.sample({ ...other, cfg: 3 })).values).not.toEqual(guided.values);
  });

  it('takes prompts of different length, together or apart', async () => {
    const words = (count: number) => engine.encodePrompt({ text: Array(count).fill('red').join(' ') });
    const [two, three, seven] = [await words(30), await words(60), await words(150)];
    expect([two.tokens, three.tokens, seven.tokens]).toEqual([48, 72, 168]);
    for (const [positive, negative] of [
      [two, three],
      [seven, two],
      [two, seven],
    ] as const) {
      const { values } = await engine.sample(await smallRequest(engine, { positive, negative }));
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it('keeps the latent at denoise 0 and near it at a small denoise', async () => {
    const latent = await engine.sample(await smallRequest(engine));
    const kept = await engine.sample(await smallRequest(engine, { latent, denoise: 0 }));
    expect(kept.values).toEqual(latent.values);
    const touched = await engine.sample(await smallRequest(engine, { latent, denoise: 0.1, seed: 9n }));
    const redrawn = await engine.sample(await smallRequest(engine, { latent, denoise: 1, seed: 9n }));
    expect(touched.values).not.toEqual(latent.values);
    expect(distance(touched.values, latent.values)).toBeLessThan(distance(redrawn.values, latent.values));
  });

  it('stops between two steps when asked, and goes on serving', async () => {
    const controller = new AbortController();
    const reason = new Error('the user changed their mind');
    const seen: number[] = [];
    const request = await smallRequest(engine, { steps: 400 });
    const cancelled = engine.sample(request, {
      signal: controller.signal,
      onStep: (step) => {
        seen.push(step);
        if (step === 2) controller.abort(reason);
      },
    });
    await expect(cancelled).rejects.toBe(reason);
    expect(seen.length).toBeLessThan(50);
    await expect(engine.sample(request, { signal: controller.signal })).rejects.toBe(reason);
    expect((await engine.sample(await smallRequest(engine))).values).toHaveLength(1024);
  });

  it("lets its caller's thread run while it draws a batch of eight", async () => {
    const request = await smallRequest(engine, { latent: emptyLatent(8, 16, 16), steps: 4 });
    let ticks = 0;
    let done = false;
    const drawn = engine.sample(request).then(() => (done = true));
    while (!done) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      ticks++;
    }
    await drawn;
    expect(ticks).toBeGreaterThan(20);
  });

  it('refuses what it cannot do, with every fault at once', async () => {
    const request = await smallRequest(engine, { steps: 0, cfg: NaN, denoise: 2, seed: -1n, sampler: 'lms' });
    await expect(engine.sample(request)).rejects.toMatchObject({
      code: 'ENGINE_REQUEST_INVALID',
      message: expect.stringMatching(/steps is 0.*cfg is NaN.*denoise is 2.*seed is -1.*sampler is "lms"/) as string,
    });
    const absurd = [
      emptyLatent(1, 1, 16),
      emptyLatent(1, 16, 257),
      emptyLatent(1, 129, 128),
      emptyLatent(65, 2, 2),
      emptyLatent(5, 128, 128),
    ];
    for (const latent of absurd) {
      await expect(engine.decode(latent)).rejects.toMatchObject({ code: 'ENGINE_REQUEST_INVALID' });
    }
    const spoilt = emptyLatent(1, 16, 16);
    spoilt.values[5] = NaN;
    await expect(engine.decode(spoilt)).rejects.toThrow(/not finite/);
    await expect(engine.encodePrompt({ text: 'x'.repeat(20_000) })).rejects.toMatchObject({
      code: 'ENGINE_PROMPT_INVALID',
    });
  });
});

describe('openPixelEngine', () => {
  it('rejects calls once closed, also those under way', async () => {
    const own = await openPixelEngine({ threads: 1 });
    const request = await smallRequest(own, { steps: 400 });
    const underWay = expect(own.sample(request)).rejects.toMatchObject({ code: 'ENGINE_CLOSED' });
    await own.close();
    await underWay;
    await expect(own.encodePrompt({ text: 'a' })).rejects.toMatchObject({ code: 'ENGINE_CLOSED' });
    await own.close();
  });

  it('gives up opening when asked', async () => {
    const reason = new Error('no time');
    await expect(openPixelEngine({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const opening = openPixelEngine({ signal: controller.signal });
    setTimeout(() => controller.abort(reason), 5);
    await expect(opening).rejects.toBe(reason);
  });

  it('refuses a model with a changed byte or a missing file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'dgx-pixels-model-'));
    try {
      cpSync(pixelModelDirectory(), directory, { recursive: true });
      const unet = join(directory, 'unet.onnx');
      const bytes = readFileSync(unet);
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      writeFileSync(unet, bytes);
      await expect(openPixelEngine({ modelDirectory: directory })).rejects.toMatchObject({
        code: 'ENGINE_MODEL_CORRUPT',
        message: expect.stringContaining('unet.onnx: sha256') as string,
      });
      unlinkSync(unet);
      await expect(openPixelEngine({ modelDirectory: directory })).rejects.toMatchObject({
        code: 'ENGINE_MODEL_MISSING',
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0);
}
