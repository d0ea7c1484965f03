import type { NoiseSchedule } from '../noise-schedule.ts';

/**
 * `ddim_uniform`: every ⌊trained / steps⌋-th trained σ from the second on, noisiest first, then 0. Where `steps` does not
 * divide the trained timesteps there are more values than `steps + 1`.
 */
export function ddimUniformSigmas({ sigmas: trained }: NoiseSchedule, steps: number): Float32Array {
  const stride = Math.max(Math.floor(trained.length / steps), 1);
  const rising = [0];
  for (let t = 1; t < trained.length; t += stride) rising.push(trained[t] ?? 0);
  return Float32Array.from(rising.reverse());
}
