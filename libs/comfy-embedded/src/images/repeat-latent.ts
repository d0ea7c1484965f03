import { latentChannels } from '../engine/latent-cells.ts';
import type { Latent } from '../engine/pixel-engine.ts';
import { checkImageSize } from './image-limits.ts';

/**
 * RepeatLatentBatch: the whole batch, `amount` times over.
 *
 * @throws ImageError IMAGE_REQUEST_INVALID, IMAGE_TOO_LARGE.
 */
export function repeatLatent(latent: Latent, amount: number): Latent {
  const batch = latent.batch * amount;
  checkImageSize(latent.width, latent.height, batch * latentChannels);
  const values = new Float32Array(latent.values.length * amount);
  for (let copy = 0; copy < amount; copy++) values.set(latent.values, copy * latent.values.length);
  return { ...latent, values, batch };
}
