import { DatasetError } from '../errors.ts';
import type { DatasetLock, ExportIndex } from './export-index.ts';
import { readExport } from './read-export.ts';

/** An export as a trainer needs it. */
export interface TrainingSet {
  readonly index: ExportIndex;
  readonly lock: DatasetLock;
  readonly lockSha256: string;
}

/**
 * Reads an export to train on: every file is the one that was exported, and there is no other.
 *
 * @throws DatasetError DATASET_NOT_FOUND when it is no export; DATASET_MANIFEST_INVALID, naming every file that is missing,
 * was changed or came later
 */
export async function readTrainingSet(folder: string): Promise<TrainingSet> {
  const { faults, ...set } = await readExport(folder);
  if (faults.length === 0) return set;
  const lines = faults.map(({ path, message }) => `${path}: ${message}`);
  throw new DatasetError('DATASET_MANIFEST_INVALID', `${folder}: ${lines.slice(0, 20).join('; ')}`, {
    hint: 'remove what does not belong there, or export the dataset again',
    details: { faults: lines },
  });
}
