import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';

/** `VAEEncode`: images become latents, a cell for 8 × 8 pixels. */
export const vaeEncode = defineNode({
  classType: 'VAEEncode',
  displayName: 'VAE Encode',
  description: 'Turns images into latents, from which a sampler can start.',
  category: 'latent',
  inputs: { pixels: socket('IMAGE'), vae: socket('VAE') },
  outputs: ['LATENT'],
  async execute({ pixels, vae }, { engine, signal }) {
    if (vae.decoder === 'preview')
      throw new TypeError('the preview VAE only decodes: encode with the checkpoint’s VAE');
    return { outputs: [{ type: 'LATENT', value: await engine.encodeImages(pixels, { signal }) }] };
  },
});
