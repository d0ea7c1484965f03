import type { NoiseSchedule } from '../noise-schedule.ts';
import { betaQuantile } from './beta-quantile.ts';

const shape = 0.6;

/** Rounds halves to the even neighbour. */
function rint(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  return rest < 0.5 || (rest === 0.5 && down % 2 === 0) ? down : down + 1;
}

/**
 * `beta`: timesteps at even quantiles of the Beta(0.6, 0.6) distribution, which are dense at both ends (Lee et al. 2024,
 * arXiv 2407.12173), then 0. Timesteps that fall together count once, so many steps may give fewer than `steps + 1`
 * values.
 */
export function betaSigmas({ sigmas: trained }: NoiseSchedule, steps: number): Float32Array {
  const timesteps = Array.from({ length: steps }, (_, i) =>
    rint(betaQuantile(1 - i / steps, shape, shape) * (trained.length - 1)),
  );
  const different = timesteps.filter((timestep, i) => timestep !== timesteps[i - 1]);
  return Float32Array.of(...different.map((timestep) => trained[timestep] ?? 0), 0);
}
