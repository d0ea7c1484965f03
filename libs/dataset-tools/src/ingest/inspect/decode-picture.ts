import type { Raster } from '@dgx-pixels/pixel-art';
import { unpackPng } from '../../pixels/png/unpack-png.ts';
import { type InspectedPicture, maxPixels, refuse, type RefusedFile } from './inspection.ts';

/**
 * The pixels of an inspected picture as they stand in the file: no colour profile, gamma or orientation is applied.
 *
 * @param bytes the whole file, accepted by `inspectFile`
 */
export async function decodePicture(bytes: Buffer, picture: InspectedPicture): Promise<Raster | RefusedFile> {
  const unpacked = picture.format === 'png' ? unpackPng(bytes) : null;
  if (unpacked !== null) return unpacked;
  // Loaded when it is needed: for a folder of ordinary PNGs it is not.
  const { default: sharp } = await import('sharp');
  try {
    const options = { limitInputPixels: maxPixels, failOn: 'warning', ignoreIcc: true } as const;
    const { data, info } = await sharp(bytes, options)
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 4) return refuse('file-unsupported', `${picture.format} with ${info.channels} channels`);
    return { width: info.width, height: info.height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.length) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    const kind = /premature|truncat|end of (file|stream)|too short/i.test(reason ?? '')
      ? 'file-truncated'
      : 'file-damaged';
    return refuse(kind, `${picture.format} of ${bytes.length} bytes: ${(reason ?? '').slice(0, 200)}`);
  }
}
