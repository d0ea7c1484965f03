import { sigmaRange, type NoiseSchedule } from '../noise-schedule.ts';

const f32 = Math.fround;

/**
 * `kl_optimal`: arctan σ spread evenly between the schedule's extremes, then 0 (Sabour et al. 2024, “Align Your Steps”,
 * section 3.1). Returns `steps + 1` values. A single step starts at the noisiest level; ComfyUI divides 0 by 0 there.
 */
export function klOptimalSigmas(schedule: NoiseSchedule, steps: number): Float32Array {
  const { min, max } = sigmaRange(schedule);
  const [clean, noisy] = [f32(Math.atan(min)), f32(Math.atan(max))];
  const sigmas = new Float32Array(steps + 1);
  for (let i = 0; i < steps; i++) {
    const share = steps === 1 ? 0 : f32(i / (steps - 1));
    sigmas[i] = Math.tan(f32(f32(share * clean) + f32(f32(1 - share) * noisy)));
  }
  return sigmas;
}
