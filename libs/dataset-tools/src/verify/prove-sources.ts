import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sha256Hex } from '@dgx-pixels/evidence';
import type { Raster } from '@dgx-pixels/pixel-art';
import type { Fault } from '../faults/fault.ts';
import { decodeSource, nativePictureOf } from '../ingest/prepare/native-picture-of.ts';
import { readSourceFile } from '../ingest/sources/read-source-file.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import { canonicalPixelsSha256 } from '../pixels/canonical-pixels.ts';

/**
 * Makes originals again from the copies of their sources; each copy is read and decoded once, whatever number of pictures
 * a sheet has.
 *
 * @param images derived ones too: their sources have to be there and unchanged
 * @param onImage called for each picture that was made again, with success or not
 */
export async function proveSources(
  folder: string,
  images: readonly DatasetImage[],
  options: { readonly onImage?: () => void; readonly signal?: AbortSignal } = {},
): Promise<{ readonly remade: number; readonly faults: readonly Fault[] }> {
  const faults: Fault[] = [];
  let remade = 0;
  for (const [sha256, fromHere] of bySource(images)) {
    options.signal?.throwIfAborted();
    const path = fromHere[0]?.source.path ?? sha256;
    const bytes = readUnchanged(folder, sha256, path, faults);
    const originals = bytes === null ? [] : fromHere.filter(({ derivedFrom }) => derivedFrom === null);
    const source = bytes === null || originals.length === 0 ? null : await decodeSource(path, bytes);
    for (const image of originals) {
      options.signal?.throwIfAborted();
      if (await isRemade(image, source, faults)) remade++;
    }
    fromHere.forEach(() => options.onImage?.());
  }
  return { remade, faults };
}

function bySource(images: readonly DatasetImage[]): ReadonlyMap<string, readonly DatasetImage[]> {
  const groups = new Map<string, DatasetImage[]>();
  for (const image of images) {
    const group = groups.get(image.source.sha256);
    if (group === undefined) groups.set(image.source.sha256, [image]);
    else group.push(image);
  }
  return groups;
}

function readUnchanged(folder: string, sha256: string, path: string, faults: Fault[]): Buffer | null {
  const bytes = readSourceFile(join(folder, 'sources', sha256));
  if ('kind' in bytes) {
    faults.push({ kind: 'source-missing', path, message: `sources/${sha256}: ${bytes.message}` });
    return null;
  }
  if (sha256Hex(bytes) === sha256) return bytes;
  faults.push({ kind: 'source-changed', path, message: `sources/${sha256} has other bytes` });
  return null;
}

async function isRemade(image: DatasetImage, source: Raster | null, faults: Fault[]): Promise<boolean> {
  const { name, scale } = image;
  const again = source === null ? null : await nativePictureOf(source, image.source.cell, scale);
  if (again === null || canonicalPixelsSha256(again.native) !== image.id) {
    const message = `${image.source.path} at scale ${scale.factor} gives another picture`;
    faults.push({ kind: 'source-gives-other-pixels', path: name, message });
    return false;
  }
  if (!isDeepStrictEqual(again.scale, scale)) {
    faults.push({ kind: 'facts-wrong', path: name, message: `its scale is ${JSON.stringify(again.scale)}` });
  }
  return true;
}
