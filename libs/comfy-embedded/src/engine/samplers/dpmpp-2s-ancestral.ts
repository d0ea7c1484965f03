import { ancestralStep } from './euler-ancestral.ts';
import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

const f32 = Math.fround;

/**
 * `dpmpp_2s_ancestral`: a second-order step of DPM-Solver++(2S) (Lu et al. 2022, algorithm 1, r = ½) below the next noise
 * level, then fresh noise up to it. A step that ends in 0 is an Euler step without noise.
 */
export async function sampleDpmpp2sAncestral<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x } = run;
  const middle = x.slice() as T;
  for await (const { sigma, next, denoised } of predictedSteps(run)) {
    const { down, up } = ancestralStep(sigma, next);
    if (down === 0) {
      x.set(denoised);
    } else {
      const t = f32(-f32(Math.log(sigma)));
      const h = f32(f32(-f32(Math.log(down))) - t);
      const halfway = f32(Math.exp(-f32(t + f32(h / 2))));
      const sigmaOfT = f32(Math.exp(-t));
      const [keepToHalf, gainToHalf] = [f32(halfway / sigmaOfT), -f32(Math.expm1(f32(-h / 2)))];
      for (let i = 0; i < x.length; i++) middle[i] = keepToHalf * (x[i] ?? 0) + gainToHalf * (denoised[i] ?? 0);
      const there = await run.denoise(middle, halfway);
      const [keep, gain] = [f32(down / sigmaOfT), -f32(Math.expm1(-h))];
      for (let i = 0; i < x.length; i++) x[i] = keep * (x[i] ?? 0) + gain * (there[i] ?? 0);
    }
    if (next === 0) continue;
    const noise = run.stepNoise(sigma, next);
    for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? 0) + (noise[i] ?? 0) * up;
  }
  return x;
}
