import { checkCaptions } from '../caption/check-captions.ts';
import type { Fault } from '../faults/fault.ts';
import { isRefusal } from '../faults/fault.ts';
import { checkLicences } from '../licence/check-licences.ts';
import type { LicencePolicy } from '../licence/licence-policy.ts';
import type { DatasetManifest } from '../manifest/dataset-manifest.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { judgePixels } from '../pixels/judge-pixels.ts';

/** Pictures from which on a set shows a style rather than its subjects; the mission's number. */
const enoughPictures = 50;

/** Whether a dataset is fit for training, as its manifest has it. */
export interface ValidateReport {
  readonly pictures: number;
  readonly derived: number;
  readonly heldOut: number;
  readonly faults: readonly Fault[];
  /** How many faults keep a picture, or the set, from being used. */
  readonly refused: number;
}

/**
 * Judges licences, captions, pixels, split and size of a dataset by its manifest; `verifyDataset` proves that the manifest
 * tells the truth.
 *
 * @throws DatasetError DATASET_NOT_FOUND, DATASET_MANIFEST_INVALID
 */
export async function validateDataset(folder: string, policy?: LicencePolicy): Promise<ValidateReport> {
  const manifest = await readManifest(folder);
  const { images } = manifest;
  const originals = images.filter(({ derivedFrom }) => derivedFrom === null);
  const heldOut = originals.filter(({ split }) => split === 'held-out').length;
  const faults = [
    ...checkLicences(images, policy),
    ...(await checkCaptions(manifest)),
    ...originals.flatMap((image) => judgePixels(image, manifest.palette)),
    ...judgeSet(manifest, originals.length, heldOut),
  ];
  const refused = faults.filter(isRefusal).length;
  return { pictures: originals.length, derived: images.length - originals.length, heldOut, faults, refused };
}

function judgeSet({ name, heldOut: wanted }: DatasetManifest, pictures: number, heldOut: number): readonly Fault[] {
  const faults: Fault[] = [];
  if (pictures < enoughPictures) faults.push({ kind: 'set-too-small', path: name, message: `${pictures} pictures` });
  if (heldOut < wanted)
    faults.push({ kind: 'held-out-too-few', path: name, message: `${heldOut} of ${wanted} pictures` });
  return faults;
}
