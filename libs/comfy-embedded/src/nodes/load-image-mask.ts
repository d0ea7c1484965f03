import { loadImageMask as maskOf, maskChannels } from '../image-files/load-image.ts';
import { defineNode, type NodeClass } from './define-node.ts';
import { pictureChoice, pictureFingerprint, pictureRefusals, readPicture } from './loadable-image.ts';
import type { NamedFiles } from './node-files.ts';
import { choice } from './text-inputs.ts';

/** `LoadImageMask`: one channel of a picture as a mask. */
export function loadImageMask(pictures: NamedFiles): NodeClass {
  return defineNode({
    classType: 'LoadImageMask',
    displayName: 'Load Image (as Mask)',
    description: 'Loads one channel of a picture (PNG) as a mask; of alpha, what is transparent.',
    category: 'mask',
    inputs: { image: pictureChoice(pictures), channel: choice(maskChannels) },
    outputs: ['MASK'],
    refusals: ({ image }) => pictureRefusals(pictures, image),
    fingerprint: ({ image }) => pictureFingerprint(pictures, image),
    execute: async ({ image, channel }) => ({
      outputs: [{ type: 'MASK', value: await maskOf(await readPicture(pictures, image), channel) }],
    }),
  });
}
