import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Raster } from '@dgx-pixels/pixel-art';
import { decodePng } from './decode-png.ts';

/** The pixels of a picture of a dataset. @throws the file system's or the decoder's own error */
export async function readImage(folder: string, id: string): Promise<Raster> {
  return decodePng(await readFile(join(folder, 'images', `${id}.png`)));
}
