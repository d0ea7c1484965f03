import { sha256Hex } from '@dgx-pixels/evidence';
import sharp from 'sharp';

/** What an image file turned out to be when decoded. */
export interface InspectedImage {
  /** sha256 of the file as received. */
  readonly sha256: string;
  /** sha256 of the decoded 8-bit RGBA bytes, row-major: text chunks and compression do not hide a repeated picture. */
  readonly pixelsSha256: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether all pixels have one colour. */
  readonly blank: boolean;
}

/** An inspected image, or why the bytes are none. */
export type ImageInspection =
  | { readonly status: 'image'; readonly image: InspectedImage }
  | { readonly status: 'unreadable'; readonly reason: string };

const largestPixels = 4096 * 4096;

/** Decodes a PNG file whole (every byte is checked, at most 4096² pixels) and describes it. Never throws for bad bytes. */
export async function inspectImage(bytes: Uint8Array): Promise<ImageInspection> {
  try {
    const decoder = sharp(bytes, { limitInputPixels: largestPixels, failOn: 'warning', pages: 1 });
    const { format } = await decoder.metadata();
    if (format !== 'png') return { status: 'unreadable', reason: `it is ${format}, not png` };
    const { data, info } = await decoder.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return {
      status: 'image',
      image: {
        sha256: sha256Hex(bytes),
        pixelsSha256: sha256Hex(data),
        width: info.width,
        height: info.height,
        blank: isBlank(data),
      },
    };
  } catch (error) {
    return {
      status: 'unreadable',
      reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
    };
  }
}

/** Whether RGBA bytes hold one colour only. */
function isBlank(rgba: Uint8Array): boolean {
  return rgba.every((value, index) => value === rgba[index % 4]);
}
