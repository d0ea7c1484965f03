import { imageScaleSize } from '../images/resize/requested-size.ts';
import { cropMethods, imageResizeMethods, resizeImages } from '../images/resize/resize-images.ts';
import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';
import { int } from './number-inputs.ts';
import { choice } from './text-inputs.ts';

const side = int({ default: 512, min: 0, max: 16_384, step: 1 });

/** `ImageScale`: images of another size. */
export const imageScale = defineNode({
  classType: 'ImageScale',
  displayName: 'Upscale Image',
  description: 'Resizes images. A side of 0 follows from the other one; nearest-exact keeps hard pixel edges.',
  category: 'image/upscaling',
  inputs: {
    image: socket('IMAGE'),
    upscale_method: choice(imageResizeMethods),
    width: side,
    height: side,
    crop: choice(cropMethods),
  },
  outputs: ['IMAGE'],
  async execute({ image, upscale_method: method, width, height, crop }) {
    const size = imageScaleSize(image, { width, height });
    return { outputs: [{ type: 'IMAGE', value: await resizeImages(image, size, method, crop) }] };
  },
});
