import { defineNode } from './define-node.ts';
import { choice } from './text-inputs.ts';

/** Name under which VAELoader offers the quick decoder. */
const previewVaeName = 'pixel-sprites-preview';

/** `VAELoader`: the quick decoder of the bundled model: one fitted colour a cell, no network. */
export const vaeLoader = defineNode({
  classType: 'VAELoader',
  displayName: 'Load VAE',
  description: 'Chooses a decoder apart from the checkpoint: the preview decoder shows a latent at once.',
  category: 'loaders',
  inputs: { vae_name: choice([previewVaeName]) },
  outputs: ['VAE'],
  execute: () => Promise.resolve({ outputs: [{ type: 'VAE', value: { decoder: 'preview' } }] }),
});
