import { defineNode, imageMetadata } from './define-node.ts';
import { socket } from './inputs.ts';

/** `PreviewImage`: like SaveImage, into the temporary directory that goes when the server closes. */
export const previewImage = defineNode({
  classType: 'PreviewImage',
  displayName: 'Preview Image',
  description: 'Writes the images as PNG files into the temporary directory.',
  category: 'image',
  isOutput: true,
  inputs: { images: socket('IMAGE') },
  hidden: imageMetadata,
  outputs: [],
  execute: async ({ images }, { saveImages, previewPrefix }) => ({
    outputs: [],
    ui: { images: await saveImages({ images, prefix: previewPrefix, folder: 'temp' }) },
  }),
});
