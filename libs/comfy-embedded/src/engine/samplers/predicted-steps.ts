import type { LatentValues, SamplerRun } from './sampler.ts';

/** A step of a sampler from noise level `sigma` down to `next`. */
export interface PredictedStep<T extends LatentValues> {
  /** Counted from 0. */
  readonly step: number;
  readonly sigma: number;
  readonly next: number;
  /** What the model sees behind the run's `x` at `sigma`; valid until its next call. */
  readonly denoised: T;
}

/** The steps of a run in order. The model is asked and `onStep` called for each, before the sampler moves `x` on. */
export async function* predictedSteps<T extends LatentValues>(run: SamplerRun<T>): AsyncGenerator<PredictedStep<T>> {
  const { x, sigmas } = run;
  for (let step = 0; step + 1 < sigmas.length; step++) {
    const [sigma, next] = [sigmas[step] ?? 0, sigmas[step + 1] ?? 0];
    const denoised = await run.denoise(x, sigma);
    run.onStep?.(step, x, denoised);
    yield { step, sigma, next, denoised };
  }
}
