import { engineLimits } from '../engine/engine-limits.ts';
import { defineNode, type NodeClass, type ValueRefusal } from './define-node.ts';
import { socket } from './inputs.ts';
import { bigInt, float, int } from './number-inputs.ts';
import { sampleWithProgress } from './sample-with-progress.ts';
import { choice } from './text-inputs.ts';

/** Names that the engine's samplers and schedulers go by. */
export interface SamplingNames {
  readonly samplers: readonly string[];
  readonly schedulers: readonly string[];
}

/** Why an engine cannot take so many steps. */
export function stepRefusals(steps: number, denoise = 1): readonly ValueRefusal[] {
  const { maxSteps, maxScheduleSteps } = engineLimits;
  if (steps > maxSteps) return [{ input: 'steps', reason: `${steps}: this engine takes up to ${maxSteps} steps` }];
  if (denoise <= 0 || steps / denoise < maxScheduleSteps + 1) return [];
  const reason = `${denoise}: a schedule has steps / denoise steps; the limit is ${maxScheduleSteps}`;
  return [{ input: 'denoise', reason }];
}

/** `KSampler`: denoises a latent in the given number of steps, reporting progress after each. */
export function kSampler({ samplers, schedulers }: SamplingNames): NodeClass {
  return defineNode({
    classType: 'KSampler',
    displayName: 'KSampler',
    description: 'Denoises a latent step by step, guided towards the positive and away from the negative prompt.',
    category: 'sampling',
    inputs: {
      model: socket('MODEL'),
      seed: bigInt({ default: 0n, min: 0n, max: 0xffff_ffff_ffff_ffffn, control_after_generate: true }),
      steps: int({ default: 20, min: 1, max: 10_000 }),
      cfg: float({ default: 8, min: 0, max: 100, step: 0.1, round: 0.01 }),
      sampler_name: choice(samplers),
      scheduler: choice(schedulers),
      positive: socket('CONDITIONING'),
      negative: socket('CONDITIONING'),
      latent_image: socket('LATENT'),
      denoise: float({ default: 1, min: 0, max: 1, step: 0.01 }),
    },
    outputs: ['LATENT'],
    refusals: ({ steps = 0, denoise = 1 }) => stepRefusals(steps, denoise),
    execute: (inputs, context) =>
      sampleWithProgress(
        {
          adapters: inputs.model.adapters,
          positive: inputs.positive,
          negative: inputs.negative,
          latent: inputs.latent_image,
          seed: inputs.seed,
          steps: inputs.steps,
          cfg: inputs.cfg,
          sampler: inputs.sampler_name,
          scheduler: inputs.scheduler,
          denoise: inputs.denoise,
        },
        context,
      ),
  });
}
