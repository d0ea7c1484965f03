import { halfwayLevel } from './dpm-2.ts';
import { ancestralStep } from './euler-ancestral.ts';
import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

const f32 = Math.fround;

/**
 * `dpm_2_ancestral`: a step of `dpm_2` below the next noise level, then fresh noise up to it. A step that ends in 0 is an
 * Euler step without noise.
 */
export async function sampleDpm2Ancestral<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x } = run;
  const middle = x.slice() as T;
  for await (const { sigma, next, denoised } of predictedSteps(run)) {
    const { down, up } = ancestralStep(sigma, next);
    if (down === 0) {
      x.set(denoised);
      continue;
    }
    const halfway = halfwayLevel(sigma, down);
    const [toHalfway, width] = [f32(halfway - sigma), f32(down - sigma)];
    for (let i = 0; i < x.length; i++) {
      middle[i] = (x[i] ?? 0) + (((x[i] ?? 0) - (denoised[i] ?? 0)) / sigma) * toHalfway;
    }
    const there = await run.denoise(middle, halfway);
    const noise = run.stepNoise(sigma, next);
    for (let i = 0; i < x.length; i++) {
      const slope = ((middle[i] ?? 0) - (there[i] ?? 0)) / halfway;
      x[i] = (x[i] ?? 0) + slope * width + (noise[i] ?? 0) * up;
    }
  }
  return x;
}
