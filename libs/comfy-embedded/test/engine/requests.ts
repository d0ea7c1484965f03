import type { Latent, PixelEngine, SampleRequest } from '../../src/engine/pixel-engine.ts';

/** An empty latent of `batch` images, sides in latent cells. */
export function emptyLatent(batch: number, height: number, width: number): Latent {
  return { values: new Float32Array(batch * 4 * height * width), batch, height, width };
}

/** A small text-to-image request: 3 steps on one 16 × 16 latent. */
export async function smallRequest(engine: PixelEngine, changes: Partial<SampleRequest> = {}): Promise<SampleRequest> {
  return {
    positive: await engine.encodePrompt({ text: 'a red bird' }),
    negative: await engine.encodePrompt({ text: '' }),
    latent: emptyLatent(1, 16, 16),
    seed: 7n,
    steps: 3,
    cfg: 5,
    sampler: 'euler',
    scheduler: 'normal',
    denoise: 1,
    ...changes,
  };
}
