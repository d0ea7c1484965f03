import { ImageError } from '../images/image-errors.ts';
import { decodePhotograph } from './decode-photograph.ts';
import { decodePng } from './decode-png.ts';
import type { DecodedImage } from './decoded-image.ts';
import { isPng } from './png-chunks.ts';

/** How JPEG and WebP begin; a dot stands for any byte. */
const photograph = /^(?:\xff\xd8\xff|RIFF[^]{4}WEBP)/;

/** How formats that are recognised but not decoded begin. */
const otherFormats: readonly (readonly [name: string, beginning: RegExp])[] = [
  ['GIF', /^GIF8[79]a/],
  ['BMP', /^BM/],
  ['TIFF', /^(?:II\*\0|MM\0\*)/],
  ['AVIF', /^[^]{4}ftypavi[fs]/],
];

/**
 * Decodes an image file by its contents, whatever its name.
 *
 * @throws ImageError IMAGE_FORMAT_UNKNOWN for anything but PNG, JPEG and WebP; IMAGE_FILE_CORRUPT, IMAGE_TOO_LARGE.
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  if (isPng(bytes)) return decodePng(bytes);
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (photograph.test(beginning)) return decodePhotograph(bytes);
  const format = otherFormats.find(([, pattern]) => pattern.test(beginning))?.[0];
  throw new ImageError(
    'IMAGE_FORMAT_UNKNOWN',
    format === undefined ? 'the file is no image of a known format' : `${format} files cannot be read`,
  );
}
