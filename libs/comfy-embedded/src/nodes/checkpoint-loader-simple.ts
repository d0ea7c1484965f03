import { defineNode, type NodeClass } from './define-node.ts';
import { choice } from './text-inputs.ts';

/** The layer before the last one, which SDXL's UNet learned with. */
const defaultLastLayer = -2;

/** `CheckpointLoaderSimple`: names the model; MODEL, CLIP and VAE are parts of the one engine. */
export function checkpointLoaderSimple(checkpoints: readonly string[]): NodeClass {
  return defineNode({
    classType: 'CheckpointLoaderSimple',
    displayName: 'Load Checkpoint',
    description: 'Chooses the model that draws, together with its text encoders and its image decoder.',
    category: 'loaders',
    inputs: { ckpt_name: choice(checkpoints) },
    outputs: ['MODEL', 'CLIP', 'VAE'],
    execute: () =>
      Promise.resolve({
        outputs: [
          { type: 'MODEL', value: { adapters: [] } },
          { type: 'CLIP', value: { adapters: [], lastLayer: defaultLastLayer } },
          { type: 'VAE', value: { decoder: 'model' } },
        ],
      }),
  });
}
