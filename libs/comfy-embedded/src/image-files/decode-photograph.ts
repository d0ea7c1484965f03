import { checkImageSize, imageLimits } from '../images/image-limits.ts';
import { ImageError } from '../images/image-errors.ts';
import type { DecodedImage } from './decoded-image.ts';

/**
 * Decodes a JPEG or WebP to 8-bit RGBA with the values that Pillow's `convert("RGBA")` gives, turned as its EXIF
 * orientation says; colour profiles are not applied, as in ComfyUI. Of an animation it gives the first picture. Works in
 * the thread pool.
 *
 * @throws ImageError IMAGE_FILE_CORRUPT; IMAGE_TOO_LARGE, before anything is decoded; IMAGE_FORMAT_UNKNOWN for CMYK,
 * whose conversion would differ from Pillow's.
 */
export async function decodePhotograph(bytes: Uint8Array): Promise<DecodedImage> {
  // Loaded when the first such file comes: most servers never see one, and it takes 85 ms.
  const { default: sharp } = await import('sharp');
  const { width, height, space, hasAlpha } = await orCorrupt(sharp(bytes, { limitInputPixels: false }).metadata());
  checkImageSize(width, height);
  if (space === 'cmyk') throw new ImageError('IMAGE_FORMAT_UNKNOWN', 'CMYK pictures cannot be read');
  const picture = sharp(bytes, { limitInputPixels: imageLimits.maxPixels, ignoreIcc: true, failOn: 'error' })
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw();
  const { data, info } = await orCorrupt(picture.toBuffer({ resolveWithObject: true }));
  return { width: info.width, height: info.height, rgba: data, alpha: hasAlpha ? 'channel' : 'none' };
}

async function orCorrupt<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ImageError('IMAGE_FILE_CORRUPT', `the picture cannot be decoded: ${reason}`, error);
  }
}
