import { defineNode, type NodeClass } from './define-node.ts';
import { socket } from './inputs.ts';
import { type SamplingNames, stepRefusals } from './k-sampler.ts';
import { bigInt, float, int } from './number-inputs.ts';
import { sampleWithProgress } from './sample-with-progress.ts';
import { choice } from './text-inputs.ts';

const maxSteps = 10_000;

/** `KSamplerAdvanced`: a stretch of a sampler's steps, so that several samplers can share one schedule. */
export function kSamplerAdvanced({ samplers, schedulers }: SamplingNames): NodeClass {
  return defineNode({
    classType: 'KSamplerAdvanced',
    displayName: 'KSampler (Advanced)',
    description: 'Denoises a latent over some of the steps of a schedule; may take or leave noise.',
    category: 'sampling',
    inputs: {
      model: socket('MODEL'),
      add_noise: choice(['enable', 'disable']),
      noise_seed: bigInt({ default: 0n, min: 0n, max: 0xffff_ffff_ffff_ffffn, control_after_generate: true }),
      steps: int({ default: 20, min: 1, max: maxSteps }),
      cfg: float({ default: 8, min: 0, max: 100, step: 0.1, round: 0.01 }),
      sampler_name: choice(samplers),
      scheduler: choice(schedulers),
      positive: socket('CONDITIONING'),
      negative: socket('CONDITIONING'),
      latent_image: socket('LATENT'),
      start_at_step: int({ default: 0, min: 0, max: maxSteps }),
      end_at_step: int({ default: maxSteps, min: 0, max: maxSteps }),
      return_with_leftover_noise: choice(['disable', 'enable']),
    },
    outputs: ['LATENT'],
    refusals: ({ steps = 0 }) => stepRefusals(steps),
    execute: (inputs, context) =>
      sampleWithProgress(
        {
          adapters: inputs.model.adapters,
          positive: inputs.positive,
          negative: inputs.negative,
          latent: inputs.latent_image,
          seed: inputs.noise_seed,
          steps: inputs.steps,
          cfg: inputs.cfg,
          sampler: inputs.sampler_name,
          scheduler: inputs.scheduler,
          denoise: 1,
          addNoise: inputs.add_noise === 'enable',
          startStep: inputs.start_at_step,
          endStep: inputs.end_at_step,
          forceFullDenoise: inputs.return_with_leftover_noise === 'disable',
        },
        context,
      ),
  });
}
