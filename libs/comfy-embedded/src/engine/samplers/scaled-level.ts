const f32 = Math.fround;

/** A noise level in the variance-preserving scale, in which a latent is divided by √(σ² + 1). All float32. */
export interface ScaledLevel {
  readonly sigma: number;
  /** √(σ² + 1) */
  readonly norm: number;
  /** Share of the clean latent: 1 / √(σ² + 1). */
  readonly alpha: number;
  /** Share of the noise: √(1 − α²). */
  readonly std: number;
  /** ln(α / std) */
  readonly lambda: number;
}

/** The scaled form of a noise level, rounded to float32 after each operation: near σ = 0 the rounding is visible. */
export function scaledLevel(sigma: number): ScaledLevel {
  const square = f32(f32(sigma * sigma) + 1);
  const logAlpha = f32(0.5 * f32(Math.log(f32(1 / square))));
  const variance = f32(1 - f32(Math.exp(f32(2 * logAlpha))));
  return {
    sigma,
    norm: f32(Math.sqrt(square)),
    alpha: f32(Math.exp(logAlpha)),
    std: f32(Math.sqrt(variance)),
    lambda: f32(logAlpha - f32(0.5 * f32(Math.log(variance)))),
  };
}
