import { latentChannels } from '../../engine/latent-cells.ts';
import type { Latent } from '../../engine/pixel-engine.ts';
import { checkImageSize } from '../image-limits.ts';
import { resizeBislerp } from './bislerp.ts';
import { centreCrop, type Size } from './centre-crop.ts';
import type { InterpolationMode } from './interpolation-weights.ts';
import { cropPlane, type Plane } from './plane.ts';
import type { CropMethod } from './resize-images.ts';
import { resizePlane } from './resize-plane.ts';

/** ComfyUI's `upscale_method` for latents, in its order. */
export const latentResizeMethods = ['nearest-exact', 'bilinear', 'area', 'bicubic', 'bislerp'] as const satisfies (
  InterpolationMode | 'bislerp'
)[];

export type LatentResizeMethod = (typeof latentResizeMethods)[number];

/**
 * Resizes each latent of a batch (ComfyUI's `common_upscale`).
 *
 * @param size - in latent cells.
 * @throws ImageError IMAGE_REQUEST_INVALID, IMAGE_TOO_LARGE.
 */
export async function resizeLatent(
  latent: Latent,
  size: Size,
  method: LatentResizeMethod,
  crop: CropMethod = 'disabled',
): Promise<Latent> {
  const { batch } = latent;
  const { width, height } = size;
  checkImageSize(width, height, batch * latentChannels);
  const whole: Plane = { ...latent, outer: batch * latentChannels, inner: 1 };
  const part = crop === 'center' ? cropPlane(whole, centreCrop(latent, size)) : whole;
  const { values } =
    method === 'bislerp'
      ? await resizeBislerp({ ...latent, values: part.values, height: part.height, width: part.width }, height, width)
      : await resizePlane(part, height, width, method);
  return { values, batch, height, width };
}
