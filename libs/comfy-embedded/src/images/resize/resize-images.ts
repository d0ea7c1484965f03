import type { ImageBatch } from '../../engine/pixel-engine.ts';
import { checkImageSize } from '../image-limits.ts';
import { centreCrop, type Size } from './centre-crop.ts';
import type { InterpolationMode } from './interpolation-weights.ts';
import { resizeLanczos } from './lanczos.ts';
import { cropPlane, type Plane } from './plane.ts';
import { resizePlane } from './resize-plane.ts';

/** ComfyUI's `upscale_method` for images, in its order. */
export const imageResizeMethods = ['nearest-exact', 'bilinear', 'area', 'bicubic', 'lanczos'] as const satisfies (
  InterpolationMode | 'lanczos'
)[];

export type ImageResizeMethod = (typeof imageResizeMethods)[number];

/** "center" first cuts the picture to the new aspect ratio; "disabled" stretches it. */
export const cropMethods = ['disabled', 'center'] as const;

export type CropMethod = (typeof cropMethods)[number];

/**
 * Resizes each image of a batch (ComfyUI's `common_upscale`).
 *
 * @returns float32; bicubic may leave `[0, 1]`, as PyTorch's does.
 * @throws ImageError IMAGE_REQUEST_INVALID, IMAGE_TOO_LARGE.
 */
export async function resizeImages(
  images: ImageBatch,
  size: Size,
  method: ImageResizeMethod,
  crop: CropMethod = 'disabled',
): Promise<ImageBatch> {
  checkImageSize(size.width, size.height, images.batch);
  const whole: Plane = { ...images, outer: images.batch, inner: 3 };
  const part = crop === 'center' ? cropPlane(whole, centreCrop(images, size)) : whole;
  const { values } =
    method === 'lanczos'
      ? await resizeLanczos(part, size.height, size.width)
      : await resizePlane(part, size.height, size.width, method);
  return { values, batch: images.batch, height: size.height, width: size.width };
}
