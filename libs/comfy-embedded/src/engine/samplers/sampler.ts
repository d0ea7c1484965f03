/** Latent values of any precision; samplers compute in float64 and round when they store. */
export type LatentValues = Float32Array | Float64Array;

/** Standard normal values for the step from noise level `sigma` down to `next`; the shape is that of the latent. */
type StepNoise = (sigma: number, next: number) => LatentValues;

/** One run of a sampler over a falling row of noise levels. */
export interface SamplerRun<T extends LatentValues> {
  /** Starting point: the latent with noise of level `sigmas[0]`. The sampler overwrites and returns it. */
  readonly x: T;
  /** float32, descending, as `calculateSigmas` gives them. */
  readonly sigmas: Float32Array;
  /** The clean latent that the model expects behind `x` at noise level `sigma`. The result is read before the next call. */
  readonly denoise: (x: T, sigma: number) => T | Promise<T>;
  /** A new draw at each call. Only ancestral and stochastic samplers ask for it. */
  readonly stepNoise: StepNoise;
  /** Called in each step (counted from 0) after the model, while `x` is still the latent that the model saw. */
  readonly onStep?: ((step: number, x: T, denoised: T) => void) | undefined;
}

export type Sampler = <T extends LatentValues>(run: SamplerRun<T>) => Promise<T>;
