import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

/**
 * `heun`: an Euler step, corrected by the slope where it ends (Karras et al. 2022, algorithm 1 without churn). A step that
 * ends in 0 is an Euler step.
 */
export async function sampleHeun<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x } = run;
  const ahead = x.slice() as T;
  const slope = new Float64Array(x.length);
  for await (const { sigma, next, denoised } of predictedSteps(run)) {
    const width = Math.fround(next - sigma);
    for (let i = 0; i < x.length; i++) {
      slope[i] = ((x[i] ?? 0) - (denoised[i] ?? 0)) / sigma;
      ahead[i] = (x[i] ?? 0) + (slope[i] ?? 0) * width;
    }
    if (next === 0) {
      x.set(ahead);
      continue;
    }
    const corrected = await run.denoise(ahead, next);
    for (let i = 0; i < x.length; i++) {
      const slopeThere = ((ahead[i] ?? 0) - (corrected[i] ?? 0)) / next;
      x[i] = (x[i] ?? 0) + (((slope[i] ?? 0) + slopeThere) / 2) * width;
    }
  }
  return x;
}
