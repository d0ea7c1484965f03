import { join } from 'node:path';
import { hashFile, sha256Hex } from '@dgx-pixels/evidence';
import type { Fault } from '../faults/fault.ts';
import { type DatasetImage } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { bakeAlpha } from './bake-alpha.ts';
import type { ExportedImage } from './export-index.ts';
import { type ImportedPicture, readPictures } from './import-export.ts';
import { type ReadExport, readExport } from './read-export.ts';
import { readOriginal } from './read-original.ts';
import { trainerFiles } from './trainer-files.ts';
import type { ExportOptions } from './write-pictures.ts';

/** What was proven of an export. */
export interface VerifyExportReport {
  /** Pictures every pixel of which follows from the picture of the dataset. */
  readonly pictures: number;
  readonly faults: readonly Fault[];
}

/**
 * Proves an export from the dataset it was made of: every file is that of the lock, every text follows from the index, the
 * index says of each picture what the manifest says, and every pixel follows from the native picture.
 *
 * @throws DatasetError as `importExport` for the export and as `readManifest` for the dataset; the signal's reason
 */
export async function verifyExport(
  folder: string,
  dataset: string,
  { onProgress, signal }: ExportOptions = {},
): Promise<VerifyExportReport> {
  const found = await readExport(folder);
  const { index } = found;
  const manifest = await readManifest(dataset);
  const isCurrent = (await hashFile(join(dataset, 'dataset.json'))) === index.manifestSha256;
  const originals = new Map(manifest.images.map((image) => [image.id, image]));
  const faults = [...found.faults, ...compareTexts(found)];
  if (!isCurrent) {
    const message = `${dataset} is not as it was then`;
    faults.push({ kind: 'export-outdated', path: 'export.json', message });
  }
  let [pictures, done] = [0, 0];
  for await (const read of readPictures(folder, found)) {
    signal?.throwIfAborted();
    const fault = 'kind' in read ? read : await comparePicture(read, dataset, originals.get(read.image.id), isCurrent);
    if (fault === null) pictures++;
    else faults.push(fault);
    onProgress?.(++done, index.images.length);
  }
  return { pictures, faults };
}

/** The files of an honest index give the hashes of the lock. */
function compareTexts({ index, lock }: ReadExport): readonly Fault[] {
  const locked = new Map(lock.files.map(({ path, sha256 }) => [path, sha256]));
  return [...trainerFiles(index)]
    .filter(([path, text]) => locked.get(path) !== sha256Hex(text))
    .map(([path]) => ({ kind: 'export-file-changed', path, message: 'it does not say what export.json says' }));
}

async function comparePicture(
  { image, native }: ImportedPicture,
  dataset: string,
  original: DatasetImage | undefined,
  isCurrent: boolean,
): Promise<Fault | null> {
  const changed = (message: string): Fault => ({ kind: 'export-file-changed', path: image.file, message });
  if (original === undefined) return changed(`${dataset} has no picture ${image.id.slice(0, 12)}`);
  if (isCurrent && !saysTheSame(image, original)) return changed('export.json and dataset.json differ about it');
  const pixels = await readOriginal(dataset, original);
  if ('kind' in pixels) return pixels;
  const expected = bakeAlpha(pixels, image.background);
  const isSame =
    expected.width === native.width &&
    expected.height === native.height &&
    Buffer.compare(expected.rgba, native.rgba) === 0;
  return isSame ? null : changed('it is not the picture that export.json names');
}

function saysTheSame({ caption, split, licence }: ExportedImage, original: DatasetImage): boolean {
  return (
    caption === original.caption?.text &&
    split === original.split &&
    JSON.stringify(licence) === JSON.stringify(original.licence)
  );
}
