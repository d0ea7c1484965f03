import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

const f32 = Math.fround;

/**
 * `dpmpp_3m_sde`: DPM-Solver++(3M) for the reverse SDE, η = 1, in λ = −ln σ: the slope and curvature of the last three
 * predictions lead further, the first steps make do with two and one. A step that ends in 0 takes the prediction as it is.
 */
export async function sampleDpmpp3mSde<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x } = run;
  const [previous, beforePrevious] = [new Float64Array(x.length), new Float64Array(x.length)];
  let [lastH, beforeLastH] = [0, 0];
  for await (const { sigma, next, denoised } of predictedSteps(run)) {
    if (next === 0) {
      x.set(denoised);
      continue;
    }
    if (next === sigma) continue;
    const h = f32(f32(-f32(Math.log(next))) + f32(Math.log(sigma)));
    const keep = f32(f32(next / sigma) * f32(Math.exp(-h)));
    const gain = -f32(Math.expm1(f32(-2 * h)));
    const phi2 = f32(1 - f32(gain / f32(2 * h)));
    const phi3 = f32(f32(phi2 / f32(2 * h)) - 0.5);
    const [r0, r1] = [f32(lastH / h), f32(beforeLastH / h)];
    const level = f32(next * f32(Math.sqrt(gain)));
    const noise = run.stepNoise(sigma, next);
    for (let i = 0; i < x.length; i++) {
      const now = denoised[i] ?? 0;
      const slope = r0 > 0 ? (now - (previous[i] ?? 0)) / r0 : 0;
      const bend = r1 > 0 ? (slope - ((previous[i] ?? 0) - (beforePrevious[i] ?? 0)) / r1) / f32(r0 + r1) : 0;
      const led = phi2 * (slope + bend * r0) - phi3 * bend;
      x[i] = keep * (x[i] ?? 0) + gain * now + led + (noise[i] ?? 0) * level;
      beforePrevious[i] = previous[i] ?? 0;
      previous[i] = now;
    }
    [lastH, beforeLastH] = [h, lastH];
  }
  return x;
}
