import type { Raster } from '@dgx-pixels/pixel-art';
import sharp from 'sharp';
import { inspectPng } from '../ingest/inspect/inspect-png.ts';
import { pngSignature } from './png/pack-png.ts';
import { unpackPng } from './png/unpack-png.ts';

/** Most pixels of a picture that is decoded: 4096 × 4096. */
const maxDecodedPixels = 4096 * 4096;

/**
 * The pixels of one of our own PNGs (`encodePng`); files of strangers go through `ingest/`.
 *
 * @throws the decoder's own error for what is no whole PNG
 */
export async function decodePng(bytes: Uint8Array): Promise<Raster> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const isWhole = file.subarray(0, 8).equals(pngSignature) && !('kind' in inspectPng(file));
  const unpacked = isWhole ? unpackPng(file) : null;
  if (unpacked !== null) return unpacked;
  const { data, info } = await sharp(bytes, { limitInputPixels: maxDecodedPixels, failOn: 'warning' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}
