import type { NoiseSchedule } from '../noise-schedule.ts';

/**
 * `simple`: trained σ picked at even distances from the noisiest down, then 0. More steps than training timesteps
 * repeat values. Returns `steps + 1` values.
 */
export function simpleSigmas({ sigmas: trained }: NoiseSchedule, steps: number): Float32Array {
  const stride = trained.length / steps;
  const sigmas = new Float32Array(steps + 1);
  for (let i = 0; i < steps; i++) sigmas[i] = trained[trained.length - 1 - Math.trunc(i * stride)] ?? 0;
  return sigmas;
}
