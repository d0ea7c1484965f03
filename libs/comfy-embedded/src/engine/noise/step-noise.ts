import { torchGenerator } from './torch-generator.ts';

/**
 * The noise that ancestral samplers add: a row of `torch.randn` draws from a generator of its own. On the CPU ComfyUI
 * seeds it with seed + 1, because the seed itself would repeat the starting noise in the first step (k-diffusion's
 * `default_noise_sampler` in ComfyUI since its pull request 11528).
 *
 * @param seed 0 … 2^64 − 1, the one of the starting noise
 */
export function stepNoise(seed: bigint, count: number): () => Float32Array {
  const generator = torchGenerator(BigInt.asUintN(64, seed + 1n));
  return () => generator.randn(count);
}
