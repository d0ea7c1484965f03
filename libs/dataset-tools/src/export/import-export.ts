import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Raster } from '@dgx-pixels/pixel-art';
import type { Fault } from '../faults/fault.ts';
import { decodePng } from '../pixels/decode-png.ts';
import type { ExportedImage } from './export-index.ts';
import { takeFromFrame } from './place-picture.ts';
import { type ReadExport, readExport } from './read-export.ts';

/** A picture read back from an export; caption, split and licence stand in `image`. */
export interface ImportedPicture {
  readonly image: ExportedImage;
  /** One pixel for each art pixel, opaque: the native picture on its background. */
  readonly native: Raster;
}

/**
 * Reads the pictures of an export back at their native size. Each consists of whole squares at its place, or it is no part
 * of the result and named as a fault. All native pictures are in memory at the end, one enlarged one at a time.
 *
 * @throws DatasetError DATASET_NOT_FOUND when it is no export; DATASET_MANIFEST_INVALID when its index or lock is not whole
 */
export async function importExport(
  folder: string,
): Promise<{ readonly pictures: readonly ImportedPicture[]; readonly faults: readonly Fault[] }> {
  const found = await readExport(folder);
  const pictures: ImportedPicture[] = [];
  const faults = [...found.faults];
  for await (const read of readPictures(folder, found)) {
    if ('kind' in read) faults.push(read);
    else pictures.push(read);
  }
  return { pictures, faults };
}

/** The pictures of an export that have no fault so far, one after the other. */
export async function* readPictures(
  folder: string,
  { index, faults }: ReadExport,
): AsyncGenerator<ImportedPicture | Fault> {
  const faulty = new Set(faults.map(({ path }) => path));
  for (const image of index.images) {
    if (faulty.has(image.file)) continue;
    const { native: size, frame, file, background } = image;
    const framed = await decodePng(await readFile(join(folder, file))).catch(() => null);
    const isOfSize = framed?.width === frame.width && framed.height === frame.height;
    const native = isOfSize ? takeFromFrame(framed, size, image, background) : null;
    const message = 'its art pixels are not whole squares at the recorded place';
    yield native === null ? { kind: 'export-file-changed', path: file, message } : { image, native };
  }
}
