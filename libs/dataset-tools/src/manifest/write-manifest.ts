import { join } from 'node:path';
import { writeFileAtomically } from '@dgx-pixels/evidence';
import { DatasetError } from '../errors.ts';
import { type DatasetManifest, datasetManifestSchema } from './dataset-manifest.ts';
import { findContradictions } from './find-contradictions.ts';

/**
 * Replaces `dataset.json` as a whole, images by name.
 *
 * @throws DatasetError DATASET_MANIFEST_INVALID for a manifest that contradicts itself; DATASET_UNWRITABLE
 */
export async function writeManifest(folder: string, manifest: DatasetManifest): Promise<void> {
  const images = manifest.images.toSorted((first, second) => (first.name < second.name ? -1 : 1));
  const sorted = datasetManifestSchema.parse({ ...manifest, images });
  const faults = findContradictions(sorted);
  if (faults.length > 0) throw new DatasetError('DATASET_MANIFEST_INVALID', faults.slice(0, 20).join('; '));
  try {
    await writeFileAtomically(join(folder, 'dataset.json'), `${JSON.stringify(sorted, null, 2)}\n`);
  } catch (cause) {
    throw new DatasetError('DATASET_UNWRITABLE', `${folder}: dataset.json could not be written`, { cause });
  }
}
