import type { DecodedImage } from '../image-files/decoded-image.ts';
import { inSlices } from '../images/in-slices.ts';
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

/** Whether Pillow opens a PNG as RGBA: true colour with alpha. Palettes and grey with alpha count as opaque here. */
function hasAlphaChannel(file: Buffer): boolean {
  return file[colourTypeOffset] === trueColourWithAlpha;
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

/**
 * Encodes a preview. The wish cannot be granted yet: there is no WebP and no JPEG encoder, and the answer is a PNG, which
 * every client that reads the content type can show. An encoder has its place here.
 */
async function encodePreview(image: DecodedImage, _wish: PreviewWish, keepsAlpha: boolean): Promise<EncodedPicture> {
  return keepsAlpha ? encodeRgba(image) : encodeRgb(image);
}

/** Black with the picture's alpha; opaque if it has none. */
async function alphaOnly(image: DecodedImage, file: Buffer): Promise<DecodedImage> {
  const opaque = !hasAlphaChannel(file);
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
