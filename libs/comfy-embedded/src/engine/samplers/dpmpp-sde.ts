import { ancestralStep } from './euler-ancestral.ts';
import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

const f32 = Math.fround;

/**
 * `dpmpp_sde`: DPM-Solver++ for the reverse SDE with a stop halfway in ln σ (r = ½, η = 1). Each half goes below its target
 * and is noised up to it. A step that ends in 0 takes the prediction as it is.
 */
export async function sampleDpmppSde<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x } = run;
  const middle = x.slice() as T;
  for await (const { sigma, next, denoised } of predictedSteps(run)) {
    if (next === 0) {
      x.set(denoised);
      continue;
    }
    const lambda = f32(-f32(Math.log(sigma)));
    const h = f32(f32(-f32(Math.log(next))) - lambda);
    const halfway = f32(Math.exp(-f32(lambda + f32(h / 2))));
    partWay(middle, x, denoised, run, sigma, halfway);
    const there = await run.denoise(middle, halfway);
    partWay(x, x, there, run, sigma, next);
  }
  return x;
}

/** From `x` at σ `from` towards `denoised`, to σ `to`: the first-order step of the SDE solver. */
function partWay<T extends LatentValues>(
  into: T,
  x: T,
  denoised: T,
  { stepNoise }: SamplerRun<T>,
  from: number,
  to: number,
): void {
  const { down, up } = ancestralStep(from, to);
  const keep = f32(down / from);
  const noise = stepNoise(from, to);
  for (let i = 0; i < x.length; i++) {
    into[i] = keep * (x[i] ?? 0) + (1 - keep) * (denoised[i] ?? 0) + (noise[i] ?? 0) * up;
  }
}
