import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

const f32 = Math.fround;

/**
 * How an ancestral step from σ `from` to σ `to` splits: deterministically down to `down`, then noise of level `up` on
 * top, so that down² + up² = to² (η = 1; k-diffusion's `get_ancestral_step`). Rounded to float32 after each operation.
 */
export function ancestralStep(from: number, to: number): { readonly down: number; readonly up: number } {
  const from2 = f32(from * from);
  const to2 = f32(to * to);
  const up = Math.min(to, f32(Math.sqrt(f32(f32(to2 * f32(from2 - to2)) / from2))));
  return { down: f32(Math.sqrt(f32(to2 - f32(up * up)))), up };
}

/** `euler_ancestral`: an Euler step below the next noise level, then fresh noise up to it. Draws nothing in a step that ends in 0. */
export async function sampleEulerAncestral<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x } = run;
  for await (const { sigma, next, denoised } of predictedSteps(run)) {
    const { down, up } = ancestralStep(sigma, next);
    if (down === 0) {
      x.set(denoised);
      continue;
    }
    const ratio = f32(down - sigma) / sigma;
    const noise = run.stepNoise(sigma, next);
    for (let i = 0; i < x.length; i++) {
      const value = x[i] ?? 0;
      x[i] = value + (value - (denoised[i] ?? 0)) * ratio + (noise[i] ?? 0) * up;
    }
  }
  return x;
}
