import { batchImages } from '../images/batch-images.ts';
import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';

/** `ImageBatch`: two batches as one; the second takes the size of the first. */
export const imageBatch = defineNode({
  classType: 'ImageBatch',
  displayName: 'Batch Images',
  description: 'Joins two batches of images. Those of the second are cropped and resized to the size of the first.',
  category: 'image',
  inputs: { image1: socket('IMAGE'), image2: socket('IMAGE') },
  outputs: ['IMAGE'],
  execute: async ({ image1, image2 }) => ({
    outputs: [{ type: 'IMAGE', value: await batchImages(image1, image2) }],
  }),
});
