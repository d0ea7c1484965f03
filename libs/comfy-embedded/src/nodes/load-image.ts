import { loadImage as imageAndMask } from '../image-files/load-image.ts';
import { defineNode, type NodeClass } from './define-node.ts';
import { pictureChoice, pictureFingerprint, pictureRefusals, readPicture } from './loadable-image.ts';
import type { NamedFiles } from './node-files.ts';

/** `LoadImage`: a picture of the input directory, and its transparency as a mask. */
export function loadImage(pictures: NamedFiles): NodeClass {
  return defineNode({
    classType: 'LoadImage',
    displayName: 'Load Image',
    description: 'Loads a picture (PNG) and, as a mask, where it is transparent.',
    category: 'image',
    inputs: { image: pictureChoice(pictures) },
    outputs: ['IMAGE', 'MASK'],
    refusals: ({ image }) => pictureRefusals(pictures, image),
    fingerprint: ({ image }) => pictureFingerprint(pictures, image),
    async execute({ image: name }) {
      const { image, mask } = await imageAndMask(await readPicture(pictures, name));
      return {
        outputs: [
          { type: 'IMAGE', value: image },
          { type: 'MASK', value: mask },
        ],
      };
    },
  });
}
