import { stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { hashFile, sha256Hex } from '@dgx-pixels/evidence';
import { DatasetError } from '../errors.ts';
import { type Fault, isRefusal } from '../faults/fault.ts';
import { countLicences } from '../licence/licence-summary.ts';
import { renderCredits } from '../licence/render-credits.ts';
import type { DatasetImage, DatasetManifest } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { validateDataset } from '../validate/validate-dataset.ts';
import type { DatasetLock, ExportedImage, ExportIndex } from './export-index.ts';
import { checkExportRequest, type ExportRequest } from './export-request.ts';
import { findForeignFiles } from './read-export.ts';
import { replaceFolder } from './replace-folder.ts';
import { trainerFiles } from './trainer-files.ts';
import { type ExportOptions, writePictures } from './write-pictures.ts';

/** What was exported. */
export interface ExportReport {
  readonly out: string;
  readonly train: number;
  readonly heldOut: number;
  /** SHA-256 of dataset.lock.json. */
  readonly lockSha256: string;
  /** Why pictures were left out. */
  readonly faults: readonly Fault[];
}

/**
 * Writes a dataset as trainers read it: every art pixel a square of whole latent cells, on a plain background, held-out
 * pictures apart; with credits, an index to read it back (`importExport`) and a lock over all files. Pictures with refusals
 * are left out. The folder appears as a whole or not at all; the same dataset and request give the same bytes.
 *
 * @throws DatasetError DATASET_REQUEST_INVALID; DATASET_NOT_FOUND, DATASET_MANIFEST_INVALID; DATASET_BUSY when the dataset
 * changes meanwhile or the same export is being made; DATASET_UNWRITABLE; the signal's reason
 */
export async function exportDataset(
  folder: string,
  request: ExportRequest,
  options: ExportOptions = {},
): Promise<ExportReport> {
  checkExportRequest(request);
  const out = resolve(request.out);
  if (!relative(resolve(folder), out).startsWith('..')) {
    throw new DatasetError('DATASET_REQUEST_INVALID', `${out} lies in the dataset itself`, {
      hint: 'choose another folder with --out',
    });
  }
  const manifestSha256 = await hashManifest(folder);
  const manifest = await readManifest(folder);
  const { faults } = await validateDataset(folder);
  try {
    return await replaceFolder(
      out,
      () => refuseForeign(out),
      async (draft) => {
        const refusals = faults.filter(isRefusal);
        const written = await writePictures(folder, draft, manifest.images, refusals, request, options);
        if (written.images.length === 0) throw nothingLeft(folder, written.faults);
        const lockSha256 = await writeTexts(draft, manifest, manifestSha256, request, written.images);
        if ((await hashManifest(folder)) !== manifestSha256) {
          throw new DatasetError('DATASET_BUSY', `${folder} was changed while it was exported`);
        }
        const heldOut = written.images.filter(({ split }) => split === 'held-out').length;
        return { out, train: written.images.length - heldOut, heldOut, lockSha256, faults: written.faults };
      },
    );
  } catch (cause) {
    const isOfFileSystem = cause instanceof Error && 'syscall' in cause;
    if (!isOfFileSystem) throw cause;
    throw new DatasetError('DATASET_UNWRITABLE', `${out} could not be written: ${cause.message}`, { cause });
  }
}

/** '' without a manifest: reading it says what is wrong. */
async function hashManifest(folder: string): Promise<string> {
  return hashFile(join(folder, 'dataset.json')).catch(() => '');
}

async function refuseForeign(out: string): Promise<void> {
  const isFolder = (await stat(out)).isDirectory();
  const foreign = isFolder ? await findForeignFiles(out) : null;
  // Trainers keep the latents of pictures beside them; they are of no use for other pictures.
  const others = foreign?.filter((path) => !path.endsWith('.npz')) ?? null;
  if (others?.length === 0) return;
  const what =
    others === null
      ? 'is there already and is no export'
      : `holds files that no export wrote: ${others.slice(0, 5).join(', ')}`;
  throw new DatasetError('DATASET_REQUEST_INVALID', `${out} ${what}`, {
    hint: others === null ? 'choose another folder with --out' : 'move them away, or choose another folder with --out',
  });
}

function nothingLeft(folder: string, faults: readonly Fault[]): DatasetError {
  const why = faults[0] === undefined ? 'it has none' : `${faults[0].path}: ${faults[0].message}`;
  return new DatasetError('DATASET_REQUEST_INVALID', `no picture of ${folder} can be exported: ${why}`, {
    hint: 'npx dgx-pixels dataset validate <dataset>',
    details: { faults },
  });
}

/** Writes everything but the pictures; the hash of the lock. */
async function writeTexts(
  draft: string,
  manifest: DatasetManifest,
  manifestSha256: string,
  { format, width, height, aspectBuckets }: ExportRequest,
  images: readonly ExportedImage[],
): Promise<string> {
  const { name, trigger } = manifest;
  const index: ExportIndex = {
    schema: 'dgx-pixels/dataset-export/v1',
    ...{ format, dataset: name, trigger, manifestSha256, width, height, aspectBuckets: aspectBuckets === true },
    images: [...images],
  };
  const used = usedPictures(manifest, images);
  const texts = new Map([
    ...trainerFiles(index),
    ['export.json', toJson(index)],
    ['CREDITS.md', renderCredits({ ...manifest, images: used })],
  ]);
  for (const [path, text] of texts) await writeFile(join(draft, path), text);
  const files = [
    ...images.map(({ file, sha256 }) => ({ path: file, sha256 })),
    ...[...texts].map(([path, text]) => ({ path, sha256: sha256Hex(text) })),
  ].sort((one, other) => (one.path < other.path ? -1 : 1));
  const ids = new Set(images.map(({ id }) => id));
  const licences = [...countLicences(used.filter(({ id }) => ids.has(id)))];
  const lock: DatasetLock = { schema: 'dgx-pixels/dataset-lock/v1', dataset: name, files, licences };
  await writeFile(join(draft, 'dataset.lock.json'), toJson(lock));
  return sha256Hex(toJson(lock));
}

/** The exported pictures and those that they were derived from: whose authors have to be named. */
function usedPictures({ images }: DatasetManifest, exported: readonly ExportedImage[]): DatasetImage[] {
  const byId = new Map(images.map((image) => [image.id, image]));
  const used = new Set<string>();
  for (const { id } of exported) {
    for (let at: string | null = id; at !== null && !used.has(at); at = byId.get(at)?.derivedFrom ?? null) used.add(at);
  }
  return images.filter(({ id }) => used.has(id));
}

function toJson(value: ExportIndex | DatasetLock): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
