import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

const f32 = Math.fround;

/** The noise level halfway between two in ln σ. */
export function halfwayLevel(sigma: number, next: number): number {
  const [from, to] = [f32(Math.log(sigma)), f32(Math.log(next))];
  return f32(Math.exp(f32(to - f32(f32(to - from) * 0.5))));
}

/**
 * `dpm_2`: the slope of a step is taken at its middle in ln σ (k-diffusion's DPM-Solver-2, after Lu et al. 2022). A step
 * that ends in 0 is an Euler step.
 */
export async function sampleDpm2<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x } = run;
  const middle = x.slice() as T;
  for await (const { sigma, next, denoised } of predictedSteps(run)) {
    const width = f32(next - sigma);
    const halfway = next === 0 ? 0 : halfwayLevel(sigma, next);
    const toHalfway = next === 0 ? width : f32(halfway - sigma);
    for (let i = 0; i < x.length; i++) {
      middle[i] = (x[i] ?? 0) + (((x[i] ?? 0) - (denoised[i] ?? 0)) / sigma) * toHalfway;
    }
    if (next === 0) {
      x.set(middle);
      continue;
    }
    const there = await run.denoise(middle, halfway);
    for (let i = 0; i < x.length; i++) {
      x[i] = (x[i] ?? 0) + (((middle[i] ?? 0) - (there[i] ?? 0)) / halfway) * width;
    }
  }
  return x;
}
