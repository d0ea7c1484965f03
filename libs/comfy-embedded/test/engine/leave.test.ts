import { describe, expect, it } from 'vitest';
import { openPixelEngine } from '../../src/engine/open-engine.ts';

// A thread that is terminated inside ONNX Runtime takes the whole process with it, this test included.
describe('an engine that is given up', () => {
  it.each([1, 100, 200, 300, 400, 500])('%i ms after it was asked for leaves the process alone', async (delayMs) => {
    const signal = AbortSignal.timeout(delayMs);
    const outcome = await openPixelEngine({ signal }).then(
      async (engine) => engine.close().then(() => 'opened'),
      (error: unknown) => error,
    );
    expect(['opened', signal.reason]).toContain(outcome);
  });

  it('in the middle of an image rejects the call and ends', async () => {
    const engine = await openPixelEngine();
    const prompt = await engine.encodePrompt({ text: 'a red bird' });
    const latent = { values: new Float32Array(8 * 4 * 32 * 32), batch: 8, height: 32, width: 32 };
    let close: Promise<void> | undefined;
    const request = { positive: prompt, negative: prompt, latent, seed: 1n, steps: 50, cfg: 5, denoise: 1 };
    const sampling = engine.sample(
      { ...request, sampler: 'euler', scheduler: 'normal' },
      { onStep: () => void (close ??= engine.close()) },
    );
    await expect(sampling).rejects.toMatchObject({ code: 'ENGINE_CLOSED' });
    await close;
  });
});
