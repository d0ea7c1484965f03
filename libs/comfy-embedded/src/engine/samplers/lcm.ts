import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

/** `lcm`: each step takes the model's prediction and noises it to the next level (Luo et al. 2023, multistep sampling). */
export async function sampleLcm<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x } = run;
  for await (const { sigma, next, denoised } of predictedSteps(run)) {
    x.set(denoised);
    if (next === 0) continue;
    const noise = run.stepNoise(sigma, next);
    for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? 0) + (noise[i] ?? 0) * next;
  }
  return x;
}
