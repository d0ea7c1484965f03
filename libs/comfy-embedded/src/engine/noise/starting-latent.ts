import { sigmaRange, type NoiseSchedule } from '../noise-schedule.ts';
import { torchGenerator } from './torch-generator.ts';

const relativeTolerance = 1e-5;

/**
 * The latent that a run starts from: the given one (in the model's units) plus noise of level `sigma`. At the top of
 * the schedule the noise gets the variance 1 + σ² instead of σ², as ComfyUI's ε models do it (`EPS.noise_scaling`).
 *
 * @param latent float32; the noise takes its length, and so its batch
 * @param seed 0 … 2^64 − 1
 */
export function startingLatent(
  schedule: NoiseSchedule,
  latent: Float32Array,
  seed: bigint,
  sigma: number,
): Float32Array {
  const { max } = sigmaRange(schedule);
  const startsAtTop = sigma > max || Math.abs(max - sigma) <= relativeTolerance * Math.max(max, sigma);
  const level = startsAtTop ? Math.fround(Math.sqrt(1 + sigma ** 2)) : sigma;
  return torchGenerator(seed)
    .randn(latent.length)
    .map((noise, i) => Math.fround(noise * level) + (latent[i] ?? 0));
}
