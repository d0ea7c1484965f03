import { invertImages } from '../images/invert-images.ts';
import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';

/** `ImageInvert`: the negative of images. */
export const imageInvert = defineNode({
  classType: 'ImageInvert',
  displayName: 'Invert Image',
  description: 'Turns each colour into its opposite.',
  category: 'image',
  inputs: { image: socket('IMAGE') },
  outputs: ['IMAGE'],
  execute: ({ image }) => Promise.resolve({ outputs: [{ type: 'IMAGE', value: invertImages(image) }] }),
});
