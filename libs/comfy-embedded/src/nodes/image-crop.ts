import { cropImages } from '../images/crop-images.ts';
import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';
import { int } from './number-inputs.ts';

const side = int({ default: 512, min: 1, max: 16_384, step: 1 });
const edge = int({ default: 0, min: 0, max: 16_384, step: 1 });

/** `ImageCrop`: a part of images. */
export const imageCrop = defineNode({
  classType: 'ImageCrop',
  displayName: 'Image Crop',
  description: 'Cuts a rectangle out of images; what lies outside of them is left out.',
  category: 'image/transform',
  module: 'comfy_extras.nodes_images',
  inputs: { image: socket('IMAGE'), width: side, height: side, x: edge, y: edge },
  outputs: ['IMAGE'],
  execute: ({ image, width, height, x: left, y: top }) =>
    Promise.resolve({ outputs: [{ type: 'IMAGE', value: cropImages(image, { left, top, width, height }) }] }),
});
