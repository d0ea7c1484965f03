import { timestepToSigma, type NoiseSchedule } from '../noise-schedule.ts';
import { linspace } from './linspace.ts';

/** `normal`: σ at timesteps spread evenly from the noisiest to the cleanest one, then 0. Returns `steps + 1` values. */
export function normalSigmas(schedule: NoiseSchedule, steps: number): Float32Array {
  const sigmas = new Float32Array(steps + 1);
  for (const [i, timestep] of linspace(schedule.sigmas.length - 1, 0, steps).entries()) {
    sigmas[i] = timestepToSigma(schedule, timestep);
  }
  return sigmas;
}
