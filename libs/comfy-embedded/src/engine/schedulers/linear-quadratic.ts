import { sigmaRange, type NoiseSchedule } from '../noise-schedule.ts';

/** Share of the noise that the linear half takes away. */
const linearShare = 0.025;

/**
 * `linear_quadratic`: the first half of the steps takes 2.5 % of the noise away evenly, the second half the rest, by a
 * parabola that goes on with the same slope (Mochi's schedule). Returns `steps + 1` values.
 */
export function linearQuadraticSigmas(schedule: NoiseSchedule, steps: number): Float32Array {
  const { max } = sigmaRange(schedule);
  if (steps === 1) return Float32Array.of(max, 0);
  const linear = Math.floor(steps / 2);
  const quadratic = steps - linear;
  const slope = linearShare / linear;
  const curvature = (linear - linearShare * steps) / (linear * quadratic ** 2);
  const removed = Array.from({ length: steps }, (_, i) =>
    i < linear ? slope * i : slope * i + curvature * (i - linear) ** 2,
  );
  return Float32Array.from([...removed, 1], (share) => Math.fround(1 - share) * max);
}
