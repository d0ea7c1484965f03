import { cellSide, latentChannels } from './latent-cells.ts';
import type { ImageBatch, Latent } from './pixel-engine.ts';

/** Runs the VAE decoder: float32 `[rows, 4, height, width]` → float32 `[rows, 3, 8·height, 8·width]` in [−1, 1]. */
export type DecodeRows = (values: Float32Array, rows: number, height: number, width: number) => Promise<Float32Array>;

const maxPixelsPerRun = 512 * 512;

/**
 * A latent in VAE units to images: decoded a few at a time, mapped from [−1, 1] to [0, 1] and clamped, channels last.
 *
 * @param beforeRun called before each run of the decoder; throws to stop
 */
export async function decodeLatent(decodeRows: DecodeRows, latent: Latent, beforeRun: () => void): Promise<ImageBatch> {
  const { batch } = latent;
  const height = latent.height * cellSide;
  const width = latent.width * cellSide;
  const pixels = height * width;
  const latentValues = latentChannels * latent.height * latent.width;
  const rowsPerRun = Math.max(1, Math.floor(maxPixelsPerRun / pixels));
  const values = new Float32Array(batch * pixels * 3);
  for (let first = 0; first < batch; first += rowsPerRun) {
    beforeRun();
    const rows = Math.min(rowsPerRun, batch - first);
    const part = latent.values.subarray(first * latentValues, (first + rows) * latentValues);
    const decoded = await decodeRows(part, rows, latent.height, latent.width);
    for (let row = 0; row < rows; row++) {
      const from = row * 3 * pixels;
      const to = (first + row) * 3 * pixels;
      for (let channel = 0; channel < 3; channel++) {
        for (let i = 0; i < pixels; i++) {
          const unit = ((decoded[from + channel * pixels + i] ?? 0) + 1) / 2;
          values[to + i * 3 + channel] = Math.min(Math.max(unit, 0), 1);
        }
      }
    }
  }
  return { values, batch, height, width };
}
