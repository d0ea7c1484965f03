import { inSlices } from '@dgx-pixels/pixel-art';
import type { DecodedImage } from '../image-files/decoded-image.ts';
import { isPng } from '../image-files/png-chunks.ts';
import { ImageError } from '../images/image-errors.ts';
import { encodePng } from '../png/encode-png.ts';

/** A format that a client would like a preview in. */
interface PreviewWish {
  readonly format: 'webp' | 'jpeg';
  /** 0 … 100. */
  readonly quality: number;
}

/** What of a picture `/view` is asked for. */
export type PictureView =
  | { readonly kind: 'rgb' }
  | { readonly kind: 'alpha' }
  | { readonly kind: 'preview'; readonly wish: PreviewWish; readonly keepsAlpha: boolean };

/** A file to send. */
export interface EncodedPicture {
  readonly bytes: Buffer;
  readonly type: string;
}

const defaultQuality = 90;
const maxWebpSide = 16_383;
const trueColourWithAlpha = 6;
const colourTypeOffset = 25;

/** Reads `preview` and `channel` of a query by ComfyUI's rules; undefined: the file as it is. */
export function readPictureView(query: URLSearchParams): PictureView | undefined {
  const channel = query.get('channel') ?? '';
  const preview = query.get('preview');
  if (preview !== null) {
    const [name, ...more] = preview.split(';');
    const last = more.at(-1) ?? '';
    const quality = /^\d{1,3}$/.test(last) ? Math.min(100, Number(last)) : defaultQuality;
    const format = name === 'jpeg' && !channel.includes('a') ? 'jpeg' : 'webp';
    return { kind: 'preview', wish: { format, quality }, keepsAlpha: format === 'webp' && channel !== 'rgb' };
  }
  if (channel === 'rgb') return { kind: 'rgb' };
  return channel === 'a' ? { kind: 'alpha' } : undefined;
}

/** Whether Pillow opens a file as RGBA. PNGs with palettes or grey and alpha count as opaque here. */
function hasAlphaChannel(image: DecodedImage, file: Buffer): boolean {
  return isPng(file) ? file[colourTypeOffset] === trueColourWithAlpha : image.alpha === 'channel';
}

async function encodeRgb({ rgba, width, height }: DecodedImage): Promise<EncodedPicture> {
  const rgb = new Uint8Array(width * height * 3);
  await inSlices(width * height, 3, (from, to) => {
    for (let pixel = from; pixel < to; pixel += 1) rgb.set(rgba.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  });
  return { bytes: await encodePng({ rgb, width, height }, [], 4), type: 'image/png' };
}

async function encodeRgba({ rgba, width, height }: DecodedImage): Promise<EncodedPicture> {
  return { bytes: await encodePng({ rgba, width, height }, [], 4), type: 'image/png' };
}

/** Encodes a preview, in the thread pool. */
async function encodePreview(
  { rgba, width, height, alpha }: DecodedImage,
  { format, quality }: PreviewWish,
  keepsAlpha: boolean,
): Promise<EncodedPicture> {
  if (format === 'webp' && Math.max(width, height) > maxWebpSide) {
    throw new ImageError('IMAGE_TOO_LARGE', `${width}×${height}: WebP ends at ${maxWebpSide} pixels on a side`);
  }
  const { default: sharp } = await import('sharp');
  const picture = sharp(rgba, { raw: { width, height, channels: 4 } });
  const shown = keepsAlpha && alpha !== 'none' ? picture : picture.removeAlpha();
  const bytes = await shown.toFormat(format, { quality: Math.max(1, quality) }).toBuffer();
  return { bytes, type: `image/${format}` };
}

/** Black with the picture's alpha; opaque if it has none. */
async function alphaOnly(image: DecodedImage, file: Buffer): Promise<DecodedImage> {
  const opaque = !hasAlphaChannel(image, file);
  const rgba = new Uint8Array(image.rgba.length);
  await inSlices(image.width * image.height, 1, (from, to) => {
    for (let pixel = from; pixel < to; pixel += 1)
      rgba[pixel * 4 + 3] = opaque ? 255 : (image.rgba[pixel * 4 + 3] ?? 0);
  });
  return { ...image, rgba };
}

/**
 * Makes the file that shows a view of a picture.
 *
 * @param file - The file that `image` was decoded from.
 */
export async function showPicture(image: DecodedImage, file: Buffer, view: PictureView): Promise<EncodedPicture> {
  if (view.kind === 'preview') return encodePreview(image, view.wish, view.keepsAlpha);
  return view.kind === 'rgb' ? encodeRgb(image) : encodeRgba(await alphaOnly(image, file));
}
