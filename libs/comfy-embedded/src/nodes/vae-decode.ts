import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';

/** `VAEDecode`: latents become images, 8 × 8 pixels a cell. */
export const vaeDecode = defineNode({
  classType: 'VAEDecode',
  displayName: 'VAE Decode',
  description: 'Turns latents into images.',
  category: 'latent',
  inputs: { samples: socket('LATENT'), vae: socket('VAE') },
  outputs: ['IMAGE'],
  execute: async ({ samples, vae }, { engine, signal }) => ({
    outputs: [
      {
        type: 'IMAGE',
        value: vae.decoder === 'preview' ? engine.decodePreview(samples) : await engine.decode(samples, { signal }),
      },
    ],
  }),
});
