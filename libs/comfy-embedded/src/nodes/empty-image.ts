import { emptyImage as emptyImages } from '../images/empty-image.ts';
import { defineNode } from './define-node.ts';
import { int } from './number-inputs.ts';

const side = int({ default: 512, min: 1, max: 16_384, step: 1 });

/** `EmptyImage`: images of one colour. */
export const emptyImage = defineNode({
  classType: 'EmptyImage',
  displayName: 'EmptyImage',
  description: 'Makes images of one colour, 0xRRGGBB.',
  category: 'image',
  inputs: {
    width: side,
    height: side,
    batch_size: int({ default: 1, min: 1, max: 4096 }),
    color: int({ default: 0, min: 0, max: 0xffffff, step: 1, display: 'color' }),
  },
  outputs: ['IMAGE'],
  execute: ({ width, height, batch_size: batch, color }) =>
    Promise.resolve({ outputs: [{ type: 'IMAGE', value: emptyImages(width, height, batch, color) }] }),
});
