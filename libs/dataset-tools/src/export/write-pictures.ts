import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';
import type { RasterSize } from '@dgx-pixels/pixel-art';
import type { Fault } from '../faults/fault.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import { packPng } from '../pixels/png/pack-png.ts';
import { bucketsNearestTo } from './aspect-buckets.ts';
import { bakeAlpha } from './bake-alpha.ts';
import { contrastingBackground } from './choose-background.ts';
import type { ExportedImage } from './export-index.ts';
import type { ExportRequest } from './export-request.ts';
import { drawInFrame, type Placement, placePicture } from './place-picture.ts';
import { readOriginal } from './read-original.ts';
import { folderOf } from './split-folders.ts';

/** How work is followed and stopped. */
export interface ExportOptions {
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The pictures that were written, and what kept others from it. */
interface WrittenPictures {
  readonly images: readonly ExportedImage[];
  readonly faults: readonly Fault[];
}

/**
 * Writes pictures of a dataset into the folders of their split, one after the other.
 *
 * @param refusals faults of the dataset that keep the pictures they name from being written
 * @throws the file system's own error when a file cannot be written; the signal's reason
 */
export async function writePictures(
  folder: string,
  draft: string,
  pictures: readonly DatasetImage[],
  refusals: readonly Fault[],
  request: ExportRequest,
  { onProgress, signal }: ExportOptions,
): Promise<WrittenPictures> {
  const images: ExportedImage[] = [];
  const faults = [...refusals];
  const refused = new Set(refusals.map(({ path }) => path));
  for (const [index, picture] of pictures.entries()) {
    signal?.throwIfAborted();
    if (!refused.has(picture.name)) {
      const written = await writePicture(folder, draft, picture, request);
      if ('kind' in written) faults.push(written);
      else images.push(written);
    }
    onProgress?.(index + 1, pictures.length);
  }
  return { images, faults };
}

async function writePicture(
  folder: string,
  draft: string,
  picture: DatasetImage,
  request: ExportRequest,
): Promise<ExportedImage | Fault> {
  const { id, name, width, height, split, caption, licence, facts } = picture;
  if (caption === null) return { kind: 'caption-missing', path: name, message: 'it has no caption' };
  const place = findPlace(picture, request);
  if (place === null) {
    const message = `${width}×${height} art pixels in ${request.width}×${request.height} pixels`;
    return { kind: 'picture-does-not-fit', path: name, message };
  }
  const original = await readOriginal(folder, picture);
  if ('kind' in original) return original;
  const { frame, placement } = place;
  const background = request.background === 'contrast' ? contrastingBackground(facts.palette) : request.background;
  const bytes = packPng(drawInFrame(bakeAlpha(original, background), frame, placement, background));
  const file = `${folderOf(split)}/${fileStem(name)}-${id.slice(0, 12)}.png`;
  await mkdir(join(draft, folderOf(split)), { recursive: true });
  await writeFile(join(draft, file), bytes);
  return {
    ...{ id, file, sha256: sha256Hex(bytes), split, caption: caption.text, native: { width, height } },
    ...{ frame, ...placement, background, licence },
  };
}

/** The frame of a picture: the one size of the export, or the bucket nearest to its shape that has room for it. */
function findPlace(
  native: RasterSize,
  { width, height, aspectBuckets, factor }: ExportRequest,
): { readonly frame: RasterSize; readonly placement: Placement } | null {
  const frames = aspectBuckets === true ? bucketsNearestTo(native, { width, height }) : [{ width, height }];
  for (const frame of frames) {
    const placement = placePicture(native, frame, factor);
    if (placement !== null) return { frame, placement };
  }
  return null;
}

/** A name that every file system and trainer takes: no underscores, from which kohya cuts coordinates of faces. */
function fileStem(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words.join('-').slice(0, 80).replace(/-$/, '') || 'picture';
}
