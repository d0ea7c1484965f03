import { engineLimits } from '../engine/engine-limits.ts';
import { defineNode, type ValueRefusal } from './define-node.ts';
import { int } from './number-inputs.ts';

const { maxImageSide, maxImagePixels, maxBatch, maxBatchPixels } = engineLimits;
const latentChannels = 4;
const pixelsPerCell = 8;
const side = { default: 512, min: 16, max: 16384, step: pixelsPerCell };

/** `EmptyLatentImage`: zeros of shape `[batch, 4, height / 8, width / 8]`; sizes round down to a multiple of 8. */
export const emptyLatentImage = defineNode({
  classType: 'EmptyLatentImage',
  displayName: 'Empty Latent Image',
  description: 'An empty batch of latents to denoise: 8 pixels a cell, one cell an art pixel of the bundled model.',
  category: 'latent',
  inputs: { width: int(side), height: int(side), batch_size: int({ default: 1, min: 1, max: 4096 }) },
  outputs: ['LATENT'],
  refusals({ width = 0, height = 0, batch_size: batch = 0 }) {
    const refusals: ValueRefusal[] = [];
    const refuse = (input: string, value: number, most: string): void => {
      refusals.push({ input, reason: `${value}: this engine draws up to ${most}` });
    };
    if (width > maxImageSide) refuse('width', width, `${maxImageSide} pixels a side`);
    if (height > maxImageSide) refuse('height', height, `${maxImageSide} pixels a side`);
    if (batch > maxBatch) refuse('batch_size', batch, `${maxBatch} images at once`);
    if (refusals.length > 0) return refusals;
    const pixels = width * height;
    if (pixels > maxImagePixels) refuse('height', height, `${maxImagePixels} pixels an image, this would be ${pixels}`);
    else if (pixels * batch > maxBatchPixels) {
      refuse('batch_size', batch, `${maxBatchPixels} pixels a batch, this would be ${pixels * batch}`);
    }
    return refusals;
  },
  execute({ width, height, batch_size: batch }) {
    const cells = { height: Math.floor(height / pixelsPerCell), width: Math.floor(width / pixelsPerCell) };
    const values = new Float32Array(batch * latentChannels * cells.height * cells.width);
    return Promise.resolve({ outputs: [{ type: 'LATENT', value: { values, batch, ...cells } }] });
  },
});
