import { sigmaRange, type NoiseSchedule } from '../noise-schedule.ts';
import { linspace } from './linspace.ts';

const rho = 7;

/**
 * `karras`: σ^(1/ρ) spread evenly between the schedule's extremes with ρ = 7, then 0 (Karras et al. 2022, equation 5).
 * Returns `steps + 1` values.
 */
export function karrasSigmas(schedule: NoiseSchedule, steps: number): Float32Array {
  const { min, max } = sigmaRange(schedule);
  const minRoot = min ** (1 / rho);
  const maxRoot = max ** (1 / rho);
  const slope = Math.fround(minRoot - maxRoot);
  const sigmas = new Float32Array(steps + 1);
  for (const [i, position] of linspace(0, 1, steps).entries()) {
    const root = Math.fround(Math.fround(maxRoot) + Math.fround(position * slope));
    sigmas[i] = root ** rho;
  }
  return sigmas;
}
