import { boolean, choice, defineNode, socket } from '../../src/index.ts';

/** `ExampleMirrorImage`: the images of a batch, mirrored at one axis; on request followed by the originals. */
export const mirrorImage = defineNode({
  classType: 'ExampleMirrorImage',
  displayName: 'Mirror Image',
  description: 'Mirrors images from left to right or from top to bottom.',
  category: 'example',
  module: 'example_nodes',
  inputs: {
    image: socket('IMAGE'),
    axis: choice(['left-right', 'top-bottom']),
    keep_original: boolean({ default: false }),
  },
  outputs: ['IMAGE'],
  execute({ image, axis, keep_original: keepOriginal }) {
    const { batch, height, width } = image;
    const mirrored = new Float32Array(image.values.length);
    for (let i = 0; i < mirrored.length; i++) {
      const channel = i % 3;
      const x = Math.floor(i / 3) % width;
      const row = Math.floor(i / (3 * width));
      const y = row % height;
      const [fromX, fromY] = axis === 'left-right' ? [width - 1 - x, y] : [x, height - 1 - y];
      mirrored[i] = image.values[((row - y + fromY) * width + fromX) * 3 + channel] ?? 0;
    }
    const parts = keepOriginal ? [mirrored, image.values] : [mirrored];
    const values = new Float32Array(parts.length * mirrored.length);
    parts.forEach((part, i) => values.set(part, i * mirrored.length));
    const value = { values, batch: batch * parts.length, height, width };
    return Promise.resolve({ outputs: [{ type: 'IMAGE', value }] });
  },
});
