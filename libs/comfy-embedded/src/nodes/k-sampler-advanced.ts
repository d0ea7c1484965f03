import { defineNode, type NodeClass } from './define-node.ts';
import { socket } from './inputs.ts';
import { int } from './number-inputs.ts';
import { sampleWithProgress } from './sample-with-progress.ts';
import {
  mostSteps,
  samplingInputs,
  type SamplingNames,
  seedInput,
  sharedRequest,
  stepRefusals,
} from './sampling-inputs.ts';
import { choice } from './text-inputs.ts';

/** `KSamplerAdvanced`: a stretch of a sampler's steps, so that several samplers can share one schedule. */
export function kSamplerAdvanced(names: SamplingNames): NodeClass {
  return defineNode({
    classType: 'KSamplerAdvanced',
    displayName: 'KSampler (Advanced)',
    description: 'Denoises a latent over some of the steps of a schedule; may take or leave noise.',
    category: 'sampling',
    inputs: {
      model: socket('MODEL'),
      add_noise: choice(['enable', 'disable']),
      noise_seed: seedInput,
      ...samplingInputs(names),
      start_at_step: int({ default: 0, min: 0, max: mostSteps }),
      end_at_step: int({ default: mostSteps, min: 0, max: mostSteps }),
      return_with_leftover_noise: choice(['disable', 'enable']),
    },
    outputs: ['LATENT'],
    refusals: ({ steps = 0 }) => stepRefusals(steps),
    execute: (inputs, context) =>
      sampleWithProgress(
        {
          ...sharedRequest(inputs),
          adapters: inputs.model.adapters,
          seed: inputs.noise_seed,
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
