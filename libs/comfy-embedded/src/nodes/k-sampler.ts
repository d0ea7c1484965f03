import { defineNode, type NodeClass } from './define-node.ts';
import { socket } from './inputs.ts';
import { float } from './number-inputs.ts';
import { sampleWithProgress } from './sample-with-progress.ts';
import { samplingInputs, type SamplingNames, seedInput, sharedRequest, stepRefusals } from './sampling-inputs.ts';

/** `KSampler`: denoises a latent in the given number of steps, reporting progress after each. */
export function kSampler(names: SamplingNames): NodeClass {
  return defineNode({
    classType: 'KSampler',
    displayName: 'KSampler',
    description: 'Denoises a latent step by step, guided towards the positive and away from the negative prompt.',
    category: 'sampling',
    inputs: {
      model: socket('MODEL'),
      seed: seedInput,
      ...samplingInputs(names),
      denoise: float({ default: 1, min: 0, max: 1, step: 0.01 }),
    },
    outputs: ['LATENT'],
    refusals: ({ steps = 0, denoise = 1 }) => stepRefusals(steps, denoise),
    execute: (inputs, context) =>
      sampleWithProgress(
        {
          ...sharedRequest(inputs),
          adapters: inputs.model.adapters,
          seed: inputs.seed,
          denoise: inputs.denoise,
        },
        context,
      ),
  });
}
