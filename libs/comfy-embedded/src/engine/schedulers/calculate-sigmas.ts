import { EngineError } from '../engine-errors.ts';
import { engineLimits } from '../engine-limits.ts';
import type { NoiseSchedule } from '../noise-schedule.ts';
import { karrasSigmas } from './karras.ts';
import { normalSigmas } from './normal.ts';
import { simpleSigmas } from './simple.ts';

const schedulers = {
  simple: simpleSigmas,
  karras: karrasSigmas,
  normal: normalSigmas,
} as const;

export type SchedulerName = keyof typeof schedulers;

/** The schedulers this engine implements, in ComfyUI's order. */
export const schedulerNames: readonly SchedulerName[] = ['simple', 'karras', 'normal'];

export function isSchedulerName(name: string): name is SchedulerName {
  return Object.hasOwn(schedulers, name);
}

/**
 * The noise levels of one KSampler run: `steps + 1` descending float32 values that end in 0, or none when there is
 * nothing to do. With `denoise` below 1 they are the last `steps + 1` of a schedule with ⌊steps / denoise⌋ steps; above
 * 0.9999 it counts as 1, as in ComfyUI's KSampler.
 *
 * @param denoise 0 … 1
 * @throws EngineError ENGINE_REQUEST_INVALID when ⌊steps / denoise⌋ passes the limit.
 */
export function calculateSigmas(
  schedule: NoiseSchedule,
  scheduler: SchedulerName,
  steps: number,
  denoise = 1,
): Float32Array {
  if (denoise <= 0) return new Float32Array(0);
  if (denoise > 0.9999) return schedulers[scheduler](schedule, steps);
  const scheduleSteps = Math.trunc(steps / denoise);
  if (scheduleSteps > engineLimits.maxScheduleSteps) {
    throw new EngineError(
      'ENGINE_REQUEST_INVALID',
      `${steps} steps at denoise ${denoise} need a schedule of ${scheduleSteps} steps; the limit is ${engineLimits.maxScheduleSteps}`,
      { steps, denoise, scheduleSteps },
    );
  }
  return schedulers[scheduler](schedule, scheduleSteps).slice(-(steps + 1));
}
