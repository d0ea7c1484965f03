import { brownianTree } from './brownian-tree.ts';

/**
 * The noise of stochastic samplers: what a Brownian path between the smallest and the largest noise level gains in a
 * step, divided by the root of the step (k-diffusion's `BrownianTreeNoiseSampler`). Steps that overlap share noise, so
 * the picture of a seed hardly depends on the number of steps. A step without length has none.
 *
 * @param sigmas float32 noise levels of the run
 * @param seed 0 … 2^64 − 1, the one of the starting noise
 * @param count number of values of the latent batch
 */
export function brownianNoise(
  sigmas: Float32Array,
  seed: bigint,
  count: number,
): (sigma: number, next: number) => Float32Array {
  const positive = sigmas.filter((sigma) => sigma > 0);
  const path = brownianTree(Math.min(...positive), Math.max(...positive), seed, count);
  return (sigma, next) => {
    if (sigma === next) return new Float32Array(count);
    const deviation = Math.fround(Math.sqrt(Math.fround(sigma - next)));
    return path(next, sigma).map((gain) => -gain / deviation);
  };
}
