import { cellSide, latentChannels } from './latent-cells.ts';
import type { ImageBatch, Latent } from './pixel-engine.ts';

/** Runs the VAE encoder: float32 `[rows, 3, height, width]` in [−1, 1] → float32 `[rows, 4, height / 8, width / 8]`. */
export type EncodeRows = (values: Float32Array, rows: number, height: number, width: number) => Promise<Float32Array>;

/**
 * Images to a latent in VAE units, one at a time. Sides that 8 does not divide lose the rest, half at each edge (the
 * smaller half first), as in ComfyUI's VAEEncode.
 *
 * @param beforeRun called before each run of the encoder; throws to stop
 */
export async function encodeImages(encodeRows: EncodeRows, images: ImageBatch, beforeRun: () => void): Promise<Latent> {
  const height = Math.floor(images.height / cellSide);
  const width = Math.floor(images.width / cellSide);
  const top = Math.floor((images.height % cellSide) / 2);
  const left = Math.floor((images.width % cellSide) / 2);
  const [rows, columns] = [height * cellSide, width * cellSide];
  const latentValues = latentChannels * height * width;
  const values = new Float32Array(images.batch * latentValues);
  const planes = new Float32Array(3 * rows * columns);
  for (let image = 0; image < images.batch; image++) {
    beforeRun();
    const first = image * images.height * images.width;
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const from = (first + (top + y) * images.width + left + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          planes[(channel * rows + y) * columns + x] = (images.values[from + channel] ?? 0) * 2 - 1;
        }
      }
    }
    values.set(await encodeRows(planes, 1, rows, columns), image * latentValues);
  }
  return { values, batch: images.batch, height, width };
}
