import { imageChannels, imagesToMask } from '../images/images-to-mask.ts';
import { maskToImages } from '../images/mask-to-images.ts';
import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';
import { choice } from './text-inputs.ts';

const module = 'comfy_extras.nodes_mask';

/** `MaskToImage`: a mask as grey levels. */
export const maskToImage = defineNode({
  classType: 'MaskToImage',
  displayName: 'Convert Mask to Image',
  description: 'Shows a mask as an image: masked is white.',
  category: 'mask',
  module,
  inputs: { mask: socket('MASK') },
  outputs: ['IMAGE'],
  execute: ({ mask }) => Promise.resolve({ outputs: [{ type: 'IMAGE', value: maskToImages(mask) }] }),
});

/** `ImageToMask`: one channel of images as a mask. */
export const imageToMask = defineNode({
  classType: 'ImageToMask',
  displayName: 'Convert Image to Mask',
  description: 'Takes one channel of images as a mask.',
  category: 'mask',
  module,
  inputs: { image: socket('IMAGE'), channel: choice(imageChannels) },
  outputs: ['MASK'],
  execute: ({ image, channel }) =>
    Promise.resolve({ outputs: [{ type: 'MASK', value: imagesToMask(image, channel) }] }),
});
