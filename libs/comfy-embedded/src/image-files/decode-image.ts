import { ImageError } from '../images/image-errors.ts';
import { decodePng } from './decode-png.ts';
import type { DecodedImage } from './decoded-image.ts';
import { isPng } from './png-chunks.ts';

/** How formats that are recognised but not decoded begin; a dot stands for any byte. */
const otherFormats: readonly (readonly [name: string, beginning: RegExp])[] = [
  ['JPEG', /^\xff\xd8\xff/],
  ['GIF', /^GIF8[79]a/],
  ['WebP', /^RIFF[^]{4}WEBP/],
  ['BMP', /^BM/],
  ['TIFF', /^(?:II\*\0|MM\0\*)/],
  ['AVIF', /^[^]{4}ftypavi[fs]/],
];

/**
 * Decodes an image file by its contents, whatever its name.
 *
 * @throws ImageError IMAGE_FORMAT_UNKNOWN for anything but PNG; IMAGE_FILE_CORRUPT, IMAGE_TOO_LARGE.
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  if (isPng(bytes)) return decodePng(bytes);
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const format = otherFormats.find(([, pattern]) => pattern.test(beginning))?.[0];
  throw new ImageError(
    'IMAGE_FORMAT_UNKNOWN',
    format === undefined ? 'the file is no image of a known format' : `${format} files cannot be read`,
  );
}
