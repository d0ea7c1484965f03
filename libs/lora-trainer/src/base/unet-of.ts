import { readManifest } from '@dgx-pixels/pixel-model';
import { sdxlUnet, type UnetShape } from '../plan/unet-shape.ts';

/** Models that adapters are made for. */
export type AdapterArchitecture = 'sdxl' | 'bundled';

/** The UNet of an architecture. */
export function unetOf(architecture: AdapterArchitecture): UnetShape {
  if (architecture === 'sdxl') return sdxlUnet;
  const { config } = readManifest();
  return {
    channels: config.unetChannels,
    // The outermost level has no attention, the others one layer.
    depths: config.unetChannels.map((_channels, level) => (level === 0 ? 0 : 1)),
    layersPerBlock: 1,
    crossWidth: config.textWidths[0] + config.textWidths[1],
    textTokens: config.maxTokens,
    addedWidth: 6 * config.additionTimeEmbedDim + config.pooledWidth,
  };
}
