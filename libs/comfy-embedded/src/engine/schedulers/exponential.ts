import { sigmaRange, type NoiseSchedule } from '../noise-schedule.ts';
import { linspace } from './linspace.ts';

/** `exponential`: ln σ spread evenly between the schedule's extremes, then 0. Returns `steps + 1` values. */
export function exponentialSigmas(schedule: NoiseSchedule, steps: number): Float32Array {
  const { min, max } = sigmaRange(schedule);
  const sigmas = new Float32Array(steps + 1);
  for (const [i, logSigma] of linspace(Math.log(max), Math.log(min), steps).entries()) sigmas[i] = Math.exp(logSigma);
  return sigmas;
}
