import { defineNode, type NodeClass } from './define-node.ts';
import { choice } from './text-inputs.ts';

/** `CheckpointLoaderSimple`: names the model; MODEL, CLIP and VAE are parts of the one engine. */
export function checkpointLoaderSimple(checkpoints: readonly string[]): NodeClass {
  return defineNode({
    classType: 'CheckpointLoaderSimple',
    displayName: 'Load Checkpoint',
    description: 'Chooses the model that draws, together with its text encoders and its image decoder.',
    category: 'loaders',
    inputs: { ckpt_name: choice(checkpoints) },
    outputs: ['MODEL', 'CLIP', 'VAE'],
    execute: (_inputs, { engine }) =>
      Promise.resolve({
        outputs: [
          { type: 'MODEL', value: engine },
          { type: 'CLIP', value: engine },
          { type: 'VAE', value: engine },
        ],
      }),
  });
}
