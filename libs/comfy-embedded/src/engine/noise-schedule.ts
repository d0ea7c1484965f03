/** The discrete noise levels that an ε-prediction model was trained on. */
export interface NoiseSchedule {
  /** float32, ascending: σ_t = √((1 − ᾱ_t) / ᾱ_t) for each training timestep t. */
  readonly sigmas: Float32Array;
  /** float32: ln σ_t, taken before σ_t is rounded. */
  readonly logSigmas: Float32Array;
}

export interface ScaledLinearBetas {
  readonly betaStart: number;
  readonly betaEnd: number;
  readonly trainTimesteps: number;
}

/**
 * SDXL's schedule: √β runs linearly from √betaStart to √betaEnd (Rombach et al. 2022, `scaled_linear` in diffusers,
 * `linear` in ComfyUI's ModelSamplingDiscrete). Computed in float64, stored in float32.
 */
export function scaledLinearSchedule({ betaStart, betaEnd, trainTimesteps }: ScaledLinearBetas): NoiseSchedule {
  const sigmas = new Float32Array(trainTimesteps);
  const logSigmas = new Float32Array(trainTimesteps);
  const first = Math.sqrt(betaStart);
  const step = (Math.sqrt(betaEnd) - first) / Math.max(1, trainTimesteps - 1);
  let alphaBar = 1;
  for (let t = 0; t < trainTimesteps; t++) {
    alphaBar *= 1 - (first + step * t) ** 2;
    const sigma = Math.sqrt((1 - alphaBar) / alphaBar);
    sigmas[t] = sigma;
    logSigmas[t] = Math.log(sigma);
  }
  return { sigmas, logSigmas };
}

/** The smallest and the largest σ of a schedule. */
export function sigmaRange({ sigmas }: NoiseSchedule): { readonly min: number; readonly max: number } {
  return { min: sigmas[0] ?? 0, max: sigmas[sigmas.length - 1] ?? 0 };
}

/** The training timestep whose ln σ is nearest to ln `sigma`, an integer; what the UNet is told. */
export function sigmaToTimestep({ logSigmas }: NoiseSchedule, sigma: number): number {
  const wanted = Math.fround(Math.log(Math.fround(sigma)));
  let nearest = 0;
  let distance = Infinity;
  for (let t = 0; t < logSigmas.length; t++) {
    const here = Math.abs(Math.fround(wanted - (logSigmas[t] ?? 0)));
    if (here < distance) {
      nearest = t;
      distance = here;
    }
  }
  return nearest;
}

/** σ at a fractional timestep: ln σ interpolated linearly between its neighbours, in float32 as ComfyUI has it. */
export function timestepToSigma({ logSigmas }: NoiseSchedule, timestep: number): number {
  const t = Math.min(Math.max(Math.fround(timestep), 0), logSigmas.length - 1);
  const low = logSigmas[Math.floor(t)] ?? 0;
  const high = logSigmas[Math.ceil(t)] ?? 0;
  const weight = Math.fround(t - Math.floor(t));
  const left = Math.fround(Math.fround(1 - weight) * low);
  return Math.fround(Math.exp(Math.fround(left + Math.fround(weight * high))));
}
