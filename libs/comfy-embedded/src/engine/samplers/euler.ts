import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

/** `euler`: one Euler step of the probability-flow ODE between two noise levels (Karras et al. 2022, algorithm 2 without churn). */
export async function sampleEuler<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x } = run;
  for await (const { sigma, next, denoised } of predictedSteps(run)) {
    const ratio = Math.fround(next - sigma) / sigma;
    for (let i = 0; i < x.length; i++) {
      const value = x[i] ?? 0;
      x[i] = value + (value - (denoised[i] ?? 0)) * ratio;
    }
  }
  return x;
}
