import { defineNode, imageMetadata } from './define-node.ts';
import { prefixRefusals } from './file-prefix-refusals.ts';
import { socket } from './inputs.ts';
import { string } from './text-inputs.ts';

/** `SaveImage`: writes the batch as PNG files with the graph inside, into the output directory. */
export const saveImage = defineNode({
  classType: 'SaveImage',
  displayName: 'Save Image',
  description: 'Writes the images as PNG files into the output directory, with the graph in their metadata.',
  category: 'image',
  isOutput: true,
  inputs: { images: socket('IMAGE'), filename_prefix: string({ default: 'ComfyUI' }) },
  hidden: imageMetadata,
  outputs: [],
  refusals: ({ filename_prefix: prefix }) => prefixRefusals(prefix),
  execute: async ({ images, filename_prefix: prefix }, { saveImages }) => ({
    outputs: [],
    ui: { images: await saveImages({ images, prefix, folder: 'output' }) },
  }),
});
