import { engineLimits } from '../engine/engine-limits.ts';
import type { SampleRequest } from '../engine/pixel-engine.ts';
import type { Arguments, ValueRefusal } from './define-node.ts';
import { socket } from './inputs.ts';
import { bigInt, float, int } from './number-inputs.ts';
import { choice } from './text-inputs.ts';

/** Names that the engine's samplers and schedulers go by. */
export interface SamplingNames {
  readonly samplers: readonly string[];
  readonly schedulers: readonly string[];
}

/** The highest number of steps that ComfyUI's sampler nodes declare. */
export const mostSteps = 10_000;

/** A seed, 0 … 2^64 − 1. */
export const seedInput = bigInt({ default: 0n, min: 0n, max: 0xffff_ffff_ffff_ffffn, control_after_generate: true });

/** The inputs that all sampler nodes share, in ComfyUI's order. */
export function samplingInputs({ samplers, schedulers }: SamplingNames) {
  return {
    steps: int({ default: 20, min: 1, max: mostSteps }),
    cfg: float({ default: 8, min: 0, max: 100, step: 0.1, round: 0.01 }),
    sampler_name: choice(samplers),
    scheduler: choice(schedulers),
    positive: socket('CONDITIONING'),
    negative: socket('CONDITIONING'),
    latent_image: socket('LATENT'),
  };
}

type SamplingArguments = Arguments<ReturnType<typeof samplingInputs>>;

/** What the shared inputs ask of the engine. */
export function sharedRequest(inputs: SamplingArguments): Omit<SampleRequest, 'seed' | 'denoise'> {
  return {
    positive: inputs.positive,
    negative: inputs.negative,
    latent: inputs.latent_image,
    steps: inputs.steps,
    cfg: inputs.cfg,
    sampler: inputs.sampler_name,
    scheduler: inputs.scheduler,
  };
}

/** Why an engine cannot take so many steps. */
export function stepRefusals(steps: number, denoise = 1): readonly ValueRefusal[] {
  const { maxSteps, maxScheduleSteps } = engineLimits;
  if (steps > maxSteps) return [{ input: 'steps', reason: `${steps}: this engine takes up to ${maxSteps} steps` }];
  if (denoise <= 0 || steps / denoise < maxScheduleSteps + 1) return [];
  const reason = `${denoise}: a schedule has steps / denoise steps; the limit is ${maxScheduleSteps}`;
  return [{ input: 'denoise', reason }];
}
