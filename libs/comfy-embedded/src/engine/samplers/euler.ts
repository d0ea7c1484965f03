import type { LatentValues, SamplerRun } from './sampler.ts';

/** `euler`: one Euler step of the probability-flow ODE between two noise levels (Karras et al. 2022, algorithm 2 without churn). */
export async function sampleEuler<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x, sigmas } = run;
  for (let step = 0; step + 1 < sigmas.length; step++) {
    const sigma = sigmas[step] ?? 0;
    const denoised = await run.denoise(x, sigma);
    run.onStep?.(step, x, denoised);
    const ratio = Math.fround((sigmas[step + 1] ?? 0) - sigma) / sigma;
    for (let i = 0; i < x.length; i++) {
      const value = x[i] ?? 0;
      x[i] = value + (value - (denoised[i] ?? 0)) * ratio;
    }
  }
  return x;
}
