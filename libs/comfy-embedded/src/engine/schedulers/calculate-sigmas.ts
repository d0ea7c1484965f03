import { EngineError } from '../engine-errors.ts';
import { engineLimits } from '../engine-limits.ts';
import type { NoiseSchedule } from '../noise-schedule.ts';
import { betaSigmas } from './beta.ts';
import { ddimUniformSigmas } from './ddim-uniform.ts';
import { exponentialSigmas } from './exponential.ts';
import { karrasSigmas } from './karras.ts';
import { klOptimalSigmas } from './kl-optimal.ts';
import { linearQuadraticSigmas } from './linear-quadratic.ts';
import { normalSigmas } from './normal.ts';
import { sgmUniformSigmas } from './sgm-uniform.ts';
import { simpleSigmas } from './simple.ts';

const schedulers = {
  simple: simpleSigmas,
  sgm_uniform: sgmUniformSigmas,
  karras: karrasSigmas,
  exponential: exponentialSigmas,
  ddim_uniform: ddimUniformSigmas,
  beta: betaSigmas,
  normal: normalSigmas,
  linear_quadratic: linearQuadraticSigmas,
  kl_optimal: klOptimalSigmas,
} as const;

export type SchedulerName = keyof typeof schedulers;

/** The schedulers this engine implements, in ComfyUI's order. */
export const schedulerNames = Object.keys(schedulers) as readonly SchedulerName[];

export function isSchedulerName(name: string): name is SchedulerName {
  return Object.hasOwn(schedulers, name);
}

/** What of KSampler's rules, besides scheduler and steps, decides the noise levels. */
export interface SigmaOptions {
  /** 0 … 1 */
  readonly denoise?: number;
  /** Calculates one step more and leaves the last level above 0 out. */
  readonly discardsPenultimate?: boolean;
}

/**
 * The noise levels of one KSampler run: `steps + 1` descending float32 values that end in 0 (see `ddim_uniform` and
 * `beta` for other numbers), or none when there is nothing to do. With `denoise` below 1 they are the last `steps + 1` of
 * a schedule with ⌊steps / denoise⌋ steps; above 0.9999 it counts as 1, as in ComfyUI's KSampler.
 *
 * @throws EngineError ENGINE_REQUEST_INVALID when ⌊steps / denoise⌋ passes the limit.
 */
export function calculateSigmas(
  schedule: NoiseSchedule,
  scheduler: SchedulerName,
  steps: number,
  { denoise = 1, discardsPenultimate = false }: SigmaOptions = {},
): Float32Array {
  const levels = (count: number): Float32Array => {
    if (!discardsPenultimate) return schedulers[scheduler](schedule, count);
    const sigmas = schedulers[scheduler](schedule, count + 1);
    return sigmas.filter((_, i) => i !== sigmas.length - 2);
  };
  if (denoise <= 0) return new Float32Array(0);
  if (denoise > 0.9999) return levels(steps);
  const scheduleSteps = Math.trunc(steps / denoise);
  if (scheduleSteps > engineLimits.maxScheduleSteps) {
    throw new EngineError(
      'ENGINE_REQUEST_INVALID',
      `${steps} steps at denoise ${denoise} need a schedule of ${scheduleSteps} steps; the limit is ${engineLimits.maxScheduleSteps}`,
      { steps, denoise, scheduleSteps },
    );
  }
  return levels(scheduleSteps).slice(-(steps + 1));
}
