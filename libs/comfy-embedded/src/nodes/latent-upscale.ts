import { latentUpscaleSize } from '../images/resize/requested-size.ts';
import { cropMethods } from '../images/resize/resize-images.ts';
import { latentResizeMethods, resizeLatent } from '../images/resize/resize-latent.ts';
import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';
import { int } from './number-inputs.ts';
import { choice } from './text-inputs.ts';

const side = int({ default: 512, min: 0, max: 16_384, step: 8 });

/** `LatentUpscale`: latents of another size, for a second pass of a sampler. */
export const latentUpscale = defineNode({
  classType: 'LatentUpscale',
  displayName: 'Upscale Latent',
  description: 'Resizes latents. Width and height are those of the picture; a side of 0 follows from the other.',
  category: 'latent',
  inputs: {
    samples: socket('LATENT'),
    upscale_method: choice(latentResizeMethods),
    width: side,
    height: side,
    crop: choice(cropMethods),
  },
  outputs: ['LATENT'],
  async execute({ samples, upscale_method: method, width, height, crop }) {
    const size = latentUpscaleSize(samples, { width, height });
    return { outputs: [{ type: 'LATENT', value: await resizeLatent(samples, size, method, crop) }] };
  },
});
