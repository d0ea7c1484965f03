import type { Raster } from '@dgx-pixels/pixel-art';
import { undoTransforms } from '../augment/derive-picture.ts';
import type { Fault } from '../faults/fault.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { canonicalPixelsSha256 } from '../pixels/canonical-pixels.ts';
import { findLeaks } from './find-leaks.ts';
import { findUnlisted } from './find-unlisted.ts';
import { checkFacts, readProven } from './prove-picture.ts';
import { proveSources } from './prove-sources.ts';

/** What verification found. */
export interface VerifyReport {
  /** Pictures that have the pixels of their names. */
  readonly pictures: number;
  /** Derived pictures that led back to their originals. */
  readonly inverted: number;
  /** Originals that were made again from their source files. */
  readonly remade: number;
  readonly faults: readonly Fault[];
}

/**
 * Proves a dataset from its files: every picture has the bytes and pixels that its name says, what the manifest measures is
 * what is measured now, originals follow from the copies of their sources by the recorded steps, derived pictures lead
 * back to their originals bit for bit, no two pictures that are alike lie on both sides of the split, and nothing else lies
 * there. Reads only.
 *
 * @throws DatasetError DATASET_NOT_FOUND, DATASET_MANIFEST_INVALID
 */
export async function verifyDataset(
  folder: string,
  options: { readonly onProgress?: (done: number, total: number) => void; readonly signal?: AbortSignal } = {},
): Promise<VerifyReport> {
  const manifest = await readManifest(folder);
  const { images } = manifest;
  const faults: Fault[] = [];
  const rasters = new Map<string, Raster>();
  let [steps, inverted] = [0, 0];
  // Each picture is read, traced to its source, and compared, which has two steps.
  const step = (): void => options.onProgress?.(++steps, 4 * images.length);
  for (const image of images) {
    options.signal?.throwIfAborted();
    const raster = await readProven(folder, image, faults);
    if (raster !== null) {
      rasters.set(image.id, raster);
      checkFacts(image, raster, faults);
      if (image.derivedFrom !== null && leadsBack(image, raster, faults)) inverted++;
    }
    step();
  }
  const proven = images.filter(({ id }) => rasters.has(id));
  const sources = await proveSources(folder, proven, { ...options, onImage: step });
  const leaks = await findLeaks(images, rasters, { ...options, onProgress: step });
  faults.push(...sources.faults, ...leaks, ...(await findUnlisted(folder, manifest)));
  return { pictures: rasters.size, inverted, remade: sources.remade, faults };
}

function leadsBack({ name, derivedFrom, transforms }: DatasetImage, raster: Raster, faults: Fault[]): boolean {
  if (canonicalPixelsSha256(undoTransforms(raster, transforms)) === derivedFrom) return true;
  const message = 'undoing its transforms gives another picture';
  faults.push({ kind: 'transforms-do-not-invert', path: name, message });
  return false;
}
