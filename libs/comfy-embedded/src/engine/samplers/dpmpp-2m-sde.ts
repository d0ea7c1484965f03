import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

const f32 = Math.fround;

/**
 * `dpmpp_2m_sde`: DPM-Solver++(2M) for the reverse SDE, midpoint form, η = 1: like `dpmpp_2m` with e^(−2h) in the place of
 * e^(−h) for the prediction, and noise that fills the variance up. A step that ends in 0 takes the prediction as it is.
 */
export async function sampleDpmpp2mSde<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x } = run;
  const previous = x.slice();
  let lastH = 0;
  for await (const { sigma, next, denoised } of predictedSteps(run)) {
    if (next === 0) {
      x.set(denoised);
      continue;
    }
    const h = f32(f32(-f32(Math.log(next))) + f32(Math.log(sigma)));
    const keep = f32(f32(next / sigma) * f32(Math.exp(-h)));
    const gain = -f32(Math.expm1(f32(-2 * h)));
    const blend = lastH > 0 ? f32(f32(0.5 * gain) * f32(h / lastH)) : 0;
    const level = f32(next * f32(Math.sqrt(gain)));
    const noise = run.stepNoise(sigma, next);
    for (let i = 0; i < x.length; i++) {
      const now = denoised[i] ?? 0;
      x[i] = keep * (x[i] ?? 0) + gain * now + blend * (now - (previous[i] ?? 0)) + (noise[i] ?? 0) * level;
      previous[i] = now;
    }
    lastH = h;
  }
  return x;
}
