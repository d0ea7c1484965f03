import { timestepToSigma, type NoiseSchedule } from '../noise-schedule.ts';
import { linspace } from './linspace.ts';

/**
 * `sgm_uniform`: σ at timesteps spread evenly as if one more step ended at the cleanest, which is left out; then 0.
 * Returns `steps + 1` values.
 */
export function sgmUniformSigmas(schedule: NoiseSchedule, steps: number): Float32Array {
  const sigmas = new Float32Array(steps + 1);
  const timesteps = linspace(schedule.sigmas.length - 1, 0, steps + 1).subarray(0, steps);
  for (const [i, timestep] of timesteps.entries()) sigmas[i] = timestepToSigma(schedule, timestep);
  return sigmas;
}
