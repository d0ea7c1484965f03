import type { LatentValues } from '../../src/engine/samplers/sampler.ts';

/** The linear denoiser that the recorded trajectories were made with. */
export function toyDenoise<T extends LatentValues>(x: T, sigma: number): T {
  const denoised = x.slice() as T;
  for (let i = 0; i < x.length; i++) {
    const bias = x.length === 1 ? -0.5 : -0.5 + i / (x.length - 1);
    denoised[i] = ((x[i] ?? 0) * 0.9) / (1 + sigma ** 2) + (bias * sigma) / (1 + sigma);
  }
  return denoised;
}

/** The step noise of the recorded trajectories: the n-th call gives cos(0.7 k + n). */
export function countedNoise(length: number): () => Float64Array {
  let call = 0;
  return () => {
    call++;
    return Float64Array.from({ length }, (_, k) => Math.cos(0.7 * k + call));
  };
}
