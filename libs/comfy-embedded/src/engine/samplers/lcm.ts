import type { LatentValues, SamplerRun } from './sampler.ts';

/** `lcm`: each step takes the model's prediction and noises it to the next level (Luo et al. 2023, multistep sampling). */
export async function sampleLcm<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x, sigmas } = run;
  for (let step = 0; step + 1 < sigmas.length; step++) {
    const [sigma, next] = [sigmas[step] ?? 0, sigmas[step + 1] ?? 0];
    const denoised = await run.denoise(x, sigma);
    run.onStep?.(step, x, denoised);
    x.set(denoised);
    if (next === 0) continue;
    const noise = run.stepNoise(sigma, next);
    for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? 0) + (noise[i] ?? 0) * next;
  }
  return x;
}
