import { repeatLatent } from '../images/repeat-latent.ts';
import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';
import { int } from './number-inputs.ts';

/** `RepeatLatentBatch`: a batch of latents several times over. */
export const repeatLatentBatch = defineNode({
  classType: 'RepeatLatentBatch',
  displayName: 'Repeat Latent Batch',
  description: 'Repeats a batch of latents, so that a sampler draws several pictures from each.',
  category: 'latent/batch',
  inputs: { samples: socket('LATENT'), amount: int({ default: 1, min: 1, max: 64 }) },
  outputs: ['LATENT'],
  execute: ({ samples, amount }) =>
    Promise.resolve({ outputs: [{ type: 'LATENT', value: repeatLatent(samples, amount) }] }),
});
