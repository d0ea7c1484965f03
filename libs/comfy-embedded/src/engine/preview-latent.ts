import { cellSide, latentChannels } from './latent-cells.ts';
import type { ImageBatch, Latent } from './pixel-engine.ts';

/** Linear factors from a latent cell in VAE units to RGB in [−1, 1]. */
export interface PreviewFactors {
  /** `[4][3]` */
  readonly weights: readonly (readonly number[])[];
  /** `[3]` */
  readonly bias: readonly number[];
}

/**
 * What a latent will look like, without the decoder: one colour for each cell, by fitted factors.
 *
 * @param pixelsPerCell side of the square that each cell becomes: 8 gives the decoder's size
 */
export function previewLatent(
  { weights, bias }: PreviewFactors,
  latent: Latent,
  pixelsPerCell: number = cellSide,
): ImageBatch {
  const { batch, height, width } = latent;
  const cells = height * width;
  const columns = width * pixelsPerCell;
  const values = new Float32Array(batch * cells * pixelsPerCell ** 2 * 3);
  for (let image = 0; image < batch; image++) {
    for (let cell = 0; cell < cells; cell++) {
      const row = (image * height + Math.floor(cell / width)) * pixelsPerCell;
      const column = (cell % width) * pixelsPerCell;
      for (let channel = 0; channel < 3; channel++) {
        let sum = bias[channel] ?? 0;
        for (let plane = 0; plane < latentChannels; plane++) {
          sum +=
            (weights[plane]?.[channel] ?? 0) * (latent.values[(image * latentChannels + plane) * cells + cell] ?? 0);
        }
        const unit = Math.min(Math.max((sum + 1) / 2, 0), 1);
        for (let y = 0; y < pixelsPerCell; y++) {
          const at = ((row + y) * columns + column) * 3 + channel;
          for (let x = 0; x < pixelsPerCell; x++) values[at + x * 3] = unit;
        }
      }
    }
  }
  return { values, batch, height: height * pixelsPerCell, width: columns };
}
