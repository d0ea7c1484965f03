/** KSamplerAdvanced's choice of steps from a whole schedule. */
export interface StepRange {
  /** Steps left out at the noisy end; 0 by default. */
  readonly startStep?: number | undefined;
  /** The step, counted from 0, before which to stop; the end of the schedule by default. */
  readonly endStep?: number | undefined;
  /** Lets a run that stops early end in 0 instead of in leftover noise. */
  readonly forceFullDenoise?: boolean | undefined;
}

/**
 * The noise levels of the steps `startStep` … `endStep` − 1, as ComfyUI's KSampler cuts them: the end first, so that
 * `forceFullDenoise` counts only where it falls inside the schedule. Fewer than two values mean that there is no step.
 *
 * @param sigmas - float32, descending; left as it is.
 */
export function cutSigmas(
  sigmas: Float32Array,
  { startStep = 0, endStep = Infinity, forceFullDenoise = false }: StepRange,
): Float32Array {
  const stopsEarly = endStep < sigmas.length - 1;
  const cut = stopsEarly ? sigmas.slice(0, endStep + 1) : sigmas.slice();
  if (stopsEarly && forceFullDenoise) cut[endStep] = 0;
  return cut.subarray(startStep);
}
