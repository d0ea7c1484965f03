import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from '../errors.ts';
import { type DatasetManifest, datasetManifestSchema } from './dataset-manifest.ts';
import { findContradictions } from './find-contradictions.ts';

/** Largest manifest that is read, in bytes: about 100,000 pictures. */
const maxManifestBytes = 256 * 1024 * 1024;

/**
 * The manifest of a dataset.
 *
 * @param folder of the dataset
 * @throws DatasetError DATASET_NOT_FOUND without `dataset.json`; DATASET_MANIFEST_INVALID, all faults at once, when it is
 * no manifest or contradicts itself
 */
export async function readManifest(folder: string): Promise<DatasetManifest> {
  const path = join(folder, 'dataset.json');
  const text = await readBounded(path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new DatasetError('DATASET_MANIFEST_INVALID', `${path} is no JSON`, { cause });
  }
  const parsed = datasetManifestSchema.safeParse(json);
  const faults = parsed.success
    ? findContradictions(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (!parsed.success || faults.length > 0) {
    const shown = faults.slice(0, 20).join('; ');
    throw new DatasetError('DATASET_MANIFEST_INVALID', `${path}: ${shown}`, { details: { faults } });
  }
  return parsed.data;
}

async function readBounded(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > maxManifestBytes) {
      throw new DatasetError('DATASET_MANIFEST_INVALID', `${path} has ${size} bytes, more than ${maxManifestBytes}`);
    }
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw new DatasetError('DATASET_NOT_FOUND', `${path} cannot be read`, { cause });
  }
}
