import { downscalePixels } from '../images/pixel-downscale.ts';
import { cutOutSprites } from '../images/sprite-cutout.ts';
import { defineNode, imageMetadata } from './define-node.ts';
import { prefixRefusals } from './file-prefix-refusals.ts';
import { socket } from './inputs.ts';
import { int } from './number-inputs.ts';
import { cellFactor, ownCategory, ownModule } from './pixel-downscale.ts';
import { string } from './text-inputs.ts';

/** `DgxPixelsSaveSprite`: cuts sprites out of their plain background and saves them at native size, transparent. */
export const saveSprite = defineNode({
  classType: 'DgxPixelsSaveSprite',
  displayName: 'Save Sprite',
  description:
    'Makes one pixel of each cell, turns the plain background transparent and writes PNG files with the graph in their ' +
    'metadata. The tolerance is in levels of 0 … 255.',
  category: ownCategory,
  module: ownModule,
  isOutput: true,
  inputs: {
    images: socket('IMAGE'),
    factor: cellFactor,
    tolerance: int({ default: 16, min: 0, max: 255, step: 1 }),
    filename_prefix: string({ default: 'sprite' }),
  },
  hidden: imageMetadata,
  outputs: [],
  refusals: ({ filename_prefix: prefix }) => prefixRefusals(prefix),
  async execute({ images, factor, tolerance, filename_prefix: prefix }, { saveImages }) {
    const sprites = await cutOutSprites(await downscalePixels(images, { factor }), tolerance);
    return { outputs: [], ui: { images: await saveImages({ images: sprites, prefix, folder: 'output' }) } };
  },
});
