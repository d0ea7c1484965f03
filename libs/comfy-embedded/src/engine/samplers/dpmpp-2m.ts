import { predictedSteps } from './predicted-steps.ts';
import type { LatentValues, SamplerRun } from './sampler.ts';

const f32 = Math.fround;

/**
 * `dpmpp_2m`: DPM-Solver++(2M), a second-order multistep solver in λ = −ln σ that reuses the previous prediction (Lu et
 * al. 2022, algorithm 2). First order in the first step, in the step that ends in 0, and after two equal noise levels,
 * where the second-order term has no value. Step coefficients in float32, as k-diffusion has them.
 */
export async function sampleDpmpp2m<T extends LatentValues>(run: SamplerRun<T>): Promise<T> {
  const { x, sigmas } = run;
  const lambdas = sigmas.map((sigma) => -Math.log(sigma));
  const previous = x.slice();
  for await (const { step, next, denoised } of predictedSteps(run)) {
    const lambda = lambdas[step] ?? 0;
    const nextLambda = lambdas[step + 1] ?? 0;
    const h = f32(nextLambda - lambda);
    const lastH = step > 0 ? f32(lambda - (lambdas[step - 1] ?? 0)) : 0;
    const secondOrder = lastH > 0 && next !== 0;
    const blend = secondOrder ? f32(1 / f32(2 * f32(lastH / h))) : 0;
    const keep = f32(f32(Math.exp(-nextLambda)) / f32(Math.exp(-lambda)));
    const gain = -f32(Math.expm1(-h));
    for (let i = 0; i < x.length; i++) {
      const now = denoised[i] ?? 0;
      const target = now + blend * (now - (previous[i] ?? 0));
      previous[i] = now;
      x[i] = keep * (x[i] ?? 0) + gain * target;
    }
  }
  return x;
}
